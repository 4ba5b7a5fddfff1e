"""Words: all of them in every catalogue, each translated, with the same gaps to fill; and compiled."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation import to_locale

from scripts.messages import catalogues, compiled, forms, read, words_in
from tests.house.conftest import Plant
from tests.house.source import HOUSE, Module, house, modules
from verite.project.config import SPOKEN

TEXTS = HOUSE / "pages" / "texts"
MEND = "run `make messages`"
GAP = re.compile(r"%(?:\((\w+)\))?[-#0 +]*\d*(?:\.\d+)?([a-zA-Z%]?)")
TAG = re.compile(r"</?\w[^>]*>")
EDGE = re.compile(r"\A\s*|\s*\Z")

GETTEXT = {
    f"django.utils.translation.{name}"
    for name in (
        "gettext",
        "gettext_lazy",
        "gettext_noop",
        "ngettext",
        "ngettext_lazy",
        "npgettext",
        "pgettext",
    )
}

# Modules that translate words held elsewhere → where gettext_noop says those words.
MAY_TRANSLATE_NAMES = {
    "verite.catalogue.countries": "FORMER",
    "verite.catalogue.languages": "_OUR_NAMES",
    "verite.discovery.related": "_REASONS",
    "verite.project.server.failures": "WORDS",
}

Words: TypeAlias = tuple[str | None, tuple[str, ...]]


def said(catalog: Catalog) -> dict[Words, Message]:
    """The messages of a catalogue by context and words; of a plural, both forms."""
    return {(message.context, forms(message.id)): message for message in catalog if message.id}


def differing(known: Catalog, source: Catalog) -> Iterator[str]:
    for _context, words in said(source).keys() - said(known).keys():
        yield f"The catalogue {known.locale} lacks {words[0]!r}: {MEND}, then translate it."
    for _context, words in said(known).keys() - said(source).keys():
        yield f"The catalogue {known.locale} has {words[0]!r}, which nothing says any more: {MEND}."


def untranslated(known: Catalog) -> Iterator[str]:
    for (_context, words), message in said(known).items():
        if message.fuzzy:
            yield f"{known.locale}: {words[0]!r} is marked fuzzy: check its translation and take the mark away."
        elif not all(forms(message.string)):
            yield f"{known.locale}: {words[0]!r} has no translation, or a plural of it has none."


def ill_fitting(known: Catalog) -> Iterator[str]:
    """Translations that could not stand where the words stand."""
    for message, errors in known.check():
        for error in errors:
            yield f"{known.locale}: {forms(message.id)[0]!r}: {error}."
    for (_context, words), message in said(known).items():
        translation = forms(message.string)[-1]  # of a plural the one for many: "one" may be said in words
        if translation and _fixed(translation) != _fixed(words[-1]):
            yield (
                f"{known.locale}: {words[0]!r} is translated with other gaps (%(name)s), tags or blanks at its"
                " ends. They stay as they are; only the words change."
            )


def stale(po: Path) -> Iterator[str]:
    mo = po.with_suffix(".mo")
    if not mo.is_file() or _spoken(mo.read_bytes()) != _spoken(compiled(read(po))):
        yield f"{mo} does not say what {po.name} says: {MEND}."


def unseen(found: Iterable[Module], may: Collection[str]) -> Iterator[str]:
    """Calls of gettext that reading the source cannot take words from."""
    for module in found:
        for call, is_inside in _calls(module):
            is_said = isinstance(next(iter(call.args), None), ast.Constant)
            if is_inside or not (is_said or module.name in may):
                yield (
                    f"{module.at(call.lineno)} asks gettext for words that only running it would show. Give gettext"
                    " a plain string, outside of an f-string, and fill its gaps with %(name)s."
                )


def missing_texts(texts: Path, languages: Iterable[str]) -> Iterator[str]:
    names = {file.name for file in texts.glob("*/*.md")}
    for language in languages:
        for name in sorted(names):
            if not (texts / language / name).is_file():
                yield f"{texts.name}/{language}/{name} is missing: every text that we ship stands in every language."


def _fixed(words: str) -> list[object]:
    return [sorted(GAP.findall(words)), sorted(TAG.findall(words)), EDGE.findall(words)]


def _spoken(mo: bytes) -> dict[Words, tuple[str, ...]]:
    return {words: forms(message.string) for words, message in said(read_mo(io.BytesIO(mo))).items()}


def _calls(module: Module) -> Iterator[tuple[ast.Call, bool]]:
    """Calls of gettext, and whether each stands inside an f-string."""
    inside = {
        id(node)
        for text in ast.walk(module.tree)
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
    }
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and module.dotted(node.func) in GETTEXT:
            yield node, id(node) in inside


def test_catalogues_hold_exactly_what_the_source_says() -> None:
    source = words_in(HOUSE)
    faults = [fault for po in catalogues(HOUSE) for fault in differing(read(po), source)]

    assert not faults, "\n".join(faults)


def test_everything_is_translated() -> None:
    faults = [fault for po in catalogues(HOUSE) for fault in untranslated(read(po))]

    assert not faults, "\n".join(faults)


def test_translations_fit_where_the_words_stand() -> None:
    faults = [fault for po in catalogues(HOUSE) for fault in ill_fitting(read(po))]

    assert not faults, "\n".join(faults)


def test_what_gettext_reads_is_what_translators_wrote() -> None:
    faults = [fault for po in catalogues(HOUSE) for fault in stale(po)]

    assert not faults, "\n".join(faults)


def test_all_words_can_be_seen_in_the_source() -> None:
    faults = list(unseen(house(), MAY_TRANSLATE_NAMES))

    assert not faults, "\n".join(faults)


def test_every_language_is_whole() -> None:
    assert {po.parts[-3] for po in catalogues(HOUSE)} == {to_locale(tag) for tag in SPOKEN} - {"en"}
    faults = list(missing_texts(TEXTS, SPOKEN))

    assert not faults, "\n".join(faults)


def test_no_list_of_modules_outlives_the_module() -> None:
    held = {module.name: module.path.read_text(encoding="utf-8") for module in house()}

    assert all(f"{words} = " in held[name] for name, words in MAY_TRANSLATE_NAMES.items())


HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'


def german(entries: str) -> Catalog:
    return read_po(io.StringIO(HEAD + entries), locale="de")


def test_words_that_came_and_words_that_went_are_caught(plant: Plant) -> None:
    plant("one.py", "from django.utils.translation import gettext as _\n_('Films')\n_('Years')\n")
    package = plant("web/templates/one.html", '{{ pgettext("of a film", "Years") }}{{ _("Old") }}')
    plant("web/templates/mail/one.txt", "{% trans %}Code{% endtrans %}")
    known = german(
        'msgid "Films"\nmsgstr "Filme"\n\nmsgid "Years"\nmsgstr "J"\n\nmsgid "Gone"\nmsgstr "Weg"\n'
    )

    faults = sorted(differing(known, words_in(package)))

    assert [fault.partition(":")[0] for fault in faults] == [
        "The catalogue de has 'Gone', which nothing says any more",
        "The catalogue de lacks 'Code'",
        "The catalogue de lacks 'Old'",
        "The catalogue de lacks 'Years'",
    ]
    assert all("run `make messages`" in fault for fault in faults)


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "Films"\nmsgstr ""\n',
        '#, fuzzy\nmsgid "Films"\nmsgstr "Filme"\n',
        'msgid "film"\nmsgid_plural "films"\nmsgstr[0] "Film"\nmsgstr[1] ""\n',
    ],
)
def test_what_is_not_translated_is_caught(entry: str) -> None:
    (fault,) = untranslated(german(entry))

    assert "ilm" in fault


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "by %(author)s"\nmsgstr "von %(autor)s"\n',
        'msgid "by %(author)s"\nmsgstr "von ihr"\n',
        'msgid "by %(author)s"\nmsgstr "von %(author)d"\n',
        'msgid "by %(author)s"\nmsgstr "100 % von %(author)s"\n',
        'msgid "line %d"\nmsgstr "Zeile"\n',
        'msgid "by <bdi>%(name)s</bdi>"\nmsgstr "von <b>%(name)s</b>"\n',
        'msgid " or "\nmsgstr "oder"\n',
        'msgid "one"\nmsgid_plural "%(count)s films"\nmsgstr[0] "einer"\nmsgstr[1] "Filme"\n',
        'msgid "by %(author)s"\nmsgstr "von %(author)s: 100 %"\n',
    ],
)
def test_a_translation_that_does_not_fit_is_caught(entry: str) -> None:
    assert list(ill_fitting(german(entry)))


def test_a_translation_may_change_the_order_and_say_one_in_words() -> None:
    known = german(
        'msgid "%(a)s of <b>%(b)s</b>"\nmsgstr "<b>%(b)s</b>: %(a)s"\n\n'
        'msgid "%(count)s film"\nmsgid_plural "%(count)s films"\nmsgstr[0] "ein Film"\nmsgstr[1] "%(count)s Filme"\n'
    )

    assert not [*ill_fitting(known), *untranslated(known)]


def test_a_catalogue_that_was_not_compiled_is_caught(tmp_path: Path) -> None:
    po = tmp_path / "de" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(HEAD + 'msgid "Films"\nmsgstr "Filme"\n', encoding="utf-8")
    assert "django.mo does not say" in "".join(stale(po))

    po.with_suffix(".mo").write_bytes(compiled(read(po)))
    assert not list(stale(po))

    po.write_text(HEAD + 'msgid "Films"\nmsgstr "Streifen"\n', encoding="utf-8")
    assert "run `make messages`" in "".join(stale(po))


@pytest.mark.parametrize(
    "call", ["_(name)", "_(f'{name} films')", "f'{_(\"films\")}'", "_('a' + name)", "_()"]
)
def test_words_that_cannot_be_seen_in_the_source_are_caught(plant: Plant, call: str) -> None:
    package = plant("one.py", f"from django.utils.translation import gettext as _\nname = {call}\n")

    (fault,) = unseen(modules(package), ())

    assert "one.py:2 asks gettext" in fault


def test_a_text_that_one_language_lacks_is_caught(tmp_path: Path) -> None:
    for file in ("en/about.md", "en/rules.md", "de/about.md"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).touch()

    (fault,) = missing_texts(tmp_path, ("en", "de"))

    assert "de/rules.md is missing" in fault
