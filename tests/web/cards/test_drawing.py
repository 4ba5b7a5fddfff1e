"""Which card a film gets, and that everybody gets the same one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.web.cards.dice import Dice
from verite.web.cards.drawing import MOTIFS, Motif, card, motif_for
from verite.web.cards.motifs import justice, land, life, media, sky
from verite.web.cards.shapes import HEIGHT, WIDTH, Drawing, Ellipse, Shape, Tone, beside_title
from verite.web.cards.svg import to_svg

SUBJECTS = (
    "Animals", "Architecture", "Art & music", "Biography", "Cities", "Crime & law", "Economics",
    "Environment", "Food", "Health", "History", "Media", "Nature", "Peoples", "Politics", "Religion",
    "Science", "Sport", "Technology", "Travel", "War & propaganda", "Work",
)  # fmt: skip

every_motif = pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.__name__)


def drawings(motif: Motif, count: int) -> Iterator[Drawing]:
    return (motif(Dice(f"drawing {number}")) for number in range(count))


def motifs_of(count: int, *hints: str) -> set[Motif]:
    return {motif_for(f"film-{number}", hints) for number in range(count)}


def bounds(shape: Shape) -> tuple[float, float, float, float]:
    """Left, top, right, bottom, strokes not counted."""
    if isinstance(shape, Ellipse):
        return shape.cx - shape.rx, shape.cy - shape.ry, shape.cx + shape.rx, shape.cy + shape.ry
    points = list(chain.from_iterable(trace.points for trace in shape.traces))
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def is_visible(shape: Shape) -> bool:
    left, top, right, bottom = bounds(shape)
    return left < WIDTH and right > 0 and top < HEIGHT and bottom > 0


def test_two_processes_with_different_hash_seeds_draw_the_same_cards() -> None:
    script = (
        "from verite.web.cards.drawing import card\n"
        "from verite.web.cards.svg import to_svg\n"
        f"subjects = {SUBJECTS!r}\n"
        "for number in range(200): print(to_svg(card(f'film-{number}', subjects[number % 23:])))"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    )

    assert first.count(b"<svg") == 200
    assert first == second


def test_five_hundred_films_of_one_subject_have_five_hundred_different_cards() -> None:
    assert len({to_svg(card(f"film-{number}", ["war"])) for number in range(500)}) == 500


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_has_motifs_of_its_own_and_enough_of_them_for_a_list(subject: str) -> None:
    assert 8 <= len(motifs_of(400, subject)) < len(MOTIFS) / 3


@pytest.mark.parametrize(
    ("hint", "motif"),
    [
        ("Deserts", land.dunes),
        ("Families & prisons", justice.door),
        ("GUITAR", media.strings),
        ("galaxies-planets-more", sky.orbits),
        ("Memories", life.tree),
    ],
)
def test_a_hint_is_understood_as_name_or_slug_in_any_case_and_number(hint: str, motif: Motif) -> None:
    assert motif in motifs_of(100, hint)
    assert len(motifs_of(100, hint)) < len(MOTIFS) / 3


def test_the_first_hint_that_says_anything_decides() -> None:
    assert motifs_of(200, "Zzyzx", "Food", "War") == motifs_of(200, "Food")


def test_a_list_without_subjects_shows_every_motif_and_a_share_of_light_cards() -> None:
    cards = [card(f"film-{number}") for number in range(600)]
    light = sum(drawing.ground is not Tone.INK for drawing in cards)

    assert motifs_of(600) == set(MOTIFS)
    assert 0.1 < light / len(cards) < 0.4


@given(seed=st.text(), hints=st.lists(st.text()))
def test_any_name_and_any_hints_give_a_card(seed: str, hints: list[str]) -> None:
    assert card(seed, hints) == card(seed, hints)


@every_motif
def test_every_shape_of_a_motif_is_on_the_card(motif: Motif) -> None:
    for drawing in drawings(motif, 80):
        assert all(is_visible(shape) for shape in drawing.shapes)


@every_motif
def test_beside_a_title_the_column_is_dark_and_the_panel_shows_only_what_was_on_the_card(
    motif: Motif,
) -> None:
    for drawing in drawings(motif, 20):
        panel, first, *_, column = beside_title(drawing, left=320).shapes
        shift = bounds(first)[0] - bounds(drawing.shapes[0])[0]

        assert bounds(column) == (0, 0, 320, HEIGHT)
        assert column.paint.fill is Tone.INK
        assert panel.paint.fill is drawing.ground
        assert 0 <= shift <= 320


@every_motif
def test_beside_a_title_the_subject_of_a_motif_stands_in_the_middle_of_the_panel(motif: Motif) -> None:
    assert all(240 <= drawing.focus <= 560 for drawing in drawings(motif, 80))


def test_a_mirrored_card_mirrored_again_is_the_card() -> None:
    drawing = card("why-we-fight", ["war"])

    assert to_svg(drawing.mirrored()) != to_svg(drawing)
    assert to_svg(drawing.mirrored().mirrored()) == to_svg(drawing)
