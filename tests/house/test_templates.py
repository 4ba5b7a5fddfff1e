"""Templates: nothing that the content policy would stop, nothing unescaped, no word outside gettext."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.house.source import HOUSE

TEMPLATES = HOUSE / "web" / "templates"
MAILS = HOUSE / "notifications" / "templates"
A_WORD = re.compile(r"[^\W\d_]{2,}")
WORDS_IN_ATTRIBUTES = {
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "placeholder",
    "title",
}
DATA_BLOCKS = {"application/ld+json", "application/json"}  # never executed

# Templates that hold their style themselves → why.
MAY_HOLD_STYLES: dict[str, str] = {"mail/letter.html": "a mail has no style sheet beside it, and no policy"}

# Templates that hand on HTML which was made safe before → who made it safe.
MAY_SAY_SAFE: dict[str, str] = {"_review.html": "core.text, when the review was saved"}

# Words that are the same in every language → what they are.
NOBODY_TRANSLATES: dict[str, str] = {
    "OpenAPI 3.1": "a format",
    "verite import films.csv": "a command",
}


@dataclass(frozen=True)
class Template:
    """One template: its tree, and its text with everything dynamic left out."""

    name: str
    tree: nodes.Template

    @property
    def markup(self) -> str:
        # Text inside {% trans %} is not among it: Jinja2 has turned it into a call of gettext.
        return "".join(data.data for data in self.tree.find_all(nodes.TemplateData))


class Markup(HTMLParser):
    """Reads a template's own markup, noting what a rule may ask about."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inline: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") not in DATA_BLOCKS
        ):
            self.inline.append(f"<{tag}>")
        self._silent = tag if tag in ("script", "style") else ""
        for name, value in given.items():
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self.inline.append(f"{name}={value!r}")
            if name in WORDS_IN_ATTRIBUTES and A_WORD.search(value):
                self.words.append(f"{name}={value!r}")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (the parser calls it so)
        self._silent = ""

    def handle_data(self, data: str) -> None:
        if not self._silent and A_WORD.search(data):
            self.words.append(data.strip())


def read(folder: Path) -> list[Template]:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    return [
        Template(path.relative_to(folder).as_posix(), environment.parse(path.read_text(encoding="utf-8")))
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".html", ".xml", ".txt")
    ]


def inline_code(templates: Iterable[Template], excused: Mapping[str, str]) -> Iterator[str]:
    for template in templates:
        for found in _read(template).inline:
            if found == "<style>" and template.name in excused:
                continue
            yield (
                f"{template.name} has {found}, and the content policy stops inline code and style. Put it into a"
                " module or style sheet under static/, and give it what it needs in a data- attribute."
            )


def unescaped(templates: Iterable[Template], excused: Mapping[str, str]) -> Iterator[str]:
    for template in templates:
        filters = (node.name for node in template.tree.find_all(nodes.Filter))
        switches = template.tree.find_all(nodes.ScopedEvalContextModifier)
        if ("safe" in filters or any(switches)) and template.name not in excused:
            yield (
                f"{template.name} switches escaping off. Let core.text make the HTML and hand it over as Markup,"
                " or put the template on MAY_SAY_SAFE, saying who made it safe."
            )


def untranslated(templates: Iterable[Template], known: Mapping[str, str]) -> Iterator[str]:
    for template in templates:
        for words in _read(template).words:
            if words not in known:
                yield f"{template.name} says {words!r} outside gettext. Write {{{{ _(…) }}}} or {{% trans %}}."


def _read(template: Template) -> Markup:
    markup = Markup()
    markup.feed(template.markup)
    markup.close()
    return markup


def test_templates_have_no_inline_code() -> None:
    faults = list(inline_code(read(TEMPLATES), MAY_HOLD_STYLES))

    assert not faults, "\n".join(faults)


def test_templates_of_mails_have_no_code_and_one_style_sheet_which_they_cannot_fetch() -> None:
    assert [(each.name, found) for each in read(MAILS) for found in _read(each).inline] == [
        ("mail/letter.html", "<style>")
    ]


def test_templates_escape_everything() -> None:
    faults = list(unescaped([*read(TEMPLATES), *read(MAILS)], MAY_SAY_SAFE))

    assert not faults, "\n".join(faults)


def test_templates_say_nothing_outside_gettext() -> None:
    faults = list(untranslated([*read(TEMPLATES), *read(MAILS)], NOBODY_TRANSLATES))

    assert not faults, "\n".join(faults)


def test_no_list_of_templates_outlives_the_template() -> None:
    assert all((TEMPLATES / name).is_file() for name in MAY_SAY_SAFE)


@pytest.mark.parametrize(
    "text",
    [
        "<style>p {}</style>",
        "<p style='color: red'>",
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<button {% if x %}onclick="go()"{% endif %}>',
        '<a href="javascript:go()">',
    ],
)
def test_inline_code_is_caught(tmp_path: Path, text: str) -> None:
    (tmp_path / "film.html").write_text(text)

    (fault,) = inline_code(read(tmp_path), {})

    assert "film.html has" in fault


@pytest.mark.parametrize(
    "text", ["{{ x|safe }}", "{{ x|trim|safe|upper }}", "{% autoescape false %}{% endautoescape %}"]
)
def test_switching_escaping_off_is_caught(tmp_path: Path, text: str) -> None:
    (tmp_path / "film.html").write_text(text)

    (fault,) = unescaped(read(tmp_path), {})

    assert "film.html switches escaping off" in fault


@pytest.mark.parametrize(
    "text",
    [
        "<p>Play</p>",
        "<p>{{ count }} films</p>",
        '<img alt="A poster">',
        '<input {% if x %}placeholder="Film"{% endif %}>',
        "{% if x %}<b>{{ y }}</b>{% else %}none{% endif %}",
        "{% trans %}Play{% endtrans %} now",
    ],
)
def test_words_outside_gettext_are_caught(tmp_path: Path, text: str) -> None:
    (tmp_path / "film.html").write_text(text)

    (fault,) = untranslated(read(tmp_path), {})

    assert "film.html says" in fault


def test_markup_that_says_nothing_itself_is_free(tmp_path: Path) -> None:
    (tmp_path / "film.html").write_text(
        """{% extends "base.html" %}{% block title %}{{ _("Films") }} · {{ site }}{% endblock %}
        <p class="slate" data-kind="film">{% trans %}{{ n }} films{% endtrans %} × 2 h</p>
        <img alt="{{ _("A poster") }}"><meta name="color-scheme" content="light dark">
        <script src="{{ asset("js/player.js") }}" type="module"></script>
        <script type="application/ld+json">{"name": {{ name }}}</script>"""
    )
    templates = read(tmp_path)

    assert not [*inline_code(templates, {}), *unescaped(templates, {}), *untranslated(templates, {})]
