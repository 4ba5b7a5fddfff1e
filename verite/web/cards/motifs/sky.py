"""Worlds, stars and light."""

from math import cos, pi

from verite.web.cards.dice import Dice
from verite.web.cards.shapes import (
    Drawing,
    Ellipse,
    Shape,
    Tone,
    Trace,
    arc,
    around,
    disc,
    drawn,
    filled,
    line,
    path,
    polygon,
)


def globes(dice: Dice) -> Drawing:
    """One globe or two, the other one in the dark."""
    radius, turn = dice.whole(110, 180), dice.between(0.25, 0.42)
    x, y = dice.whole(320, 380), dice.whole(140, 250)
    light = _globe(x, y, radius, turn, Tone.PAPER, Tone.INK)
    across = round(radius * dice.between(0.7, 1.25))
    if dice.chance(0.3):
        moon = disc(x + radius + 70, y + dice.whole(-120, 120), dice.whole(16, 48), filled(Tone.STONE))
        return Drawing((*light, moon), focus=x + 50)
    other = round(radius * dice.pick((1, 1, 0.6)))
    dark = _globe(x + across, y + dice.whole(-90, 90), other, turn, Tone.INK, Tone.STONE)
    return Drawing((*light, *dark), focus=x + across / 2)


def _globe(x: float, y: float, radius: float, turn: float, body: Tone, grid: Tone) -> tuple[Shape, ...]:
    half = round(radius * cos(pi / 6))
    parallels = (
        line((x - radius, y), (x + radius, y)),
        line((x - half, y - radius / 2), (x + half, y - radius / 2)),
        line((x - half, y + radius / 2), (x + half, y + radius / 2)),
        line((x, y - radius), (x, y + radius)),
    )
    return (
        disc(x, y, radius, filled(body)),
        Ellipse(x, y, radius * turn, radius, drawn(grid)),
        Ellipse(x, y, radius * turn * 2.1, radius, drawn(grid)),
        path(drawn(grid), *parallels),
        disc(x, y, radius, drawn(Tone.PAPER)),
    )


def orbits(dice: Dice) -> Drawing:
    """A body and what goes round it."""
    x, y = dice.whole(340, 460), dice.whole(195, 255)
    flat = dice.pick((0.25, 0.4, 0.6, 1.0))
    body, step = dice.whole(34, 70), dice.whole(36, 54)
    radii = [body + 46 + ring * step for ring in range(dice.whole(4, 6))]
    places = (around(x, y, radius, dice.whole(0, 359), flat=flat) for radius in radii)
    moons = [
        disc(*place, dice.whole(8, 18), filled(dice.pick((Tone.PAPER, Tone.SAND, Tone.STONE))))
        for place in places
        if 0 < place[0] < 800 and 0 < place[1] < 450
    ]
    rings = (Ellipse(x, y, radius, round(radius * flat), drawn(Tone.STONE)) for radius in radii)
    return Drawing((*rings, disc(x, y, body, filled(Tone.PAPER)), *moons), focus=x)


def phases(dice: Dice) -> Drawing:
    """A month of moons in a row."""
    count = dice.pick((5, 5, 7))
    step = 720 // count
    radius = round(step * dice.between(0.36, 0.46))
    y, sag = dice.whole(195, 255), dice.whole(-90, 90)
    moons: list[Trace] = []
    rims: list[Shape] = []
    for night in range(count):
        share = (night + 1) / (count + 1)
        x = 400 + (night - count // 2) * step
        height = round(y + sag * (0.5 - 4 * (share - 0.5) ** 2))
        moons.append(_moon(x, height, radius, share))
        rims.append(disc(x, height, radius, drawn(Tone.LOAM)))
    return Drawing((*rims, path(filled(Tone.PAPER), *moons)))


def _moon(x: float, y: float, radius: float, share: float) -> Trace:
    """Lit from the right while it grows, from the left when it wanes; half-way it is full."""
    is_growing = share <= 0.5
    lit = arc(x, y, radius, radius, -90, 90 if is_growing else -270)
    edge = cos(2 * pi * share) * radius * (1 if is_growing else -1)
    back = arc(x, y, edge, radius, 90, -90)
    return Trace(lit.points + back.points[1:], is_closed=True, is_curved=True)


def chart(dice: Dice) -> Drawing:
    """A star chart: a graduated circle and one constellation."""
    x, y, radius = dice.whole(340, 460), 225, dice.whole(165, 190)
    first, step = dice.whole(0, 359), dice.whole(36, 62)
    stars = [
        around(x, y, radius * dice.between(0.2, 0.9), first + star * step) for star in range(dice.whole(4, 6))
    ]
    shapes: list[Shape] = [
        disc(x, y, radius, drawn(Tone.STONE)),
        disc(x, y, radius + 15, drawn(Tone.STONE, 12, (2, dice.pick((11, 17, 23))))),
        disc(x, y, radius // 2, drawn(Tone.LOAM, 2, (3, 7))),
        path(
            drawn(Tone.LOAM),
            line((x - radius, y), (x + radius, y)),
            line((x, y - radius), (x, y + radius)),
        ),
        path(drawn(Tone.PAPER, 3), line(*stars)),
    ]
    shapes += [disc(*star, dice.pick((8, 8, 10, 15)), filled(Tone.PAPER)) for star in stars]
    return Drawing(tuple(shapes), focus=x)


def sunburst(dice: Dice) -> Drawing:
    """Rays from a sun on the horizon, or high above it."""
    x, y = dice.whole(280, 400), dice.pick((450, 450, 330, 225))
    arch = 180 if y == 450 else 360
    rays = dice.whole(9, 15) * arch // 180
    step = arch / rays
    share = dice.between(0.35, 0.6)
    wedges = [
        polygon(
            (x, y),
            around(x, y, 760, 180 + ray * step),
            around(x, y, 760, 180 + (ray + share) * step),
        )
        for ray in range(rays)
    ]
    radius = dice.whole(60, 130)
    gap = dice.pick((0, 16))
    return Drawing(
        (
            path(filled(Tone.INK), *wedges),
            disc(x, y, radius + gap, filled(Tone.INK)),
            disc(x, y, radius, filled(Tone.PAPER)),
        ),
        Tone.SAND,
        x,
    )


def eclipse(dice: Dice) -> Drawing:
    """A dark disc before a light one, and the corona as fine rays."""
    x, y, radius = dice.whole(330, 470), dice.whole(200, 250), dice.whole(84, 124)
    every = dice.pick((10, 14, 20))
    rings = [
        disc(x, y, radius + start + long // 2, drawn(Tone.STONE, long, (2, every * share)))
        for start, long, share in ((16, 30, 1), (46, 26, 2), (72, 30, 4))
    ]
    off = dice.whole(-36, 36)
    return Drawing(
        (
            *rings,
            disc(x, y, radius, filled(Tone.PAPER)),
            disc(x + off, y - abs(off) // 2, radius - 6, filled(Tone.INK)),
        ),
        focus=x,
    )
