"""Mountains, ice, sand, fields and what lies under them."""

from verite.web.cards.dice import Dice
from verite.web.cards.shapes import (
    Drawing,
    Path,
    Point,
    Shape,
    Tone,
    Trace,
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


def mountains(dice: Dice) -> Drawing:
    """A far range, a near one, and the way over it."""
    far = _range(dice, base=dice.whole(280, 330), rise=dice.whole(120, 220))
    near = _range(dice, base=dice.whole(350, 410), rise=dice.whole(90, 210))
    route = [(x, y + 34) for x, y in near]
    shapes: list[Shape] = []
    if dice.chance(0.5):
        shapes.append(disc(dice.whole(200, 600), dice.whole(80, 130), dice.whole(32, 70), filled(Tone.SAND)))
    shapes += [
        path(filled(Tone.LOAM), _solid(far)),
        path(filled(Tone.PAPER), _solid(near)),
        path(drawn(Tone.INK, 5, (3, 12)), line(*route)),
    ]
    return Drawing(tuple(shapes))


def _range(dice: Dice, *, base: float, rise: float) -> list[Point]:
    points: list[Point] = [(0, base)]
    x, is_peak = 0, dice.chance(0.5)
    while x < 800:
        x += dice.whole(80, 220)
        height = dice.between(0.6, 1) if is_peak else dice.between(0.05, 0.35)
        points.append((x, round(base - rise * height)))
        is_peak = not is_peak
    return points


def _solid(crest: list[Point]) -> Trace:
    return polygon(*crest, (crest[-1][0], 450), (0, 450))


def floe(dice: Dice) -> Drawing:
    """A lit and a shaded face before a low sun, over still water."""
    x, top, base = dice.whole(300, 430), dice.whole(60, 160), dice.whole(280, 340)
    left, right, foot = dice.whole(80, 230), dice.whole(120, 270), x + dice.whole(0, 70)
    sun = disc(x + dice.whole(20, 220), base - dice.whole(40, 150), dice.whole(70, 150), filled(Tone.PAPER))
    # From a third to three quarters down the lee side, with a step that sets it off from a tent.
    rise = base - top
    lee = [(x + right * 0.4, top + rise * 0.42), (x + right * 0.6, top + rise * 0.34)]
    far = x - left - dice.whole(-20, 60)
    small = polygon((far, base), (far - 26, base - dice.whole(24, 70)), (far - 90, base))
    dashes = (dice.whole(90, 220), 36, dice.whole(30, 80), 24)
    water = level(*(base + gap for gap in (22, 42, 68, 100, 138)))
    return Drawing(
        (
            sun,
            path(filled(Tone.INK), box(0, base, 800, 450 - base)),
            path(filled(Tone.SAND), polygon((x - left, base), (x, top), (foot, base))),
            path(filled(Tone.STONE), polygon((x, top), *lee, (x + right, base), (foot, base))),
            *([path(filled(Tone.LOAM), small)] if dice.chance(0.5) else []),
            path(drawn(Tone.PAPER), *level(base)),
            path(drawn(Tone.STONE, 2, dashes), *water),
        ),
        focus=x + 60,
    )


def dunes(dice: Dice) -> Drawing:
    """Slow curves, each nearer one lighter."""
    tones = (Tone.UMBER, Tone.LOAM, Tone.STONE, Tone.SAND, Tone.PAPER)
    count = dice.pick((3, 4, 5))
    first = dice.whole(150, 240)
    shapes: list[Shape] = [
        disc(dice.whole(220, 580), dice.whole(80, 150), dice.whole(34, 74), filled(Tone.PAPER))
    ]
    for row, tone in enumerate(tones[-count:]):
        height = first + row * (430 - first) / count
        crest = [(-10 + 270 * place, height + dice.whole(-46, 46)) for place in range(4)]
        shapes.append(path(filled(tone), beneath(smooth(crest))))
    return Drawing(tuple(shapes))


def field(dice: Dice) -> Drawing:
    """Furrows that meet beyond the hill, under a sky of clouds or a sun."""
    x, horizon = dice.whole(250, 550), dice.whole(130, 270)
    near, far = dice.whole(90, 150), dice.whole(16, 34)
    furrows = [
        smooth(
            [
                (x + row * far, horizon - 10 + (row * far) ** 2 // 3000),
                (x + row * (far + near) * 0.42, horizon + (450 - horizon) * 0.36),
                (x + row * near, 455),
            ]
        )
        for row in range(-6, 7)
    ]
    hill = smooth([(-10, horizon + 26), (x, horizon - 14), (810, horizon + 26)])
    sky: Shape = path(drawn(Tone.LOAM), *_clouds(dice.whole(130, 200), horizon))
    if dice.chance(0.5):
        sun = x + dice.whole(-150, 150), horizon - dice.whole(0, 60)
        sky = disc(*sun, dice.whole(44, 90), filled(dice.pick((Tone.INK, Tone.PAPER))))
    soil = path(filled(Tone.INK), beneath(hill))
    return Drawing((sky, soil, path(drawn(Tone.SAND, 3), *furrows)), Tone.SAND, x)


def _clouds(wave: int, horizon: int) -> list[Trace]:
    steps = range(-1, 800 // wave + 2)
    return [
        smooth([(step * wave, row + (9 if step % 2 else -9)) for step in steps])
        for row in range(44, horizon - 40, 46)
    ]


def contours(dice: Dice) -> Drawing:
    """A height as a map tells it."""
    x, y = dice.whole(320, 480), dice.whole(190, 260)
    bumps = [dice.between(0.7, 1.3) for _ in range(6)]
    count, drift = dice.whole(5, 7), dice.whole(-12, 12)
    strong = dice.whole(1, 3)

    def ring(step: int) -> Trace:
        radius = 36 + step * 300 / count
        # Lower lines forget the shape of the top, as they do on a real hill.
        shape = [1 + (bump - 1) * (1 - step / count / 2) for bump in bumps]
        points = [
            around(x + step * drift, y, radius * grow, place * 60, flat=0.8)
            for place, grow in enumerate(shape)
        ]
        return smooth(points, is_closed=True)

    fine = [ring(step) for step in range(count) if step != strong]
    return Drawing(
        (
            path(drawn(Tone.STONE), *fine),
            path(drawn(Tone.PAPER, 6), ring(strong)),
            path(filled(Tone.PAPER), polygon((x - 11, y + 9), (x + 11, y + 9), (x, y - 11))),
        ),
        focus=x,
    )


def strata(dice: Dice) -> Drawing:
    """The ground cut open, with one thing found in it."""
    tones = (Tone.UMBER, Tone.STONE, Tone.SAND, Tone.LOAM, Tone.PAPER, Tone.UMBER, Tone.STONE)
    start, count = dice.whole(0, 2), dice.whole(4, 5)
    layers: list[Path] = []
    height, tilt, fold = dice.whole(60, 170), dice.whole(-60, 60), dice.whole(-40, 40)
    for tone in tones[start : start + count]:
        edge = [
            (-10, height - tilt), (260, height + fold), (530, height - fold), (810, height + tilt)
        ]  # fmt: skip
        layers.append(path(filled(tone), beneath(smooth(edge))))
        height += dice.whole(40, 92)
    x, y, size = dice.whole(280, 520), dice.whole(280, 350), dice.whole(28, 48)
    find = (
        disc(x, y, size, filled(Tone.INK)),
        disc(x, y, size * 2 // 3, drawn(Tone.PAPER, 3)),
        disc(x + size // 8, y, size // 3, drawn(Tone.PAPER, 3)),
    )
    return Drawing((*layers, *find), focus=x)
