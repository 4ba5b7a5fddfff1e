"""The picture of a link that is shared elsewhere."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from tests.web.cards.test_drawing import every_motif
from verite.web.cards.dice import Dice
from verite.web.cards.drawing import Motif, card
from verite.web.cards.png import to_png
from verite.web.cards.shapes import Drawing, Paint, Tone, disc, dotted, drawn, filled, level, path

COLUMN = (0, 0, 538, 630)
PANEL = (542, 0, 1200, 630)


def picture(drawing: Drawing, *, title: str = "", slate: str = "", site: str = "") -> Image.Image:
    return decoded(to_png(drawing, title=title, slate=slate, site=site))


def decoded(png: bytes) -> Image.Image:
    image = Image.open(BytesIO(png), formats=["PNG"])
    image.load()
    return image.convert("RGB")


def share(image: Image.Image, tone: Tone) -> float:
    """How much of the picture has exactly this tone."""
    red, green, blue = bytes.fromhex(tone[1:])
    counts = {colour: count for count, colour in image.getcolors(image.width * image.height) or []}
    return counts.get((red, green, blue), 0) / (image.width * image.height)


@every_motif
def test_a_motif_is_a_picture_of_1200_by_630_with_its_art_at_right_and_calm_at_left(motif: Motif) -> None:
    drawing = motif(Dice("shared"))
    png = to_png(drawing, title="", slate="", site="")
    image = decoded(png)

    assert image.size == (1200, 630)
    assert len(png) <= 120_000
    assert share(image.crop(COLUMN), Tone.INK) == 1
    assert 0.05 < share(image.crop(PANEL), drawing.ground) < 0.985


def test_title_slate_and_site_are_written_in_the_column_and_nowhere_else() -> None:
    drawing = card("why-we-fight", ["war"])
    silent = picture(drawing)
    written = picture(drawing, title="Why We Fight", slate="1942 · 7 parts", site="Vérité")

    left, top, right, bottom = ImageChops.difference(silent, written).getbbox() or (0, 0, 0, 0)
    assert 60 <= left < right <= 538
    assert 50 <= top < bottom <= 600


@pytest.mark.parametrize("title", ["", " ", "نانوك ابن الشمال", "\u202e\u2066", "🎬", "\x00\x1b"])
def test_a_title_that_cannot_be_set_leaves_the_rest_of_the_picture(title: str) -> None:
    drawing = card("nanook")
    words = {"slate": "1922 · 79 min", "site": "Vérité"}

    assert to_png(drawing, title=title, **words) == to_png(drawing, title="", **words)
    assert to_png(drawing, title=title, **words) != to_png(drawing, title="", slate="", site="")


def test_a_fact_that_cannot_be_set_leaves_the_other_facts() -> None:
    drawing = card("mysteries-of-the-organism")

    assert to_png(drawing, title="", slate="1971 · Душан · 84 min", site="") == to_png(
        drawing, title="", slate="1971 · 84 min", site=""
    )


@settings(max_examples=40)
@given(title=st.text(max_size=300), slate=st.text(max_size=300), site=st.text(max_size=80))
def test_no_words_however_hostile_keep_the_picture_from_being_drawn(
    title: str, slate: str, site: str
) -> None:
    assert picture(card(title), title=title, slate=slate, site=site).size == (1200, 630)


@pytest.mark.parametrize("title", ["x", "x" * 10_000, "long words " * 2_000, "W" * 300, "i " * 150])
def test_titles_of_any_length_stay_in_their_column(title: str) -> None:
    drawing = card("long")
    words = {"slate": "1931 · Travel", "site": "Vérité"}
    changed = ImageChops.difference(picture(drawing), picture(drawing, title=title, **words))

    _, _, right, bottom = changed.getbbox() or (0, 0, 9_999, 9_999)
    assert right <= 538
    assert bottom <= 600


def test_the_picture_has_the_same_shapes_in_the_same_places_as_the_svg() -> None:
    drawing = Drawing(
        (
            disc(400, 225, 100, filled(Tone.PAPER)),
            disc(400, 225, 50, drawn(Tone.STONE, 10)),
            path(drawn(Tone.SAND, 20, (40, 760)), *level(400)),
        )
    )
    image = picture(drawing)

    # The card is one and a half times as large, moved right by half the column, and cut by 22 at the top.
    def at(x: float, y: float) -> Tone:
        left, top = round((x + 180) * 1.5), round(y * 1.5 - 22.5)
        pixel = image.crop((left, top, left + 1, top + 1))
        return next(tone for tone in Tone if share(pixel, tone))

    assert [at(400, 225), at(400, 130), at(400, 120)] == [Tone.PAPER, Tone.PAPER, Tone.INK]
    assert [at(453, 225), at(447, 225), at(457, 225)] == [Tone.STONE, Tone.STONE, Tone.PAPER]
    assert at(200, 400) == Tone.INK  # between two dashes


@pytest.mark.parametrize(
    ("paint", "inked"), [(drawn(Tone.PAPER, 20, (30, 10)), 0.75), (dotted(Tone.PAPER, 20, 40), 0.5)]
)
def test_dashes_and_dots_are_as_long_as_the_svg_says(paint: Paint, inked: float) -> None:
    image = picture(Drawing((path(paint, *level(225)),)))
    row = image.crop((545, 315, 1195, 316))

    assert share(row, Tone.PAPER) == pytest.approx(inked, abs=0.04)
