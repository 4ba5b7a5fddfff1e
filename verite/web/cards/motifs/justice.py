"""Law, crime and what is kept secret."""

from verite.web.cards.dice import Dice
from verite.web.cards.shapes import (
    Drawing,
    Ellipse,
    Shape,
    Tone,
    Trace,
    arc,
    box,
    disc,
    drawn,
    filled,
    level,
    line,
    path,
    polygon,
)


def balance(dice: Dice) -> Drawing:
    """Two sides, weighed."""
    x, y, half = dice.whole(350, 450), dice.whole(90, 150), dice.whole(140, 200)
    tilt, pan, hang = dice.whole(-56, 56), dice.whole(54, 90), dice.whole(90, 150)
    shapes: list[Shape] = []
    for side, tone in ((-1, Tone.PAPER), (1, Tone.STONE)):
        end = x + side * half, y + side * tilt
        rim = end[1] + hang
        bowl = arc(end[0], rim, pan, pan * 0.62, 0, 180)
        shapes += [
            path(drawn(Tone.STONE), line((end[0] - pan, rim), end, (end[0] + pan, rim))),
            path(filled(tone), Trace(bowl.points, is_closed=True, is_curved=True)),
        ]
    stand = line((x, y), (x, 400)), line((x - 80, 400), (x + 80, 400))
    return Drawing(
        (
            path(drawn(Tone.SAND, 7), *stand),
            path(drawn(Tone.PAPER, 7), line((x - half, y - tilt), (x + half, y + tilt))),
            *shapes,
            disc(x, y, 15, filled(Tone.PAPER)),
        ),
        focus=x,
    )


def papers(dice: Dice) -> Drawing:
    """A page of which some lines may not be read."""
    x, wide, top = dice.whole(220, 320), dice.whole(230, 340), dice.whole(20, 90)
    gap, margin = dice.whole(26, 42), dice.whole(26, 44)
    secret = dice.whole(1, 5)
    shown, hidden = [], []
    for row, y in enumerate(range(top + 44, 470, gap)):
        start, end = x + margin, x + wide - margin
        if row % 5 == 4:
            end -= dice.whole(40, wide // 2)
        if row and (row == secret or dice.chance(0.36)):
            hidden.append(line((start + dice.whole(0, 40), y), (end, y)))
        else:
            shown.append(line((start, y), (end, y)))
    words = (dice.whole(40, 80), 8, dice.whole(20, 40), 8)
    return Drawing(
        (
            path(filled(Tone.UMBER), box(x + 26, top + 22, wide, 450)),
            path(filled(Tone.PAPER), box(x, top, wide, 450)),
            path(drawn(Tone.STONE, 6, words), *shown),
            path(drawn(Tone.INK, gap * 2 // 3), *hidden),
        ),
        focus=x + wide / 2,
    )


def blinds(dice: Dice) -> Drawing:
    """A light behind slats or bars."""
    x, y, radius = dice.whole(330, 470), dice.whole(205, 245), dice.whole(120, 185)
    count = dice.whole(6, 11)
    light = disc(x, y, radius, filled(Tone.PAPER))
    places = [round(-radius + 2 * radius * (slat + 0.6) / count) for slat in range(count)]
    if dice.chance(0.35):
        top, foot = y - radius - 10, y + radius + 10
        bars = (line((x + at, top), (x + at, foot)) for at in places)
        rails = path(drawn(Tone.STONE), *level(top, foot))
        return Drawing((light, path(drawn(Tone.INK, 14), *bars), rails), focus=x)
    edge = x - radius - 8, x + radius + 8
    slats = (
        path(drawn(Tone.INK, 4 + 20 * slat // count), line((edge[0], y + at), (edge[1], y + at)))
        for slat, at in enumerate(places)
    )
    return Drawing((light, *slats), focus=x)


def fingerprint(dice: Dice) -> Drawing:
    """A trace somebody left."""
    x, y, count = dice.whole(330, 470), dice.whole(205, 245), dice.whole(7, 10)
    dashes = (
        dice.whole(120, 260), 12, dice.whole(30, 120), 12, dice.whole(180, 340), 14
    )  # fmt: skip
    ridge = drawn(Tone.SAND, dice.pick((6, 8, 10)), dashes)
    step, lift, tall = 170 // count, dice.whole(-3, 3), dice.between(1.05, 1.3)
    ridges = (
        Ellipse(x, y + lift * loop, 16 + loop * step, round((16 + loop * step) * tall), ridge)
        for loop in range(count)
    )
    return Drawing(tuple(ridges), focus=x)


def door(dice: Dice) -> Drawing:
    """Light through a door that stands open."""
    x, width = dice.whole(310, 420), dice.whole(50, 150)
    top, foot = dice.whole(40, 110), dice.whole(270, 330)
    lean, spread = dice.whole(-160, 120), dice.whole(10, 80)
    end = x + lean - spread // 2
    floor = polygon((x, foot), (x + width, foot), (end + width + spread, 450), (end, 450))
    leaf = dice.whole(30, 80)
    swung = polygon((x, top), (x - leaf, top - 26), (x - leaf, foot + 34), (x, foot))
    return Drawing(
        (
            path(drawn(Tone.UMBER), *level(foot)),
            path(filled(Tone.SAND), floor),
            path(filled(Tone.PAPER), box(x, top, width, foot - top)),
            path(filled(Tone.UMBER), swung),
            disc(x - leaf + 14, (top + foot) // 2 + 10, 5, filled(Tone.SAND)),
        ),
        focus=x + width / 2 + lean / 4,
    )
