"""Sea, river and weather."""

from verite.web.cards.dice import Dice
from verite.web.cards.shapes import (
    Drawing,
    Shape,
    Tone,
    Trace,
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


def waves(dice: Dice) -> Drawing:
    """A current in parallel lines, one of them strong."""
    rows = dice.whole(8, 12)
    drift, swing = dice.whole(-18, 18), dice.whole(24, 66)
    shape = [dice.whole(-swing, swing) for _ in range(5)]
    strong = dice.whole(rows // 3, rows * 2 // 3)

    def current(row: int) -> Trace:
        y, start = 450 * (row + 0.5) / rows, drift * (row - rows // 2) - 150
        return smooth([(start + 275 * at, y + off) for at, off in enumerate(shape)])

    calm = [current(row) for row in range(rows) if row != strong]
    return Drawing((path(drawn(Tone.STONE), *calm), path(drawn(Tone.PAPER, 9), current(strong))))


def rain(dice: Dice) -> Drawing:
    """A shower over flat land."""
    lean, fall = dice.whole(-90, -10), dice.whole(90, 220)
    ground = dice.whole(350, 410)
    every, count = dice.whole(3, 6), dice.whole(20, 30)
    jump = dice.pick((37, 43, 61, 89))
    drops = []
    for drop in range(count):
        x, y = round(drop * 880 / count), drop * jump % (ground - fall - 6)
        drops.append(line((x, y), (x + lean, y + fall)))
    fine = [drop for place, drop in enumerate(drops) if place % every]
    return Drawing(
        (
            path(drawn(Tone.STONE), *fine),
            path(drawn(Tone.PAPER, 5), *drops[::every]),
            path(drawn(Tone.STONE), *level(ground, ground + 16, ground + 36)),
        )
    )


def sunset(dice: Dice) -> Drawing:
    """A sun on the horizon and its road over the water."""
    x, horizon, radius = dice.whole(300, 500), dice.whole(190, 300), dice.whole(80, 150)
    rows = dice.whole(5, 9)
    road = []
    for row in range(rows):
        y = round(horizon + 20 + row * (440 - horizon) / rows)
        half = round(radius * (0.95 - 0.6 * row / rows) * dice.between(0.75, 1.15))
        off = dice.whole(-14, 14)
        road.append(line((x - half + off, y), (x + half + off, y)))
    sun = disc(x, horizon - dice.whole(-40, 70), radius, filled(Tone.PAPER))
    return Drawing(
        (
            sun,
            path(filled(Tone.INK), box(0, horizon, 800, 450 - horizon)),
            path(drawn(Tone.STONE), *level(horizon)),
            path(drawn(Tone.SAND, dice.pick((4, 7, 10))), *road),
        ),
        focus=x,
    )


def sails(dice: Dice) -> Drawing:
    """A boat, or a few, on a ruled sea."""
    horizon = dice.whole(290, 360)
    shapes: list[Shape] = []
    for x, tall in ((400, 230), (590, 104), (240, 136))[: dice.whole(1, 3)]:
        shapes += _boat(x + dice.whole(-40, 40), horizon, tall + dice.whole(-30, 30))
    dashes = (dice.whole(90, 160), 20, dice.whole(24, 60), 34)
    sea = level(*(horizon + gap for gap in (22, 42, 66, 96)))
    return Drawing((*shapes, path(drawn(Tone.STONE, 2, dashes), *sea)))


def _boat(x: int, horizon: int, tall: int) -> tuple[Shape, ...]:
    foot = horizon - tall // 10
    main = polygon((x - 6, foot - tall), (x - 6, foot), (x - tall // 2, foot))
    fore = polygon((x + 6, foot - tall * 9 // 10), (x + 6, foot), (x + tall // 3, foot))
    hull = line((x - tall * 2 // 5, foot + 10), (x + tall * 2 // 5, foot + 10))
    return (
        path(filled(Tone.PAPER), main),
        path(filled(Tone.STONE), fore),
        path(drawn(Tone.SAND, 7), hull),
    )
