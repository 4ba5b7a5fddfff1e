"""Plants, animals and bodies."""

from math import pi, sin

from verite.web.cards.dice import Dice
from verite.web.cards.shapes import (
    Drawing,
    Path,
    Point,
    Shape,
    Tone,
    Trace,
    around,
    disc,
    drawn,
    filled,
    level,
    line,
    path,
    polygon,
    smooth,
)


def forest(dice: Dice) -> Drawing:
    """Trunks in three distances, the nearest with the marks of birches."""
    ground = dice.whole(350, 420)
    shapes: list[Path] = []
    for tone, count, width in (
        (Tone.UMBER, dice.whole(9, 15), dice.whole(7, 12)),
        (Tone.STONE, dice.whole(5, 8), dice.whole(14, 20)),
    ):
        gap = 800 / count
        xs = [round(gap * (place + dice.between(0.15, 0.85))) for place in range(count)]
        up = 2 * width
        shapes.append(path(drawn(tone, width), *(line((x, 0), (x, ground - up)) for x in xs)))
    count, width = dice.whole(2, 5), dice.whole(28, 54)
    near = [round(760 / count * (place + 0.5)) + dice.whole(-40, 60) for place in range(count)]
    trunks = [line((x, 0), (x, ground)) for x in near]
    marks = [line((x - width // 5, 0), (x - width // 5, ground)) for x in near]
    return Drawing(
        (
            *shapes,
            path(drawn(Tone.PAPER, width), *trunks),
            path(drawn(Tone.INK, width // 2, (4, 37, 7, 61, 3, 24)), *marks),
        )
    )


def tree(dice: Dice) -> Drawing:
    """A bare tree, branch by branch."""
    x, ground = dice.whole(340, 460), dice.whole(380, 420)
    layers: list[list[Trace]] = [[], [], [], [], []]

    def grow(foot: Point, length: float, angle: float, depth: int) -> None:
        tip = around(*foot, length, angle)
        layers[depth].append(line(foot, tip))
        if depth + 1 < len(layers):
            for side in (-1, 1):
                shorter, turn = length * dice.between(0.66, 0.84), side * dice.whole(14, 36)
                grow(tip, shorter, angle + turn, depth + 1)

    grow((x, ground), dice.whole(84, 112), -90 + dice.whole(-8, 8), 0)
    boughs = [
        path(drawn(Tone.PAPER, width), *layer) for width, layer in zip((15, 10, 6, 4, 2), layers, strict=True)
    ]
    sky = x + dice.whole(-150, 150), dice.whole(120, 220)
    moon = disc(*sky, dice.whole(60, 140), filled(Tone.UMBER))
    return Drawing((moon, *boughs, path(drawn(Tone.STONE), *level(ground))), focus=x)


def leaves(dice: Dice) -> Drawing:
    """A stem and its leaves, one side in the light."""
    x, pairs = dice.whole(350, 450), dice.whole(4, 6)
    lean, long = dice.whole(-90, 90), dice.whole(90, 150)
    rise = dice.between(0.3, 0.8)
    light, dark = [], []
    for pair in range(pairs):
        share = (pair + 0.6) / (pairs + 0.6)
        foot = round(x + lean * (1 - share) ** 2), round(60 + 350 * share)
        size = long * (0.5 + 0.5 * share)
        light.append(_leaf(foot, -size, size * rise))
        dark.append(_leaf(foot, size, size * rise))
    stem = smooth([(x + lean, 56), (x + lean * 0.25, 235), (x, 455)])
    return Drawing(
        (
            path(filled(Tone.PAPER), *light),
            path(filled(Tone.STONE), *dark),
            path(drawn(Tone.SAND, 5), stem),
        ),
        focus=x,
    )


def _leaf(foot: Point, reach: float, rise: float) -> Trace:
    x, y = foot
    tip = round(x + reach), round(y - rise)
    over = (round(x + reach * 0.1), round(y - rise)), (round(x + reach * 0.7), round(y - rise * 1.2))
    under = (round(x + reach * 0.9), round(y - rise * 0.2)), (round(x + reach * 0.4), y)
    return Trace((foot, *over, tip, *under, foot), is_closed=True, is_curved=True)


def flock(dice: Dice) -> Drawing:
    """Birds on their way."""
    x, y = dice.whole(520, 600), dice.whole(110, 200)
    ranks, down, step = dice.whole(3, 5), dice.between(0.2, 0.6), dice.whole(64, 84)
    shapes: list[Shape] = []
    if dice.chance(0.6):
        sun = disc(dice.whole(300, 420), dice.whole(200, 270), dice.whole(80, 140), filled(Tone.PAPER))
        shapes.append(sun)
    places = [(0, 0), *((rank, side) for rank in range(1, ranks + 1) for side in (-1, 1))]
    birds = [
        _bird(
            x - rank * step + dice.whole(-14, 14),
            round(y + side * rank * step * down) + dice.whole(-12, 12),
            dice.whole(26, 40),
            dice.whole(-8, 18),
        )
        for rank, side in places
    ]
    shapes += [
        path(drawn(Tone.LOAM), *level(400, 412, 430)),
        path(drawn(Tone.STONE if shapes else Tone.PAPER, 6), *birds),
    ]
    return Drawing(tuple(shapes), focus=x - 130)


def _bird(x: int, y: int, size: int, lift: int) -> Trace:
    return Trace(
        (
            (x - size, y - lift), (x - size // 2, y - lift - size // 3), (x - 6, y - size // 5), (x, y),
            (x + 6, y - size // 5), (x + size // 2, y - lift - size // 3), (x + size, y - lift),
        ),
        is_curved=True,
    )  # fmt: skip


def shoal(dice: Dice) -> Drawing:
    """Fish in ranks, one going the other way."""
    length, rows = dice.whole(80, 124), dice.whole(3, 4)
    columns = 560 // length
    contrary = dice.whole(1, rows - 1) * columns + columns // 2
    apart = round(length * dice.between(0.62, 0.84))
    stagger = dice.pick((0, length // 2, length * 2 // 3))
    fish = [
        _fish(
            130 + place % columns * length * 5 // 4 + place // columns % 2 * stagger,
            225 + place // columns * apart - (rows - 1) * apart // 2,
            -length if place == contrary else length,
        )
        for place in range(rows * columns)
    ]
    lone = fish.pop(contrary)
    return Drawing((path(filled(Tone.LOAM), *fish), path(filled(Tone.PAPER), lone)))


def _fish(x: int, y: int, length: int) -> Trace:
    nose, belly, fork, tail = x + length // 2, x + length // 6, x - length // 3, x - length // 2
    high, fin = abs(length) // 5, abs(length) // 6
    return polygon(
        (nose, y), (belly, y - high), (fork, y - 3), (tail, y - fin),
        (tail, y + fin), (fork, y + 3), (belly, y + high),
    )  # fmt: skip


def pulse(dice: Dice) -> Drawing:
    """A heart written down."""
    y, beat, high = dice.whole(210, 270), dice.whole(170, 340), dice.whole(90, 170)
    beats: list[Point] = []
    for start in range(dice.whole(20, 160), 700, beat):
        strokes = (0, 0), (14, -18), (28, 0), (40, 0), (48, 22), (62, -high), (78, high // 2)
        calm = (88, 0), (112, 0), (126, -26), (140, 0)
        beats += [(start + right, y + down) for right, down in strokes + calm]
    grid = dice.pick((40, 50, 80))
    uprights = (line((column, 0), (column, 450)) for column in range(grid // 2, 800, grid))
    return Drawing(
        (
            path(drawn(Tone.UMBER), *level(*range(grid // 2, 450, grid)), *uprights),
            path(drawn(Tone.PAPER, 6), line((0, y), *beats, (850, y))),
        )
    )


def helix(dice: Dice) -> Drawing:
    """Two strands and their rungs."""
    swing, turns = dice.whole(70, 150), dice.pick((1, 1.5, 2))
    start = dice.between(0, pi)

    def height(x: float, side: int) -> float:
        return round(225 + side * swing * sin(start + x / 800 * turns * 2 * pi))

    reach = range(-80, 900, 80)
    back, front = (smooth([(x, height(x, side)) for x in reach]) for side in (-1, 1))
    step = dice.whole(26, 40)
    rungs = (line((x, height(x, -1)), (x, height(x, 1))) for x in range(10, 800, step))
    return Drawing(
        (
            path(drawn(Tone.STONE, 3), *rungs),
            path(drawn(Tone.SAND, 7), back),
            path(drawn(Tone.PAPER, 13), front),
        )
    )
