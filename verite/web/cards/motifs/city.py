"""Streets, buildings and ways."""

from verite.web.cards.dice import Dice
from verite.web.cards.shapes import (
    Drawing,
    Path,
    Point,
    Shape,
    Tone,
    Trace,
    beneath,
    box,
    disc,
    drawn,
    filled,
    level,
    line,
    path,
    polygon,
)


def skyline(dice: Dice) -> Drawing:
    """Roofs against the sky, windows in dotted columns, by day or by night."""
    tall, low = dice.whole(60, 150), dice.whole(280, 350)
    roofs: list[Point] = [(0, 450)]
    windows: list[Trace] = []
    x = 0
    while x < 800:
        width = dice.whole(40, 96)
        top = dice.whole(tall, low)
        roofs += [(x, top), (x + width, top)]
        if not windows or dice.chance(0.5):
            windows.append(line((x + width // 2, top + 26), (x + width // 2, 430)))
        x += width
    walls, panes = dice.pick(((Tone.PAPER, Tone.INK), (Tone.PAPER, Tone.INK), (Tone.UMBER, Tone.PAPER)))
    shapes: list[Shape] = []
    if dice.chance(0.5):
        moon = Tone.STONE if walls is Tone.PAPER else Tone.PAPER
        shapes.append(disc(dice.whole(220, 580), 110, dice.whole(36, 72), filled(moon)))
    return Drawing(
        (
            *shapes,
            path(filled(walls), polygon(*roofs, (x, 450))),
            path(drawn(panes, dice.pick((8, 12)), (12, 15)), *windows),
        )
    )


def blocks(dice: Dice) -> Drawing:
    """A town from above, or a front of windows; a few are lit."""
    across, down = dice.pick(((40, 50), (50, 50), (32, 64), (64, 50), (80, 90), (100, 64)))
    gap = dice.whole(10, 20)
    columns, rows = 800 // across, -(-450 // down)
    fronts = (line((gap // 2, y), (800, y)) for y in range(down // 2, 450 + down // 2, down))
    count = dice.whole(3, 5) if columns * rows < 100 else dice.whole(6, 12)
    lit = {(dice.whole(0, columns - 1), dice.whole(0, rows - 1)) for _ in range(count)}
    lamps = (box(x * across + gap // 2, y * down + gap / 2, across - gap, down - gap) for x, y in sorted(lit))
    return Drawing(
        (
            path(drawn(Tone.INK, down - gap, (across - gap, gap)), *fronts),
            path(filled(Tone.PAPER), *lamps),
        ),
        Tone.SAND,
    )


def bridge(dice: Dice) -> Drawing:
    """A bridge hung from two towers, or from one like a harp, over water."""
    deck, top = dice.whole(280, 330), dice.whole(50, 130)
    is_harp = dice.chance(0.45)
    if is_harp:
        x = dice.whole(320, 480)
        towers = [x]
        ropes = _harp(x, top, deck, dice.whole(6, 9))
    else:
        towers = [dice.whole(130, 260), dice.whole(540, 640)]
        ropes = _hanging(towers, top, deck, dice.whole(10, 18))
    dashes = (dice.whole(100, 180), 30, dice.whole(30, 60), 22)
    return Drawing(
        (
            *ropes,
            path(drawn(Tone.PAPER, 16), *(line((x, top), (x, deck + 44)) for x in towers)),
            path(drawn(Tone.PAPER, 9), *level(deck)),
            path(drawn(Tone.LOAM, 2, dashes), *level(deck + 58, deck + 84, deck + 114)),
        ),
        focus=sum(towers) / len(towers),
    )


def _harp(x: int, top: int, deck: int, count: int) -> tuple[Path, ...]:
    drop, reach = (deck - top - 60) // count, 420 // count
    strings = (
        line((x, top + 10 + string * drop), (x + side * (count - string) * reach, deck))
        for side in (-1, 1)
        for string in range(count)
    )
    return (path(drawn(Tone.SAND, 3), *strings),)


def _hanging(towers: list[int], top: int, deck: int, count: int) -> tuple[Path, ...]:
    left, right = towers
    sag = deck - 24
    # A parabola as a Bézier: its handles lie a third in, and a third beyond its lowest point.
    low, third = round(top + (sag - top) * 4 / 3), (right - left) // 3
    cables = (
        Trace(((-130, sag), (20, sag), (left - 60, top + 90), (left, top)), is_curved=True),
        Trace(((left, top), (left + third, low), (right - third, low), (right, top)), is_curved=True),
        Trace(((right, top), (right + 60, top + 90), (780, sag), (930, sag)), is_curved=True),
    )
    hangers = []
    for hanger in range(1, count):
        share = hanger / count
        x, y = left + (right - left) * share, sag - (sag - top) * (2 * share - 1) ** 2
        hangers.append(line((round(x), round(y)), (round(x), deck)))
    return path(drawn(Tone.STONE), *hangers), path(drawn(Tone.PAPER, 4), *cables)


def road(dice: Dice) -> Drawing:
    """A road or a railway to the horizon."""
    x, horizon = dice.whole(280, 520), dice.whole(120, 280)
    foot, half = x + dice.whole(-160, 160), dice.whole(30, 120)
    depth = 450 - horizon
    rows = [round(horizon + depth * (row / 8) ** 2) for row in range(1, 8)]
    fan = (line((x, horizon), (x + reach, 450)) for reach in (-900, -500, -260, 260, 500, 900))
    edges = line((foot - half, 450), (x, horizon), (foot + half, 450))
    sides: list[Shape] = [path(drawn(Tone.LOAM), *fan, *level(*rows))]
    match dice.whole(0, 2):
        case 0:
            way: list[Shape] = [path(drawn(Tone.PAPER, 5), edges)]
        case 1:
            middle = line((foot, 450), (x, horizon))
            way = [
                path(filled(Tone.PAPER), Trace(edges.points, is_closed=True)),
                path(drawn(Tone.INK, 6, (44, 18)), middle),
            ]
        case _:
            sides = []
            way = [_sleeper(x, foot, half, horizon, y) for y in rows]
            way.append(path(drawn(Tone.PAPER, 5), edges))
    sun = disc(x + dice.whole(-150, 150), horizon - dice.whole(10, 90), dice.whole(18, 60), _SUN)
    ground = path(filled(Tone.INK), box(0, horizon, 800, depth))
    edge = path(drawn(Tone.PAPER, 3), *level(horizon))
    return Drawing((sun, ground, *sides, *way, edge), focus=x)


_SUN = filled(Tone.PAPER)


def _sleeper(x: int, foot: int, half: int, horizon: int, y: int) -> Path:
    near = (y - horizon) / (450 - horizon)
    middle, reach = x + (foot - x) * near, half * 1.6 * near
    ends = (round(middle - reach), y), (round(middle + reach), y)
    return path(drawn(Tone.STONE, round(2 + 10 * near)), line(*ends))


def arches(dice: Dice) -> Drawing:
    """Doors within doors, or an arcade."""
    if dice.chance(0.35):
        return _arcade(dice)
    x, count = dice.whole(330, 470), dice.whole(3, 6)
    crown, half = dice.whole(24, 90), dice.whole(140, 230)
    spring = dice.pick((1, 1.35))
    tones = dice.pick(
        (
            (Tone.PAPER, Tone.INK),
            (Tone.SAND, Tone.INK, Tone.STONE, Tone.INK),
            (Tone.UMBER, Tone.LOAM, Tone.STONE, Tone.SAND, Tone.PAPER, Tone.INK),
        )
    )
    sink = dice.whole(26, 44)
    rings = [
        path(
            filled(tones[ring % len(tones)]),
            _arch(x, crown + ring * sink, round(half * (1 - ring / (count + 0.6))), spring),
        )
        for ring in range(count)
    ]
    return Drawing(tuple(rings), focus=x)


def _arcade(dice: Dice) -> Drawing:
    count = dice.whole(3, 5)
    step, top = 800 // count, dice.whole(60, 150)
    half = step * dice.whole(30, 42) // 100
    first = dice.whole(0, step // 2)
    bays = [_arch(first + bay * step, top + 70, half, 1) for bay in range(count + 1)]
    sun = disc(first + step, top + 200, half // 2, filled(Tone.SAND))
    return Drawing(
        (
            path(filled(Tone.PAPER), box(0, top, 800, 450 - top)),
            path(filled(Tone.INK), *bays),
            path(drawn(Tone.INK, 4), *level(top + 26)),
            sun,
        )
    )


def _arch(x: int, top: int, half: int, spring: float) -> Trace:
    """Round when it springs one half below its crown, pointed when deeper."""
    foot = round(top + half * spring)
    lean = 0.55 if spring == 1 else 0.5
    shoulder = top if spring == 1 else round(top + half * 0.3)
    left = (x - half, foot), (x - half, round(foot - half * 0.55)), (round(x - half * lean), shoulder)
    right = tuple((2 * x - at, y) for at, y in reversed(left))
    return beneath(Trace((*left, (x, top), *right), is_curved=True))


def columns(dice: Dice) -> Drawing:
    """The front of a house of law, whole or so near that only columns are left."""
    if dice.chance(0.45):
        return _colonnade(dice)
    x, count = dice.whole(340, 460), dice.pick((4, 5, 6, 8))
    half, top = dice.whole(190, 235), dice.whole(60, 120)
    eaves, floor = top + dice.whole(60, 100), dice.whole(345, 372)
    step = (2 * half - 50) / count
    shafts = [round(x - half + 25 + step * (place + 0.5)) for place in range(count)]
    width = round(step * dice.between(0.4, 0.7))
    steps = (
        line((x - half - 26 * tread, y), (x + half + 26 * tread, y))
        for tread, y in enumerate(range(floor + 8, floor + 60, 18))
    )
    return Drawing(
        (
            path(filled(Tone.PAPER), polygon((x - half, eaves), (x, top), (x + half, eaves))),
            path(drawn(Tone.PAPER, 9), line((x - half, eaves + 14), (x + half, eaves + 14)), *steps),
            path(drawn(Tone.SAND, width), *(line((at, eaves + 28), (at, floor)) for at in shafts)),
        ),
        focus=x,
    )


def _colonnade(dice: Dice) -> Drawing:
    step = dice.whole(130, 210)
    width = step * dice.whole(42, 60) // 100
    shafts = range(dice.whole(0, step) - step // 2, 900, step)
    lit = (line((x, 90), (x, 400)) for x in shafts)
    shade = (line((x + width * 3 // 8, 90), (x + width * 3 // 8, 400)) for x in shafts)
    flutes = (line((x - width // 6, 90), (x - width // 6, 400)) for x in shafts)
    return Drawing(
        (
            path(drawn(Tone.PAPER, width), *lit),
            path(drawn(Tone.STONE, width // 4), *shade),
            path(drawn(Tone.STONE), *flutes),
            path(drawn(Tone.PAPER, 22), *level(75, 415)),
            path(drawn(Tone.SAND, 6), *level(48, 440)),
        )
    )


def factory(dice: Dice) -> Drawing:
    """Saw-tooth roofs, chimneys, and smoke drawn as a score."""
    base, teeth, rise = dice.whole(270, 320), dice.whole(3, 6), dice.whole(40, 80)
    width = 520 // teeth
    roof: list[Point] = [(140, 450), (140, base)]
    for x in range(140, 140 + teeth * width, width):
        roof += [(x, base - rise), (x + width, base)]
    stacks = [
        (x + dice.whole(-20, 20), top)
        for x, top in ((270, dice.whole(70, 110)), (390, 150), (490, 170))[: dice.whole(1, 3)]
    ]
    shafts = (polygon((x - 16, base), (x - 10, top), (x + 10, top), (x + 16, base)) for x, top in stacks)
    x, top = stacks[0]
    smoke = (line((x + puff * 26, y), (800, y)) for puff, y in enumerate(range(top - 14, 24, -16)))
    dashes = (dice.whole(60, 160), 18, dice.whole(20, 60), 12)
    return Drawing(
        (
            path(drawn(Tone.STONE, 5, dashes), *smoke),
            path(filled(Tone.SAND), *shafts),
            path(filled(Tone.PAPER), polygon(*roof, (140 + teeth * width, 450))),
            path(drawn(Tone.INK, 34, (24, dice.pick((16, 28)))), line((166, base + 60), (640, base + 60))),
        )
    )


def stairs(dice: Dice) -> Drawing:
    """Steps up, and a ball that may stay or fall."""
    count, left = dice.whole(5, 10), dice.whole(60, 200)
    run, rise = (800 - left) // count + 1, dice.whole(240, 330) // count
    floor = 420
    edge: list[Point] = [(left, 450)]
    risers = []
    for step in range(count):
        x, y = left + step * run, floor - step * rise
        edge += [(x, y), (x + run, y)]
        risers.append(line((x, y), (x, 450)))
    size = min(run // 2, dice.whole(20, 40))
    on = dice.whole(2, count - 3)
    ball = disc(left + on * run + run // 2, floor - on * rise - size, size, filled(Tone.PAPER))
    return Drawing(
        (
            path(filled(Tone.SAND), polygon(*edge, (left + count * run, 450))),
            path(drawn(Tone.LOAM, dice.pick((2, run // 3))), *risers[1:]),
            ball,
        )
    )
