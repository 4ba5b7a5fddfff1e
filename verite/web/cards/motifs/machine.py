"""Instruments, engines and figures."""

from math import pi

from verite.web.cards.dice import Dice
from verite.web.cards.shapes import (
    Drawing,
    Point,
    Shape,
    Tone,
    Trace,
    arc,
    around,
    beneath,
    box,
    disc,
    drawn,
    filled,
    level,
    line,
    path,
    polygon,
    smooth,
)


def radar(dice: Dice) -> Drawing:
    """A sweep, and a few echoes."""
    x, y, radius = dice.whole(330, 470), 225, dice.whole(140, 184)
    angle, wide = dice.whole(0, 359), dice.whole(20, 90)
    tip = around(x, y, radius, angle)
    rim = arc(x, y, radius, radius, angle - wide, angle)
    wake = Trace(((x, y), (x, y), rim.points[0], *rim.points), is_closed=True, is_curved=True)
    reach = radius + 30
    cross = line((x - reach, y), (x + reach, y)), line((x, y - reach), (x, y + reach))
    echoes = (
        disc(
            *around(x, y, radius * dice.between(0.3, 0.85), angle - dice.whole(20, 220)),
            dice.pick((6, 8, 12)),
            filled(Tone.PAPER),
        )
        for _ in range(dice.whole(1, 4))
    )
    rings = dice.pick(((0.8,), (0.66, 0.33), (0.5,)))
    return Drawing(
        (
            path(filled(Tone.UMBER), wake),
            *(disc(x, y, round(radius * ring), drawn(Tone.STONE)) for ring in rings),
            disc(x, y, radius, drawn(Tone.SAND, 3)),
            path(drawn(Tone.STONE), *cross),
            path(drawn(Tone.PAPER, 5), line((x, y), tip)),
            *echoes,
        ),
        focus=x,
    )


def searchlights(dice: Dice) -> Drawing:
    """Beams that look for something in the sky."""
    x, y = dice.whole(310, 490), dice.whole(70, 170)
    shapes: list[Shape] = []
    feet = dice.whole(60, 220), dice.whole(580, 740), dice.whole(320, 480)
    for foot, tone in zip(feet, (Tone.UMBER, Tone.STONE, Tone.SAND), strict=True):
        far, top, wide = 2 * x - foot, 2 * y - 400, dice.whole(60, 110)
        beam = polygon((foot, 400), (far - wide, top), (far + wide, top))
        shapes.append(path(filled(tone), beam))
    hill = smooth([(-10 + 205 * place, 390 + dice.whole(-16, 16)) for place in range(5)])
    found = polygon((x - 30, y + 4), (x + 30, y - 8), (x + 4, y + 8), (x, y + 22))
    return Drawing(
        (
            *shapes,
            path(filled(Tone.INK), beneath(hill)),
            path(drawn(Tone.LOAM), hill),
            path(filled(Tone.INK), found),
        ),
        focus=x,
    )


def circuit(dice: Dice) -> Drawing:
    """A chip and its ways out."""
    x, half, pins = dice.whole(340, 460), dice.whole(50, 84), dice.whole(4, 6)
    pitch, spread = 2 * half // (pins + 1), dice.whole(30, 44)
    start, knee = half * 2 - pitch * (pins - 1), dice.whole(20, 90)
    wires, pads = [], []
    for side in (-1, 1):
        for pin in range(pins):
            off = (2 * pin - pins + 1) * pitch // 2
            end = (2 * pin - pins + 1) * spread
            bend = x + side * (half + knee + abs(end - off))
            stop = x + side * min(340, half + start + dice.whole(150, 260))
            wires.append(
                line(
                    (x + side * half, 225 + off),
                    (x + side * (half + knee), 225 + off),
                    (bend, 225 + end),
                    (stop, 225 + end),
                )
            )
            pads.append(disc(stop, 225 + end, 9, filled(dice.pick((Tone.SAND, Tone.LOAM)))))
    return Drawing(
        (
            path(drawn(Tone.STONE, 3), *wires),
            *pads,
            path(filled(Tone.PAPER), box(x - half, 225 - half, 2 * half, 2 * half)),
            disc(x - half + 22, 225 - half + 22, 7, filled(Tone.INK)),
        ),
        focus=x,
    )


def gears(dice: Dice) -> Drawing:
    """Wheels that drive one another."""
    x, y, big = dice.whole(290, 360), dice.whole(170, 280), dice.whole(96, 170)
    small, angle = dice.whole(50, 96), dice.whole(-40, 40)
    other = around(x, y, big + small + 14, angle)
    spokes = dice.pick((4, 5, 6))
    wheels = (
        *_wheel((x, y), big, spokes, angle, Tone.PAPER),
        *_wheel(other, small, spokes, -angle, Tone.STONE),
    )
    return Drawing(wheels, focus=(x + other[0]) / 2)


def _wheel(centre: Point, size: int, spokes: int, turn: int, tone: Tone) -> tuple[Shape, ...]:
    pitch = size * pi / round(size * pi / 17)
    arms = (line(centre, around(*centre, size * 0.8, turn + arm * 360 / spokes)) for arm in range(spokes))
    return (
        disc(*centre, size, drawn(tone, 22, (pitch, pitch))),
        disc(*centre, size * 0.84, drawn(tone, size // 5)),
        path(drawn(tone, 8), *arms),
        disc(*centre, size // 5, filled(tone)),
        disc(*centre, size // 14, filled(Tone.INK)),
    )


def bars(dice: Dice) -> Drawing:
    """Figures over the years, one of them singled out."""
    count, base = dice.whole(7, 18), dice.whole(350, 410)
    step, trend = 640 // count, dice.pick((-1, 0, 1))
    tops = [
        (
            80 + step * place + step // 2,
            base - 150 - dice.whole(-80, 90) - trend * (2 * place - count) * 60 // count,
        )
        for place in range(count)
    ]
    columns = [line((x, base), (x, top)) for x, top in tops]
    strong = columns.pop(dice.whole(count // 4, count * 3 // 4))
    width = step * dice.pick((40, 66, 88)) // 100
    return Drawing(
        (
            path(drawn(Tone.UMBER), *level(base - 80, base - 160, base - 240)),
            path(drawn(Tone.STONE, width), *columns),
            path(drawn(Tone.PAPER, width), strong),
            path(drawn(Tone.PAPER), *level(base)),
        )
    )
