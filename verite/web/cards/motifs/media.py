"""Pictures, sounds and how they travel."""

from verite.web.cards.dice import Dice
from verite.web.cards.shapes import (
    Drawing,
    Ellipse,
    Shape,
    Tone,
    Trace,
    arc,
    around,
    box,
    disc,
    drawn,
    filled,
    level,
    line,
    path,
    smooth,
)


def lens(dice: Dice) -> Drawing:
    """An eye that is also a lens."""
    x, y, iris = dice.whole(340, 460), dice.whole(200, 250), dice.whole(48, 86)
    step, blades, turn = dice.whole(20, 34), dice.whole(6, 12), dice.whole(16, 70)
    strong = dice.whole(1, 3)
    rings = [
        disc(x, y, iris + step * ring, drawn(Tone.PAPER, 5 if ring == strong else 2)) for ring in (1, 2, 3, 4)
    ]
    inner, outer = iris + step, iris + step * 4 + dice.whole(30, 90)
    spokes = (
        line(
            around(x, y, inner, blade * 360 / blades),
            around(x, y, outer, blade * 360 / blades + turn),
        )
        for blade in range(blades)
    )
    look = around(x, y, iris * 0.35, dice.whole(0, 359))
    return Drawing(
        (
            path(drawn(Tone.STONE), *spokes),
            *rings,
            disc(x, y, iris, filled(Tone.PAPER)),
            disc(*look, iris // 3, filled(Tone.INK)),
        ),
        focus=x,
    )


def filmstrip(dice: Dice) -> Drawing:
    """A few frames in which something rises or falls."""
    light = filled(Tone.PAPER)
    tall, gap = dice.whole(130, 210), 18
    frame = tall * 4 // 3
    top = 225 - tall // 2
    first = dice.whole(-frame * 3 // 4, 0)
    frames = range(first, 800, frame + gap)
    size, way = tall * dice.whole(15, 28) // 100, dice.pick((-1, 1))
    span = (tall - 2 * size) // len(frames)
    motion = (
        disc(x + frame // 2, 225 + way * (2 * place - len(frames)) * span // 2, size, light)
        for place, x in enumerate(frames)
        if -size < x + frame // 2 < 800 + size
    )
    floor = tall * dice.whole(15, 40) // 100
    grounds = (box(x, top + tall - floor, frame, floor) for x in frames)
    return Drawing(
        (
            path(filled(Tone.SAND), box(0, top - 62, 800, tall + 124)),
            path(drawn(Tone.INK, 24, (20, 22)), *level(top - 32, top + tall + 32)),
            path(filled(Tone.INK), *(box(x, top, frame, tall) for x in frames)),
            *motion,
            path(filled(Tone.UMBER), *grounds),
        )
    )


def reels(dice: Dice) -> Drawing:
    """Two reels and the tape between them."""
    y, big, small = dice.whole(175, 215), dice.whole(110, 145), dice.whole(70, 115)
    left, right, run = dice.whole(250, 290), dice.whole(530, 560), dice.whole(380, 410)
    tape = line((left - big, y), (left - 20, run), (right + 20, run), (right + small, y))
    shapes: list[Shape] = [path(drawn(Tone.STONE, 3), tape)]
    for x, radius in ((left, big), (right, small)):
        holes, turn = dice.pick((3, 3, 5, 6)), dice.whole(0, 119)
        size = radius // (4 if holes == 3 else 5)
        windows = (
            disc(*around(x, y, radius * 0.55, turn + hole * 360 / holes), size, filled(Tone.INK))
            for hole in range(holes)
        )
        shapes += [
            disc(x, y, radius, filled(Tone.PAPER)),
            *windows,
            disc(x, y, radius // 8, filled(Tone.INK)),
        ]
    heads = (disc(x, run, 14, filled(Tone.SAND)) for x in (left - 20, 405, right + 20))
    return Drawing((*shapes, *heads), focus=405)


def score(dice: Dice) -> Drawing:
    """Five lines and a phrase."""
    gap = dice.whole(32, 48)
    top, notes = 225 - 2 * gap, dice.whole(4, 7)
    step = 580 // notes
    heads = [(120 + step * note + step // 2, top + dice.whole(0, 8) * gap // 2) for note in range(notes)]
    stems = []
    for x, y in heads:
        # Stems turn at the middle line, as engravers set them.
        way = 1 if y > 225 else -1
        stems.append(line((x + way * gap // 2, y), (x + way * gap // 2, y - way * 3 * gap)))
    hollow = dice.pick(heads)
    notes_drawn = (Ellipse(x, y, gap * 0.58, gap * 0.46, filled(Tone.PAPER)) for x, y in heads)
    return Drawing(
        (
            path(drawn(Tone.STONE), *level(*range(top, top + 5 * gap, gap))),
            path(drawn(Tone.PAPER, 4), *stems),
            *notes_drawn,
            Ellipse(*hollow, gap * 0.36, gap * 0.24, filled(Tone.INK)),
        )
    )


def strings(dice: Dice) -> Drawing:
    """Strings over a sound hole, one of them sounding."""
    count, gap = dice.pick((4, 5, 6)), dice.whole(38, 54)
    x, hole = dice.whole(320, 480), dice.whole(110, 170)
    top = 225 - (count - 1) * gap // 2
    rows = [top + row * gap for row in range(count)]
    sounding = rows.pop(dice.whole(1, count - 2))
    swing = dice.whole(12, 26)
    knots = dice.pick((200, 270, 400))
    bows = (
        smooth(
            [
                (at, sounding + (0, bow, 0, -bow)[place % 4])
                for place, at in enumerate(range(0, 801 + knots // 2, knots // 2))
            ]
        )
        for bow in (swing, swing // 2, -swing // 2, -swing)
    )
    return Drawing(
        (
            disc(x, 225, hole + 28, drawn(Tone.LOAM, 3)),
            disc(x, 225, hole + 14, drawn(Tone.STONE, 8, (4, 9))),
            disc(x, 225, hole, filled(Tone.UMBER)),
            path(drawn(Tone.SAND, 3), *level(*rows)),
            path(drawn(Tone.PAPER), *bows),
        ),
        focus=x,
    )


def broadcast(dice: Dice) -> Drawing:
    """A mast, and its word going out."""
    x, y, half = dice.whole(330, 470), dice.whole(110, 210), dice.whole(30, 56)
    braces = []
    for rung in range(1, 7):
        low, high = 450 - (450 - y) * (rung - 1) // 7, 450 - (450 - y) * rung // 7
        wide, narrow = half * (8 - rung) // 7, half * (7 - rung) // 7
        side = 1 if rung % 2 else -1
        braces.append(line((x - side * wide, low), (x + side * narrow, high)))
    step, spread = dice.whole(34, 54), dice.pick((28, 44, 60))
    near: list[Trace] = []
    far: list[Trace] = []
    for ring in range(dice.whole(4, 6)):
        radius = 40 + ring * step
        for to in (0, 180):
            wave = arc(x, y, radius, radius, to - spread, to + spread)
            (near if ring < 2 else far).append(wave)
    return Drawing(
        (
            path(drawn(Tone.STONE, 3), *far),
            path(drawn(Tone.PAPER, 6), *near),
            path(drawn(Tone.SAND, 4), line((x - half, 450), (x, y), (x + half, 450))),
            path(drawn(Tone.SAND), *braces),
            disc(x, y, 13, filled(Tone.PAPER)),
        ),
        focus=x,
    )
