"""People, their games, faiths and meals."""

from verite.web.cards.dice import Dice
from verite.web.cards.shapes import (
    Drawing,
    Path,
    Point,
    Shape,
    Tone,
    Trace,
    arc,
    around,
    box,
    disc,
    dotted,
    drawn,
    filled,
    level,
    line,
    path,
    polygon,
)


def portrait(dice: Dice) -> Drawing:
    """Somebody, half in the light; now and then somebody else behind."""
    x, y, head = dice.whole(330, 430), dice.whole(140, 200), dice.whole(64, 96)
    match dice.whole(0, 2):
        case 0:
            behind: tuple[Shape, ...] = (disc(x, y + 30, round(head * 2.2), filled(Tone.UMBER)),)
        case 1:
            step = dice.whole(18, 40)
            behind = (path(drawn(Tone.UMBER), *level(*range(step, 450, step))),)
        case _:
            behind = _bust(x + round(head * 2.2), y + 50, head * 3 // 4, Tone.LOAM, Tone.UMBER)
    return Drawing((*behind, *_bust(x, y, head, Tone.PAPER, Tone.STONE)), focus=x + 20)


def _bust(x: int, y: int, head: int, light: Tone, shade: Tone) -> tuple[Path, ...]:
    wide, top = head * 9 // 4, y + head + 20
    body = [arc(x, 460, wide, 460 - top, -90, end) for end in (-180, 0)]
    face = [arc(x, y, head, head, -90, end) for end in (-270, 90)]
    lit, dark = ((_closed(face[side]), _closed(body[side], (x, 460))) for side in (0, 1))
    return path(filled(light), *lit), path(filled(shade), *dark)


def _closed(curve: Trace, *corner: Point) -> Trace:
    end = curve.points[-1]
    points = (*curve.points, *((end, *corner, *corner) if corner else ()))
    return Trace(points, is_closed=True, is_curved=True)


def crowd(dice: Dice) -> Drawing:
    """Many heads, and one that is seen."""
    rows, chosen = dice.whole(4, 7), dice.whole(1, 3)
    first, small, big = dice.whole(50, 130), dice.whole(16, 30), dice.whole(60, 100)
    tones = (Tone.UMBER, Tone.LOAM, Tone.STONE)
    shapes: list[Shape] = []
    focus = 400.0
    for row in range(rows):
        share = row / (rows - 1)
        size = round(small + (big - small) * share)
        step = round(size * dice.between(1.25, 1.6))
        y, start = round(first + (430 - first) * share**1.3), -dice.whole(0, step)
        tone = tones[row * len(tones) // rows]
        shapes.append(path(dotted(tone, size, step), line((start, y), (860, y))))
        if row == chosen:
            focus = start + round((dice.whole(300, 500) - start) / step) * step
            shapes.append(disc(focus, y, size / 2, filled(Tone.PAPER)))
    return Drawing(tuple(shapes), focus=focus)


def rosette(dice: Dice) -> Drawing:
    """A window of circles."""
    x, y, petals = dice.whole(340, 460), 225, dice.pick((5, 6, 8, 8, 10, 12))
    ring = dice.whole(80, 106)
    size = round(dice.between(0.5, 0.9) * ring)
    places = [around(x, y, ring, petal * 360 / petals - 90) for petal in range(petals)]
    pane = size // dice.pick((3, 4, 6))
    return Drawing(
        (
            *(disc(*place, size, drawn(Tone.STONE, 3)) for place in places),
            disc(x, y, ring + size + 12, drawn(Tone.PAPER, 5)),
            *(disc(*place, pane, filled(Tone.PAPER)) for place in places),
            disc(x, y, max(18, ring - size), filled(Tone.PAPER)),
        ),
        focus=x,
    )


def plate(dice: Dice) -> Drawing:
    """A place at the table, seen from above."""
    x, radius = dice.whole(360, 440), dice.whole(110, 160)
    left, right = x - radius - dice.whole(50, 76), x + radius + dice.whole(50, 76)
    top, foot = 225 - radius + 10, 225 + radius - 10
    fork = [line((left + off, top), (left + off, top + 70)) for off in (-18, -6, 6, 18)]
    blade = polygon((right - 9, top), (right + 12, top + 40), (right + 12, 232), (right - 9, 232))
    size, place = dice.whole(16, 60), dice.whole(0, 359)
    meal = [
        disc(*around(x, 225, radius * 0.3, place + bite * 120), size, filled(Tone.INK))
        for bite in range(dice.whole(0, 3) if size < 34 else 1)
    ]
    cloth = range(dice.whole(10, 30), 450, dice.whole(24, 60))
    return Drawing(
        (
            path(drawn(Tone.UMBER), *level(*cloth)),
            disc(x, 225, radius, filled(Tone.PAPER)),
            disc(x, 225, round(radius * 0.7), drawn(Tone.STONE)),
            *meal,
            path(drawn(Tone.SAND, 5), *fork, line((left - 20, top + 72), (left + 20, top + 72))),
            path(
                drawn(Tone.SAND, 9), line((left, top + 72), (left, foot)), line((right, 232), (right, foot))
            ),
            path(filled(Tone.SAND), blade),
        ),
        focus=x,
    )


def court(dice: Dice) -> Drawing:
    """The lines that make a field a game, and the ball."""
    x, circle = dice.whole(250, 550), dice.whole(90, 150)
    touch, band = dice.whole(24, 60), dice.whole(60, 110)
    mown = (box(at, touch, band, 450 - 2 * touch) for at in range(-band, 800, 2 * band))
    marks = [*level(touch, 450 - touch), line((x, touch), (x, 450 - touch))]
    if dice.chance(0.5):
        deep = x + 330
        marks += [box(deep, 225 - 100, 600, 200), arc(deep, 225, 60, 70, 90, 270)]
    ball = around(x, 225, dice.whole(30, 190), dice.whole(0, 359), flat=0.7)
    return Drawing(
        (
            path(filled(Tone.UMBER), *mown),
            path(drawn(Tone.PAPER, 5), *marks),
            disc(x, 225, circle, drawn(Tone.PAPER, 5)),
            disc(x, 225, 8, filled(Tone.PAPER)),
            disc(*ball, dice.whole(16, 30), filled(Tone.PAPER)),
        ),
        focus=x,
    )


def lanes(dice: Dice) -> Drawing:
    """The bend of a running track, starts in echelon."""
    x, count = dice.whole(270, 400), dice.whole(4, 7)
    gap = dice.whole(150, 190) // count
    inner, shift = 215 - count * gap, dice.whole(24, 44)
    ways, starts = [], []
    for lane in range(count + 1):
        radius = inner + lane * gap
        bend = arc(x, 225, radius, radius, 90, 270).points
        ways += [
            line((800, 225 + radius), (x, 225 + radius)),
            Trace(bend, is_curved=True),
            line((x, 225 - radius), (800, 225 - radius)),
        ]
        if lane < count:
            at = x + 230 - lane * shift
            starts.append(line((at, 225 + radius), (at, 225 + radius + gap)))
    on = inner + dice.whole(0, count - 1) * gap + gap // 2
    runner = around(x, 225, on, dice.whole(110, 250))
    return Drawing(
        (
            path(drawn(Tone.STONE, 3), *ways),
            path(drawn(Tone.PAPER, 6), *starts),
            disc(*runner, gap // 2 - 3, filled(Tone.PAPER)),
        ),
        focus=x + 60,
    )
