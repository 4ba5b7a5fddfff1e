"""The site's faces: whose names they set, what a page loads for that, and what the files say of themselves."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

import pytest
from fontTools.ttLib import TTFont

from scripts.make_fonts import points
from verite.web.assets import FOLDER
from verite.web.cards import lettering

FONTS = FOLDER / "fonts"
OF_CARDS = Path(lettering.__file__).parent / "fonts"
OF_EVERY_PAGE, OF_FEW_PAGES = ((FOLDER / name).read_text() for name in ("verite.css", "letters.css"))
KB = 1000

# What each language writes beside a to z. Northern Sámi is missing: the serif has no ŧ.
LETTERS = {
    "Albanian": "çë",
    "Azerbaijani": "çəğıİöşü",
    "Basque": "ñü",
    "Breton": "âêîôûùüñʼ",
    "Catalan": "àçèéíïŀòóúü·",
    "Croatian": "čćđšž",
    "Czech": "áčďéěíňóřšťúůýž",
    "Danish": "æøåé",
    "Dutch": "áéëíïóöúü",
    "Esperanto": "ĉĝĥĵŝŭ",
    "Estonian": "äöõüšž",
    "Faroese": "áðíóúýæø",
    "Finnish": "äöåšž",
    "French": "àâæçéèêëîïôœùûüÿ«»",
    "Galician": "áéíñóúü",
    "German": "äöüßẞ„“",
    "Hungarian": "áéíóöőúüű",
    "Icelandic": "áðéíóúýþæö",
    "Irish": "áéíóú",
    "Italian": "àèéìíîòóùú",
    "Kashubian": "ąãéëłńòóôùż",
    "Latvian": "āčēģīķļņšūž",
    "Lithuanian": "ąčęėįšųūž",
    "Luxembourgish": "äëéîôû",
    "Maltese": "àċġħìż",
    "Norwegian": "æøåéèêóòâ",
    "Polish": "ąćęłńóśźż",
    "Portuguese": "áâãàçéêíóôõú",
    "Romanian": "ăâîșşțţ",
    "Scottish Gaelic": "àèìòù",
    "Serbian": "čćđšž",
    "Slovak": "áäčďéíĺľňóôŕšťúýž",
    "Slovene": "čšž",
    "Sorbian": "čćěłńóřŕšśžź",
    "Spanish": "áéíñóúü¿¡",
    "Swedish": "åäöé",
    "Turkish": "âçğıİîöşûü",
    "Vietnamese": "ăâđêôơưạảãáàặẳẵắằậẩẫấầẹẻẽéèệểễếềịỉĩíìọỏõóòộổỗốồợởỡớờụủũúùựửữứừỵỷỹýỳ",
    "Welsh": "âêîôûŵŷẁẃẅỳ",
}


def letters(language: str) -> frozenset[str]:
    written = LETTERS[language]
    return frozenset(written) | {letter.upper() for letter in written if len(letter.upper()) == 1}


Face: TypeAlias = tuple[str, str, str]  # family, style, weight


@dataclass(frozen=True)
class Rule:
    """One `@font-face` of the style sheet."""

    face: Face
    file: str
    range: frozenset[str]

    @property
    def size(self) -> int:
        return (FONTS / self.file).stat().st_size

    @property
    def letters(self) -> frozenset[str]:
        return covered(FONTS / self.file)


def rules() -> Iterator[Rule]:
    for block in re.findall(r"@font-face\{([^}]*url[^}]*)\}", OF_EVERY_PAGE + OF_FEW_PAGES):
        said = dict(part.split(":", 1) for part in block.split(";"))
        yield Rule(
            (said["font-family"], said.get("font-style", ""), said.get("font-weight", "")),
            said["src"].removeprefix("url(fonts/").removesuffix(")"),
            frozenset(map(chr, points(said["unicode-range"]))),
        )


RULES = tuple(rules())
FACES = SERIF, BOLD, ITALIC, SANS = (
    ("VSerif", "", ""),
    ("VSerif", "", "600"),
    ("VSerif", "italic", ""),
    ("VSans", "", "400 700"),
)


def loaded(text: Collection[str], *faces: Face) -> list[Rule]:
    """What a browser loads to set these characters in these faces."""
    return [rule for rule in RULES if rule.face in faces and not rule.range.isdisjoint(text)]


@cache
def font(file: Path) -> TTFont:
    return TTFont(file, lazy=True)


@cache
def covered(file: Path) -> frozenset[str]:
    return frozenset(map(chr, font(file).getBestCmap()))


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("language", LETTERS)
def test_every_letter_of_the_language_is_set_in_the_face(language: str, face: Face) -> None:
    text = letters(language) | set("AZaz")

    assert text <= {letter for rule in loaded(text, face) for letter in rule.range & rule.letters}


@pytest.mark.parametrize("face", FACES)
def test_no_letter_is_loaded_twice(face: Face) -> None:
    for one, other in combinations([rule for rule in RULES if rule.face == face], 2):
        assert not one.range & other.range


def test_no_file_is_loaded_for_a_letter_that_it_lacks_and_no_letter_of_a_file_is_out_of_reach() -> None:
    for rule in RULES:
        assert rule.letters <= rule.range, rule.file
        assert "-ext" not in rule.file or rule.range <= rule.letters, rule.file


def test_the_sheet_of_rare_letters_is_asked_for_where_a_page_holds_one_and_not_for_european_names() -> None:
    script = (FOLDER / "js" / "letters.js").read_text()
    (rare,) = re.findall(r"/(\[.+\])/", script)
    of_sheet = {letter for rule in RULES if rule.file in OF_FEW_PAGES for letter in rule.range}
    european = {letter for language in LETTERS if language != "Vietnamese" for letter in letters(language)}

    assert of_sheet
    assert not [letter for letter in sorted(of_sheet) if not re.match(rare, letter)]
    assert not [letter for letter in sorted(european - {"ỳ", "Ỳ"}) if re.match(rare, letter)]


def test_every_file_has_its_rule() -> None:
    assert {rule.face for rule in RULES} == set(FACES)
    assert sorted(rule.file for rule in RULES) == sorted(file.name for file in FONTS.glob("*.woff2"))


def test_a_page_of_english_loads_one_file_of_each_face() -> None:
    page = loaded("The Plow That Broke the Plains (1936) — “25 min”, café, £5…", SERIF, SANS)

    assert [rule.file for rule in page] == ["source-serif-4.woff2", "archivo.woff2"]
    assert sum(rule.size for rule in page) <= 70 * KB


@pytest.mark.parametrize("name", ["Savić", "Łódź", "Dvořák", "Țepeș", "Győr", "İstanbul", "Jānis"])
def test_a_name_from_the_rest_of_europe_loads_one_small_file_more(name: str) -> None:
    (_, more) = loaded(name, SERIF)

    assert more.file == "source-serif-4-ext.woff2"
    assert more.size <= 20 * KB


@pytest.mark.parametrize("language", sorted(LETTERS.keys() - {"Vietnamese"}))
def test_the_first_view_of_a_page_in_the_language_stays_in_its_budget(language: str) -> None:
    page = loaded(letters(language) | {"a"}, SERIF, ITALIC, SANS)

    assert 0 < sum(rule.size for rule in page) <= 125 * KB


@pytest.mark.parametrize("face", FACES)
def test_the_files_of_a_face_share_axes_and_lines(face: Face) -> None:
    first, *others = (font(FONTS / rule.file) for rule in RULES if rule.face == face)

    for other in others:
        assert measures(other) == measures(first)


def measures(file: TTFont) -> list[object]:
    axes = file["fvar"].axes if "fvar" in file else []
    places = [(axis.axisTag, axis.minValue, axis.defaultValue, axis.maxValue) for axis in axes]
    line = [getattr(file["hhea"], name) for name in ("ascent", "descent", "lineGap")]
    return [file["head"].unitsPerEm, line, places, file["OS/2"].usWeightClass, file["OS/2"].usWidthClass]


@pytest.mark.parametrize("face", FACES)
def test_a_letter_with_a_mark_is_as_wide_as_the_letter(face: Face) -> None:
    for marked, plain in zip("ČčŐőŠšĘęȘșẠạ", "CcOoSsEeSsAa", strict=True):
        assert width(marked, face) == width(plain, face), marked


def width(letter: str, face: Face) -> int:
    (rule,) = loaded(letter, face)
    file = font(FONTS / rule.file)
    return int(file["hmtx"][file.getBestCmap()[ord(letter)]][0])


@pytest.mark.parametrize(
    ("card", "face"), [(lettering.SERIF, SERIF), (lettering.SANS, SANS)], ids=["serif", "sans"]
)
def test_cards_have_the_letters_of_pages(card: lettering.Face, face: Face) -> None:
    on_pages = frozenset().union(*(rule.letters for rule in RULES if rule.face == face))

    assert covered(OF_CARDS / card.file) == on_pages


@pytest.mark.parametrize(
    "file", sorted([*FONTS.glob("*.woff2"), *OF_CARDS.glob("*.ttf")]), ids=lambda file: file.name
)
def test_every_font_keeps_its_copyright_and_bears_no_reserved_name(file: Path) -> None:
    names = {record.nameID: record.toUnicode() for record in font(file)["name"].names}
    copyright_notice = names.pop(0)

    assert copyright_notice in (FONTS / "OFL.txt").read_text()
    assert not [text for text in names.values() if "source" in text.casefold()]
    assert "scripts.sil.org/OFL" in names[14]
