"""Makes the fonts that browsers load and those that pictures of links are set in, from two npm packages.

    npm pack @fontsource-variable/source-serif-4@5.3.1 @fontsource-variable/archivo@5.3.0
    .venv/bin/python -m scripts.make_fonts .

writes verite/web/static/fonts/ and verite/web/cards/fonts/ and prints the @font-face rules: those of
verite/web/static/verite.css, and those of letters.css beside it. The same packages and the same fontTools
give the same bytes.

A second axis nearly doubles a variable font, so a face varies only in what pages vary: the serif in optical
size, Archivo in weight. Bold and italic serif are small files of their own, for the pages that use them. Each
face comes in four files, of which `unicode-range` loads what a page's letters need: Western Europe; the rest
of Europe; other languages and romanisations; Vietnamese.
"""

from __future__ import annotations

import argparse
import io
import re
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEB = Path(__file__).parents[1] / "verite" / "web"
SERVED = WEB / "static" / "fonts"
OF_CARDS = WEB / "cards" / "fonts"


@dataclass(frozen=True, slots=True)
class Part:
    """The letters of one file, where the packages keep them, and the features that they need."""

    ending: str
    kept_in: str
    letters: str
    features: tuple[str, ...] = ("locl",)
    is_rare: bool = False


PARTS = (
    Part(
        "",
        "latin",
        "U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+2000-2300",
        ("kern", "liga", "locl", "tnum"),
    ),
    # No kerning here: it would only be between two letters of one file, which hardly ever meet.
    Part(
        "-ext",
        "latin-ext",
        "U+100-130,U+132-151,U+154-17F,U+18F,U+218-21B,U+259,U+1E80-1E85,U+1E9E,U+1EF2-1EF3",
    ),
    Part(
        "-ext-rare",
        "latin-ext",
        "U+180-18E,U+190-19F,U+1A2-1AE,U+1B1-217,U+21C-258,U+25A-2AF,U+1E00-1E7F,U+1E86-1E9D",
        is_rare=True,
    ),
    Part("-ext-vietnamese", "vietnamese", "U+1A0-1A1,U+1AF-1B0,U+1EA0-1EF1,U+1EF4-1EF9", is_rare=True),
)

COPYRIGHT, FAMILY, STYLE, UNIQUE, FULL, VERSION, POSTSCRIPT, LICENCE = 0, 1, 2, 3, 4, 5, 6, 14


@dataclass(frozen=True, slots=True)
class Source:
    """A package's tarball as `npm pack` names it; the path in it of a part of a family; our names for that."""

    tarball: str
    path: str
    name: str
    css_name: str


# "Source" is a name reserved by Adobe, which what we make of it may not bear.
ROMAN = Source(
    "fontsource-variable-source-serif-4-5.3.1.tgz",
    "package/files/source-serif-4-{}-standard-normal.woff2",
    "Verite Serif",
    "VSerif",
)
ITALIC = replace(ROMAN, path="package/files/source-serif-4-{}-standard-italic.woff2")
SANS = Source(
    "fontsource-variable-archivo-5.3.0.tgz", "package/files/archivo-{}-wdth-normal.woff2", "Archivo", "VSans"
)


@dataclass(frozen=True, slots=True)
class Face:
    """One style of a family: on each axis a place, or the least, the usual and the greatest value."""

    file: str
    source: Source
    style: str
    axes: Mapping[str, float | tuple[float, float, float]]
    descriptors: str = ""


# Bold and italic serif stand in running text of 18 to 20 pixels, so one optical size does for each.
FACES = (
    Face("source-serif-4", ROMAN, "Regular", {"wght": 400, "opsz": (14, 20, 60)}),
    Face("source-serif-4-bold", ROMAN, "SemiBold", {"wght": 600, "opsz": 19}, "font-weight:600;"),
    Face("source-serif-4-italic", ITALIC, "Italic", {"wght": 400, "opsz": 18}, "font-style:italic;"),
    Face(
        "archivo",
        SANS,
        "Regular",
        {"wght": (400, 400, 700), "wdth": 84},
        "font-weight:400 700;font-stretch:84%;",
    ),
)
FACES_OF_CARDS = (
    Face("source-serif-4", ROMAN, "Display", {"wght": 400, "opsz": 60}),
    Face("archivo", SANS, "Regular", {"wght": 400, "wdth": 84}),
)


def cut(packages: Path, face: Face, part: Part) -> TTFont:
    """A font of the letters of `part`, on the axes of `face`."""
    with tarfile.open(packages / face.source.tarball) as tarball:
        found = tarball.extractfile(face.source.path.format(part.kept_in))
        assert found is not None
        whole = found.read()
    options = Options(
        layout_features=list(part.features),
        hinting=False,
        notdef_outline=True,
        name_IDs=[COPYRIGHT, FAMILY, STYLE, UNIQUE, FULL, VERSION, POSTSCRIPT, LICENCE],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=set(points(part.letters)))
    font = TTFont(io.BytesIO(whole), recalcTimestamp=False)
    font["fvar"].instances = []  # for menus of programs; each would bring the reserved name along
    subsetter.subset(font)
    return named(instantiateVariableFont(font, face.axes), face)


def named(font: TTFont, face: Face) -> TTFont:
    """The font under our own names; whose work it is, and its licence, stand as they were."""
    names = font["name"]
    family, style = face.source.name, face.style
    postscript = f"{family}-{style}".replace(" ", "")
    for name_id, text in {
        FAMILY: family,
        STYLE: style,
        UNIQUE: f"{names.getDebugName(VERSION)};{postscript}",
        FULL: f"{family} {style}",
        POSTSCRIPT: postscript,
    }.items():
        names.removeNames(nameID=name_id)
        names.setName(text, name_id, 3, 1, 0x409)
    return font


def points(unicode_range: str) -> Iterator[int]:
    """The characters of a CSS `unicode-range`."""
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", unicode_range):
        yield from range(int(first, 16), int(last or first, 16) + 1)


def unicode_range(characters: Iterable[int]) -> str:
    """The CSS `unicode-range` of just these."""
    runs: list[list[int]] = []
    for character in sorted(characters):
        if runs and character == runs[-1][-1] + 1:
            runs[-1].append(character)
        else:
            runs.append([character])
    return ",".join(f"U+{run[0]:X}" + (f"-{run[-1]:X}" if run[1:] else "") for run in runs)


def serve(packages: Path, face: Face) -> None:
    """Write the files of a face for browsers, and print their rules, each under the sheet where it stands."""
    for part in PARTS:
        font = cut(packages, face, part)
        file = f"{face.file}{part.ending}.woff2"
        font.save(SERVED / file)
        # Latin is loaded by every page anyway; the others shall not be loaded for a letter they lack.
        covered = unicode_range(font.getBestCmap()) if part.ending else part.letters
        print(
            f"{'letters' if part.is_rare else 'verite'}.css: "
            f"@font-face{{font-family:{face.source.css_name};src:url(fonts/{file});"
            f"{face.descriptors}font-display:swap;unicode-range:{covered}}}"
        )


def unite(packages: Path, face: Face) -> None:
    """Write all letters of a face as one plain file, which FreeType opens two hundred times as fast."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for part in PARTS:
            font = cut(packages, face, part)
            files.append(f"{folder}/{part.ending}.woff2")
            font.save(files[-1])
        # It cannot merge these two, and FreeType needs neither.
        merged = Merger(MergeOptions(drop_tables=["BASE", "STAT"])).merge(files)
    # The merger dates its work, and the same letters shall be the same bytes.
    merged.recalcTimestamp = False
    merged["head"].created = merged["head"].modified = font["head"].modified
    merged.save(OF_CARDS / f"{face.file}.ttf")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("packages", type=Path, help="the folder with both tarballs")
    packages = parser.parse_args().packages
    OF_CARDS.mkdir(exist_ok=True)
    for face in FACES:
        serve(packages, face)
    for face in FACES_OF_CARDS:
        unite(packages, face)


if __name__ == "__main__":
    main()
