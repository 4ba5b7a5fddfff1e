"""A drawing and its title as a PNG of 1200 × 630 pixels, the picture of a link shared elsewhere."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import cycle, pairwise
from math import dist

from PIL import Image, ImageDraw

from verite.web.cards.lettering import DOT, SANS, SERIF, Setting, fitted, settable
from verite.web.cards.shapes import (
    HEIGHT,
    WIDTH,
    Drawing,
    Ellipse,
    Paint,
    Point,
    Shape,
    Tone,
    Trace,
    arc,
    beside_title,
)

SIZE = (1200, 630)

_FINER = 4  # drawn so many times larger, then reduced: Pillow's own edges are hard and jagged
_MARGIN = 64
_COLUMN = 0.45  # of the width is for words
_TITLE_SIZES = (88, 74, 62, 54, 46, 40, 34)
_LONGEST = 400  # letters of a title; more would not fit, and would only be measured


def to_png(drawing: Drawing, *, title: str, slate: str, site: str) -> bytes:
    """The card at right, and at left title, slate line and the name of the site.

    A title, a fact of the slate or a name with a character that the faces lack (Arabic, Chinese,
    emoji, …) is left out whole: the page that the picture belongs to carries it.
    """
    picture = _reduced(beside_title(drawing, left=_COLUMN * WIDTH))
    _letter(picture, title=title, slate=slate, site=site)
    picture.putpalette(_PALETTE)
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _shade(tone: str) -> int:
    return int(tone[1:3], 16)


_MUTED = 168


def _palette() -> bytes:
    """Every tone lies on one line from ink to paper, so red alone tells the other two."""
    rgb = [tuple(bytes.fromhex(tone[1:])) for tone in Tone]
    stops = [(0, 0, 0), *rgb, (255, 255, 255)]
    return bytes(
        round(low[part] + (high[part] - low[part]) * (red - low[0]) / (high[0] - low[0]))
        for low, high in pairwise(stops)
        for red in range(low[0], high[0] + (high[0] == 255))
        for part in range(3)
    )


_PALETTE = _palette()


def _letter(picture: Image.Image, *, title: str, slate: str, site: str) -> None:
    pen = ImageDraw.Draw(picture)
    width = round(SIZE[0] * _COLUMN) - _MARGIN - 32
    top = _MARGIN - 14
    if words := settable(title[:_LONGEST], SERIF):
        setting = fitted(words, SERIF, sizes=_TITLE_SIZES, width=width, height=350)
        _write(pen, setting, top, _shade(Tone.PAPER))
        top += setting.height + 28
    facts = filter(None, (settable(fact, SANS) for fact in slate[:_LONGEST].split(" · ")))
    if words := f"{DOT} ".join(facts):
        _write(pen, fitted(words, SANS, sizes=(28,), width=width, height=100), top, _MUTED)
    if words := settable(site[:_LONGEST], SERIF):
        name = fitted(words, SERIF, sizes=(40, 30), width=width, height=48)
        _write(pen, name, SIZE[1] - _MARGIN - 40, _shade(Tone.PAPER))


def _write(pen: ImageDraw.ImageDraw, setting: Setting, top: int, shade: int) -> None:
    for row, words in enumerate(setting.lines):
        pen.text((_MARGIN, top + row * setting.leading), words, fill=shade, font=setting.font)


def _reduced(drawing: Drawing) -> Image.Image:
    """In grey, one byte a point: a third of the memory and of the time of three colours."""
    large = Image.new("L", (SIZE[0] * _FINER, SIZE[1] * _FINER), _shade(drawing.ground))
    brush = _Brush(ImageDraw.Draw(large))
    for shape in drawing.shapes:
        brush.paint(shape)
    return large.reduce(_FINER)


class _Brush:
    """Paints shapes, given in units of the card, on a picture of pixels."""

    scale = SIZE[0] * _FINER / WIDTH
    # A card is a little taller than the picture: as much is cut above as below.
    lift = (HEIGHT * scale - SIZE[1] * _FINER) / 2

    def __init__(self, pen: ImageDraw.ImageDraw) -> None:
        self._pen = pen

    def paint(self, shape: Shape) -> None:
        if isinstance(shape, Ellipse):
            self._ellipse(shape)
            return
        for trace in shape.traces:
            points = list(_flat(trace))
            if shape.paint.fill:
                self._pen.polygon([self._at(p) for p in points], fill=_shade(shape.paint.fill))
            if shape.paint.stroke:
                self._stroke(points, shape.paint)

    def _ellipse(self, shape: Ellipse) -> None:
        paint = shape.paint
        if paint.stroke and paint.dash:
            self._stroke(list(_flat(arc(shape.cx, shape.cy, shape.rx, shape.ry, 0, 360))), paint)
            return
        # SVG strokes to both sides of the edge, Pillow to the inside.
        out = paint.width / 2 if paint.stroke else 0
        left, top = self._at((shape.cx - shape.rx - out, shape.cy - shape.ry - out))
        right, bottom = self._at((shape.cx + shape.rx + out, shape.cy + shape.ry + out))
        self._pen.ellipse(
            (left, top, right, bottom),
            fill=_shade(paint.fill) if paint.fill else None,
            outline=_shade(paint.stroke) if paint.stroke else None,
            width=self._width(paint) if paint.stroke else 0,
        )

    def _stroke(self, points: Sequence[Point], paint: Paint) -> None:
        shade, width = _shade(paint.stroke or Tone.PAPER), self._width(paint)
        for run in _dashed(points, paint.dash) if paint.dash else (points,):
            if paint.is_round:
                x, y = self._at(run[0])
                self._pen.circle((x, y), width / 2, fill=shade)
            else:
                self._pen.line([self._at(p) for p in run], fill=shade, width=width, joint="curve")

    def _at(self, point: Point) -> Point:
        # Rounded here, since Pillow would cut the fraction off and lean everything to one side.
        return round(point[0] * self.scale), round(point[1] * self.scale - self.lift)

    def _width(self, paint: Paint) -> int:
        return max(1, round(paint.width * self.scale))


def _flat(trace: Trace) -> Iterator[Point]:
    """The trace as straight pieces, short enough to look round."""
    points = trace.points
    if not trace.is_curved:
        yield from points
    else:
        yield points[0]
        for place in range(0, len(points) - 3, 3):
            start, first, second, end = points[place : place + 4]
            yield from _bezier(start, first, second, end)
    if trace.is_closed:
        yield points[0]


def _bezier(start: Point, first: Point, second: Point, end: Point) -> Iterator[Point]:
    reach = dist(start, first) + dist(first, second) + dist(second, end)
    pieces = max(4, min(32, round(reach / 8)))
    for piece in range(1, pieces + 1):
        t = piece / pieces
        u = 1 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        yield (
            a * start[0] + b * first[0] + c * second[0] + d * end[0],
            a * start[1] + b * first[1] + c * second[1] + d * end[1],
        )


def _dashed(points: Sequence[Point], dash: Sequence[float]) -> Iterator[list[Point]]:
    """The runs of the pen while it is down, as `stroke-dasharray` tells it."""
    lengths = cycle(enumerate(dash if len(dash) % 2 == 0 else [*dash, *dash]))
    place, left = next(lengths)
    run = [points[0]]
    for start, end in pairwise(points):
        whole, done = dist(start, end), 0.0
        while whole - done > left:
            done += left
            share = done / whole
            corner = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
            run.append(corner)
            if place % 2 == 0:
                yield run
            run = [corner]
            place, left = next(lengths)
        left -= whole - done
        run.append(end)
    if place % 2 == 0:
        yield run
