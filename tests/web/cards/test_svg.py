"""What a page carries of a card."""

import re
from itertools import chain
from xml.etree import ElementTree as ET

import pytest

from tests.web.cards.test_drawing import SUBJECTS, drawings, every_motif
from verite.web.cards.drawing import Motif, card
from verite.web.cards.shapes import (
    Drawing,
    Path,
    Tone,
    Trace,
    beside_title,
    disc,
    drawn,
    filled,
    line,
    path,
    polygon,
)
from verite.web.cards.svg import to_svg

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {f"{SVG}{name}" for name in ("svg", "g", "path", "circle", "ellipse")}
ATTRIBUTES = {
    "viewBox", "preserveAspectRatio", "aria-hidden", "fill", "stroke", "stroke-width",
    "stroke-dasharray", "stroke-linecap", "d", "cx", "cy", "r", "rx", "ry",
}  # fmt: skip


def parsed(svg: str) -> ET.Element:
    """As a browser reads it inside a page: in the namespace of SVG."""
    return ET.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def test_two_thousand_cards_are_short_and_most_are_very_short() -> None:
    sizes = sorted(len(to_svg(card(f"film-{number}", SUBJECTS[number % 30 :]))) for number in range(2_000))

    assert sizes[-1] <= 2_000
    assert sizes[int(len(sizes) * 0.75)] <= 900


@every_motif
def test_a_motif_stays_short_whatever_the_dice_say_in_dark_in_light_and_beside_a_title(motif: Motif) -> None:
    for drawing in drawings(motif, 60):
        assert len(to_svg(beside_title(drawing.negative()))) <= 2_000


@every_motif
def test_a_card_is_well_formed_and_has_nothing_but_shapes_and_their_attributes(motif: Motif) -> None:
    for drawing in drawings(motif, 20):
        elements = list(parsed(to_svg(drawing)).iter())

        assert {element.tag for element in elements} <= ELEMENTS
        assert set().union(*(element.attrib for element in elements)) <= ATTRIBUTES


def test_a_card_is_hidden_from_readers_and_fills_its_box_from_the_side_asked_for() -> None:
    root = parsed(to_svg(card("rain"), slice_to="xMaxYMid"))

    assert root.attrib["aria-hidden"] == "true"
    assert root.attrib["viewBox"] == "0 0 800 450"
    assert root.attrib["preserveAspectRatio"] == "xMaxYMid slice"


@pytest.mark.parametrize(
    ("drawn_line", "written"),
    [
        (line((0, 10), (800, 10)), "M0 10h800"),
        (line((10, 0), (10, 450.04)), "M10 0v450"),
        (line((0, 0), (10, -10), (20, -20.26)), "M0 0l10-10 10-10.3"),
        (polygon((-0.5, 0.04), (5, 5), (5, 0)), "M-.5 0l5.5 5v-5z"),
    ],
)
def test_a_line_is_written_in_the_fewest_letters(drawn_line: Trace, written: str) -> None:
    svg = to_svg(Drawing((path(drawn(Tone.PAPER), drawn_line),)))

    assert f'd="{written}"' in svg


def read_back(d: str) -> list[list[tuple[float, float]]]:
    """The points of every trace of a path, as a reader of SVG finds them; a handle left out is mirrored."""
    traces: list[list[tuple[float, float]]] = []
    for letter, numbers in re.findall(r"([Mlhvcs])([^MlhvcsZz]*)", d):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if letter == "M":
            traces.append([(values[0], values[1])])
            continue
        trace, many = traces[-1], {"h": 1, "v": 1, "l": 2, "s": 4, "c": 6}[letter]
        for start in range(0, len(values), many):
            x, y = trace[-1]
            step = values[start : start + many]
            step = [*step, 0] if letter == "h" else [0, *step] if letter == "v" else step
            if letter == "s":
                step = [x - trace[-2][0], y - trace[-2][1], *step]
            trace += [(x + right, y + down) for right, down in zip(step[::2], step[1::2], strict=True)]
    return traces


@every_motif
def test_a_path_read_back_has_the_points_it_was_drawn_with(motif: Motif) -> None:
    for drawing in drawings(motif, 10):
        written = [
            trace
            for element in list(parsed(to_svg(drawing)).iter(f"{SVG}path"))[1:]
            for trace in read_back(element.attrib["d"])
        ]
        meant = [
            trace.points for shape in drawing.shapes if isinstance(shape, Path) for trace in shape.traces
        ]

        assert len(written) == len(meant)
        for found, points in zip(written, meant, strict=True):
            assert list(chain(*found)) == pytest.approx(list(chain(*points)), abs=0.26)


def test_many_small_steps_end_where_they_should() -> None:
    steps = [(step * 0.34, 0.0) for step in range(300)]
    svg = to_svg(Drawing((path(drawn(Tone.PAPER), line(*steps)),)))
    moves = parsed(svg)[1].attrib["d"].partition("h")[2].split()

    assert sum(map(float, moves)) == pytest.approx(299 * 0.34, abs=0.1)


def test_neighbours_in_one_paint_say_it_once_and_keep_their_order() -> None:
    light, dark = filled(Tone.PAPER), filled(Tone.UMBER)
    svg = to_svg(Drawing((disc(1, 1, 1, light), disc(2, 1, 1, light), disc(3, 1, 1, dark))))
    ground, group, last = parsed(svg)

    assert [circle.attrib["cx"] for circle in group] == ["1", "2"]
    assert group.attrib == {"fill": Tone.PAPER.value}
    assert last.attrib["fill"] == Tone.UMBER.value
    assert ground.attrib["fill"] == Tone.INK.value
