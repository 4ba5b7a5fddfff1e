"""Which card a film gets: its subjects choose among the motifs, its name does the rest."""

import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from types import MappingProxyType
from typing import TypeAlias

from verite.web.cards.dice import Dice
from verite.web.cards.motifs import city, justice, land, life, machine, media, people, sky, water
from verite.web.cards.shapes import Drawing, Tone

Motif: TypeAlias = Callable[[Dice], Drawing]

# To add a motif: a function from dice to drawing, and here the words it answers to, singular and
# in lower case. The first hint that says any of them decides; every subject wants eight or more.
MOTIFS: Mapping[Motif, str] = MappingProxyType(
    {
        sky.globes: "world earth politics travel war environment economics news",
        sky.orbits: "space science astronomy planet universe cosmos technology physics",
        sky.phases: "space moon night time history science religion astronomy culture biography people",
        sky.chart: "space star science history astronomy travel mathematics",
        sky.sunburst: "sun health religion faith light power revolution biography war politics",
        sky.eclipse: "space sun science religion apocalypse philosophy mystery spirituality",
        land.mountains: "mountain nature travel adventure climbing survival people war alps religion sport",
        land.floe: "ice arctic antarctic north polar people nature climate environment snow",
        land.dunes: "desert sand africa nature travel people oil environment animal",
        land.field: "field farm food agriculture rural country environment land soil work war animal",
        land.contours: "map nature travel geography science exploration environment adventure food sport",
        land.strata: "history archaeology geology science mining ancient fossil dinosaur work",
        water.waves: "sea ocean river water music flood environment surfing nature animal sport",
        water.rain: "rain weather storm city climate grief night noir war environment art crime",
        water.sunset: "sea ocean coast island evening travel summer nature spirituality",
        water.sails: "sea ocean ship boat travel sailing voyage migration people history food",
        life.forest: "forest wood nature environment animal ecology wild health wildlife",
        life.tree: "tree nature food family history memory biography animal death life religion",
        life.leaves: "food plant nature garden agriculture botany peace health environment",
        life.flock: "animal bird nature migration wildlife wild freedom people travel",
        life.shoal: "sea ocean animal fish whale shark biology food wildlife society",
        life.pulse: "health medicine medical body heart hospital sport disease drug",
        life.helix: "science health biology genetic life evolution medicine body animal technology",
        city.skyline: "city town urban architecture york london berlin economics",
        city.blocks: "city town urban planning housing street architecture work society",
        city.bridge: "bridge city architecture engineering technology work travel",
        city.road: "road rail train travel car journey work route transport city sport",
        city.arches: "architecture religion church history faith ancient temple art city",
        city.columns: "law politics court history government democracy president architecture",
        city.factory: "work industry factory labour labor economics business environment coal",
        city.stairs: "architecture society education school biography family city comedy economics work politics",
        media.lens: "media film cinema art photography camera biography movie eye health crime technology",
        media.filmstrip: "media film cinema movie hollywood animation television art",
        media.reels: "media music sound tape archive radio history jazz recording",
        media.score: "music song jazz opera dance musical concert piano art culture media",
        media.strings: "music guitar song rock concert band folk art performance",
        media.broadcast: "media radio news television internet journalism propaganda war technology politics",
        machine.radar: "war technology missing mystery secret military cold intelligence science",
        machine.searchlights: "war propaganda military bomb battle night soldier performance crime",
        machine.circuit: "technology internet computer digital machine data hacker work",
        machine.gears: "technology work machine industry engineering invention history economics",
        machine.bars: "economics business money finance science bank market capitalism sport media technology",
        people.portrait: "biography biographical people art psychology woman love portrait war health",
        people.crowd: "politics people society protest history culture sport war music city economics religion",
        people.rosette: "religion faith art church mathematics islam spirituality architecture",
        people.plate: "food cooking kitchen chef diet eat restaurant wine health",
        people.court: "sport football soccer basketball tennis game competition team",
        people.lanes: "sport running race olympic athletics marathon speed car",
        justice.balance: "law justice crime economics politics court trial equality food",
        justice.papers: "politics law literature writing secret history media book crime war",
        justice.blinds: "crime prison law media noir mystery psychology biography",
        justice.fingerprint: "crime law murder mystery killer biography identity police",
        justice.door: "crime mystery psychology home prison family murder secret house law architecture",
    }
)

# Night belongs to these; in negative they would say something else.
_DARK = frozenset(
    {sky.globes, sky.phases, sky.eclipse, sky.sunburst, land.floe, land.dunes, land.strata,
     land.field, city.blocks, justice.door, justice.papers, media.filmstrip, machine.searchlights,
     people.portrait}
)  # fmt: skip


def card(seed: str, hints: Sequence[str] = ()) -> Drawing:
    """The card of whatever `seed` names (a slug, say): the same in every process, on every machine.

    `hints` are names or slugs of subjects, the most telling first; a title may lead them. The first
    that says anything chooses among the motifs made for it, so a list on one subject still varies.
    """
    motif = motif_for(seed, hints)
    dice = Dice(f"{motif.__name__} {seed}")
    drawing = motif(dice)
    if dice.chance(0.5):
        drawing = drawing.mirrored()
    if drawing.ground is Tone.INK and motif not in _DARK and dice.chance(0.2):
        drawing = drawing.negative()
    return drawing


def motif_for(seed: str, hints: Sequence[str]) -> Motif:
    """Every fitting motif draws a lot and the highest wins: a new one takes only what it wins."""
    return max(_fitting(hints), key=lambda motif: _lot(motif, seed))


def _lot(motif: Motif, seed: str) -> bytes:
    ballot = f"{motif.__name__} {seed}".encode("utf-8", "surrogatepass")
    return blake2b(ballot, digest_size=8).digest()


def _fitting(hints: Sequence[str]) -> Sequence[Motif]:
    """The motifs of the first hint that says anything to them; all, when none does."""
    for hint in hints:
        words = _words(hint)
        if found := [motif for motif, subjects in _SUBJECTS.items() if words & subjects]:
            return found
    return tuple(MOTIFS)


def _words(hint: str) -> set[str]:
    """The words of a name or slug in lower case, also without the endings of the plural."""
    words = set(re.findall(r"[^\W\d_]+", hint.casefold()))
    return (
        words
        | {word.removesuffix("s") for word in words}
        | {word.removesuffix("ies") + "y" for word in words if word.endswith("ies")}
    )


_SUBJECTS = {motif: frozenset(words.split()) for motif, words in MOTIFS.items()}
