"""A drawing as inline SVG, short enough that a list of films may carry two dozen."""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import TypeAlias

from verite.web.cards.shapes import (
    HEIGHT,
    WIDTH,
    Drawing,
    Paint,
    Path,
    Shape,
    Trace,
    box,
    filled,
    path,
)

_ROOT_WIDTH = 2


def to_svg(drawing: Drawing, *, slice_to: str = "xMidYMid") -> str:
    """The drawing as one `<svg>` element that fills its box; attributes only, hidden from readers.

    `slice_to` is the alignment of `preserveAspectRatio`: which part stays when the box is narrower.
    """
    ground = path(filled(drawing.ground), box(0, 0, WIDTH, HEIGHT))
    painted = groupby((ground, *drawing.shapes), key=lambda shape: shape.paint)
    body = "".join(_group(paint, list(shapes)) for paint, shapes in painted)
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="{slice_to} slice"'
        f' aria-hidden="true" fill="none" stroke-width="{_ROOT_WIDTH}">{body}</svg>'
    )


def _group(paint: Paint, shapes: list[Shape]) -> str:
    """Neighbours in one paint say it once."""
    if len(shapes) == 1:
        return f"<{_geometry(shapes[0])}{_attributes(paint)}/>"
    return f"<g{_attributes(paint)}>{''.join(f'<{_geometry(shape)}/>' for shape in shapes)}</g>"


def _attributes(paint: Paint) -> str:
    written = f' fill="{paint.fill}"' if paint.fill else ""
    if paint.stroke:
        written += f' stroke="{paint.stroke}"'
        if paint.width != _ROOT_WIDTH:
            written += f' stroke-width="{_number(paint.width)}"'
        if paint.dash:
            written += f' stroke-dasharray="{" ".join(map(_number, paint.dash))}"'
        if paint.is_round:
            written += ' stroke-linecap="round"'
    return written


def _geometry(shape: Shape) -> str:
    if isinstance(shape, Path):
        return f'path d="{"".join(map(_trace, shape.traces))}"'
    cx, cy, rx, ry = map(_number, (shape.cx, shape.cy, shape.rx, shape.ry))
    if rx == ry:
        return f'circle cx="{cx}" cy="{cy}" r="{rx}"'
    return f'ellipse cx="{cx}" cy="{cy}" rx="{rx}" ry="{ry}"'


def _number(value: float) -> str:
    return _tenths(round(value * 10))


def _tenths(value: int) -> str:
    """Tenths of a unit in the fewest letters: 5 → .5, 20 → 2."""
    whole, rest = divmod(abs(value), 10)
    sign = "-" if value < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{rest}"


Tenths: TypeAlias = tuple[int, int]
Step: TypeAlias = tuple[str, tuple[int, ...]]


def _trace(trace: Trace) -> str:
    """Relative commands between points already rounded, so that roundings do not add up."""
    points = [(round(x * 10), round(y * 10)) for x, y in trace.points]
    steps = _curves(points) if trace.is_curved else _lines(points)
    written, last = f"M{_run(points[0])}", ""
    for letter, numbers in steps:
        run = _run(numbers)
        # A repeated letter goes without saying; a minus sign parts numbers by itself.
        written += letter + run if letter != last else run if run.startswith("-") else f" {run}"
        last = letter
    return written + ("z" if trace.is_closed else "")


def _lines(points: list[Tenths]) -> Iterator[Step]:
    for (x, y), (to_x, to_y) in pairwise(points):
        if to_y == y:
            yield "h", (to_x - x,)
        elif to_x == x:
            yield "v", (to_y - y,)
        else:
            yield "l", (to_x - x, to_y - y)


def _curves(points: list[Tenths]) -> Iterator[Step]:
    mirrored: Tenths | None = None
    for place in range(0, len(points) - 3, 3):
        (x, y), first, second, end = points[place : place + 4]
        after = (second[0] - x, second[1] - y, end[0] - x, end[1] - y)
        # A curve that goes on as the last one ended leaves its first handle out.
        if mirrored and max(abs(first[0] - mirrored[0]), abs(first[1] - mirrored[1])) <= 1:
            yield "s", after
        else:
            yield "c", (first[0] - x, first[1] - y, *after)
        mirrored = 2 * end[0] - second[0], 2 * end[1] - second[1]


def _run(numbers: Iterable[int]) -> str:
    return " ".join(map(_tenths, numbers)).replace(" -", "-")
