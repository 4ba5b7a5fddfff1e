"""Brings the catalogues of words in ``verite/locale`` up to date with the source, and compiles them.

Run it as ``make messages`` after a change of words; docs/recipes/translation.md says how they are translated.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

REPOSITORY = Path(__file__).parents[1]
HOUSE = REPOSITORY / "verite"
CATALOGUES = "locale/*/LC_MESSAGES/django.po"
WIDTH = 100

# Where words stand in a package, and what reads them there.
TEMPLATES = tuple(
    f"{room}/templates/**.{kind}" for room in ("web", "notifications") for kind in ("html", "txt")
)
METHODS = (("**.py", "python"), *((template, "jinja2") for template in TEMPLATES))
AS_RENDERED = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
OPTIONS = dict.fromkeys(TEMPLATES, AS_RENDERED)
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_noop": None}


def words_in(house: Path) -> Catalog:
    """Every message that the source of a package says, with the files that say it."""
    found = Catalog(fuzzy=False)
    for name, _line, words, comments, context in extract_from_dir(
        house, METHODS, OPTIONS, KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True
    ):
        found.add(words, locations=[(f"{house.name}/{name}", 0)], auto_comments=comments, context=context)
    return found


def catalogues(house: Path) -> Iterator[Path]:
    """The file of each language that the package speaks besides English."""
    yield from sorted(house.glob(CATALOGUES))


def read(po: Path) -> Catalog:
    """A catalogue of one language; its folder says which.

    Raises:
        PoFileError: the file is none.
    """
    with po.open("rb") as file:
        return read_po(file, locale=po.parts[-3], abort_invalid=True)


def forms(words: str | Iterable[str] | None) -> tuple[str, ...]:
    """What a message says, in its own words or translated: one form, or those of a plural."""
    return (words or "",) if isinstance(words, str | None) else tuple(words)


def updated(known: Catalog, words: Catalog) -> bytes:
    """A catalogue's file with exactly these words: new ones wait for a translation, those gone are dropped."""
    # A guess from words that look alike is no translation, so none is made.
    known.update(words, no_fuzzy_matching=True, update_creation_date=False)
    file = io.BytesIO()
    write_po(file, known, width=WIDTH, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    return file.getvalue()


def compiled(known: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    file = io.BytesIO()
    write_mo(file, known)
    return file.getvalue()


def main() -> None:
    words = words_in(HOUSE)
    for po in catalogues(HOUSE):
        po.write_bytes(updated(read(po), words))
        known = read(po)
        po.with_suffix(".mo").write_bytes(compiled(known))
        waiting = sum(not all(forms(message.string)) for message in known if message.id)
        print(f"{known.locale_identifier}: {len(known)} messages, {waiting} of them wait for a translation")


if __name__ == "__main__":
    main()
