"""The few shapes a card is made of, in a space of 800 × 450 units that both outputs share.

SVG and PNG are written from the same shapes, so a motif is drawn once and looks alike in both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import cos, pi, sin, tan
from typing import TypeAlias

WIDTH, HEIGHT = 800, 450

Point: TypeAlias = tuple[float, float]
Move: TypeAlias = Callable[[Point], Point]


class Tone(StrEnum):
    """The warm greys of the identity, from the ground to the paper."""

    INK = "#121210"
    UMBER = "#4A463C"
    LOAM = "#6B6558"
    STONE = "#8A8172"
    SAND = "#D9CFBA"
    PAPER = "#EDE6D8"


# Light cards keep the distances between tones rather than their names: what stood out still does.
_NEGATIVE = {
    Tone.INK: Tone.SAND,
    Tone.UMBER: Tone.STONE,
    Tone.LOAM: Tone.LOAM,
    Tone.STONE: Tone.LOAM,
    Tone.SAND: Tone.UMBER,
    Tone.PAPER: Tone.INK,
}


@dataclass(frozen=True, slots=True)
class Paint:
    """How a shape meets the page; `width` and `dash` in units, `is_round` for caps that make dots."""

    fill: Tone | None = None
    stroke: Tone | None = None
    width: float = 2
    dash: tuple[float, ...] = ()
    is_round: bool = False

    def negative(self) -> "Paint":
        """The same paint for a light ground."""
        return replace(
            self,
            fill=self.fill and _NEGATIVE[self.fill],
            stroke=self.stroke and _NEGATIVE[self.stroke],
        )


@dataclass(frozen=True, slots=True)
class Ellipse:
    """A circle where both radii are the same."""

    cx: float
    cy: float
    rx: float
    ry: float
    paint: Paint

    def moved(self, move: Move) -> "Ellipse":
        cx, cy = move((self.cx, self.cy))
        return replace(self, cx=cx, cy=cy)


@dataclass(frozen=True, slots=True)
class Trace:
    """One run of the pen. When `is_curved`, the points after the first are Bézier triples."""

    points: tuple[Point, ...]
    is_closed: bool = False
    is_curved: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """Any number of traces in one paint."""

    traces: tuple[Trace, ...]
    paint: Paint

    def moved(self, move: Move) -> "Path":
        traces = (replace(trace, points=tuple(map(move, trace.points))) for trace in self.traces)
        return replace(self, traces=tuple(traces))


Shape: TypeAlias = Ellipse | Path


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on a ground, painted in order; `focus` is where across the card its subject stands."""

    shapes: tuple[Shape, ...]
    ground: Tone = Tone.INK
    focus: float = WIDTH / 2

    def mirrored(self) -> "Drawing":
        """The same card seen from behind."""
        shapes = tuple(shape.moved(lambda at: (WIDTH - at[0], at[1])) for shape in self.shapes)
        return replace(self, shapes=shapes, focus=WIDTH - self.focus)

    def negative(self) -> "Drawing":
        """The same card in dark ink on a light ground."""
        shapes = tuple(replace(shape, paint=shape.paint.negative()) for shape in self.shapes)
        return replace(self, shapes=shapes, ground=_NEGATIVE[self.ground])


def beside_title(drawing: Drawing, *, left: float = 0.4 * WIDTH) -> Drawing:
    """The card moved to the right of a column of dark ground, `left` units wide, for words."""
    # Clamped, so that art which bleeds off the card still reaches both edges of its panel.
    middle = (left + WIDTH) / 2
    shift = middle - min(max(drawing.focus, middle - left), middle)
    panel = Path((box(0, 0, WIDTH, HEIGHT),), filled(drawing.ground))
    shapes = (shape.moved(lambda at: (at[0] + shift, at[1])) for shape in drawing.shapes)
    column = Path((box(0, 0, left, HEIGHT),), filled(Tone.INK))
    return Drawing((panel, *shapes, column), focus=middle)


def filled(tone: Tone) -> Paint:
    return Paint(fill=tone)


def drawn(tone: Tone, width: float = 2, dash: Sequence[float] = ()) -> Paint:
    return Paint(stroke=tone, width=width, dash=tuple(dash))


def dotted(tone: Tone, size: float, step: float) -> Paint:
    """A row of dots: dashes of no length under round caps, which cost no shape each."""
    return Paint(stroke=tone, width=size, dash=(0, step), is_round=True)


def path(paint: Paint, *traces: Trace) -> Path:
    return Path(traces, paint)


def disc(cx: float, cy: float, radius: float, paint: Paint) -> Ellipse:
    return Ellipse(cx, cy, radius, radius, paint)


def line(*points: Point) -> Trace:
    return Trace(points)


def polygon(*points: Point) -> Trace:
    return Trace(points, is_closed=True)


def box(x: float, y: float, width: float, height: float) -> Trace:
    return polygon((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def level(*heights: float) -> tuple[Trace, ...]:
    """Lines from edge to edge of the card."""
    return tuple(line((0, height), (WIDTH, height)) for height in heights)


def smooth(points: Sequence[Point], *, is_closed: bool = False) -> Trace:
    """A calm curve through all points (Catmull–Rom, written as Béziers)."""
    inner = [*points, points[0]] if is_closed else list(points)
    before, after = (points[-1], points[1]) if is_closed else (inner[0], inner[-1])
    run = [before, *inner, after]
    curve = [inner[0]]
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(run, run[1:], run[2:], run[3:], strict=False):
        curve += [
            (bx + (cx - ax) / 6, by + (cy - ay) / 6),
            (cx - (dx - bx) / 6, cy - (dy - by) / 6),
            (cx, cy),
        ]
    # Whole units: in a free curve nobody sees the tenths, and every list would carry them.
    whole = tuple((round(x), round(y)) for x, y in curve)
    return Trace(whole, is_closed, is_curved=True)


def beneath(crest: Trace) -> Trace:
    """The area between a curve and the lower edge of the card."""
    (start, *_), (*_, end) = crest.points, crest.points
    right, left = (end[0], HEIGHT), (start[0], HEIGHT)
    straight = (end, right, right, right, left, left)
    return Trace((*crest.points, *straight), is_closed=True, is_curved=True)


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> Trace:
    """A piece of an ellipse between two angles in degrees; 0 is right, 90 is down."""
    pieces = max(1, round(abs(end - start) / 90))
    step = (end - start) / pieces * pi / 180
    reach = 4 / 3 * tan(step / 4)
    first = start * pi / 180
    curve = [(cx + rx * cos(first), cy + ry * sin(first))]
    for piece in range(pieces):
        a = first + piece * step
        b = a + step
        curve += [
            (cx + rx * (cos(a) - reach * sin(a)), cy + ry * (sin(a) + reach * cos(a))),
            (cx + rx * (cos(b) + reach * sin(b)), cy + ry * (sin(b) - reach * cos(b))),
            (cx + rx * cos(b), cy + ry * sin(b)),
        ]
    return Trace(tuple(curve), is_curved=True)


def around(cx: float, cy: float, radius: float, angle: float, *, flat: float = 1) -> Point:
    """A point at a distance and an angle in degrees; 0 is right, 90 is down. In whole units."""
    turn = angle * pi / 180
    return round(cx + radius * cos(turn)), round(cy + radius * flat * sin(turn))
