"""The visitor who notices everything does notice it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.visit import visiting

INLINE_STYLE = "document.body.setAttribute('style', 'color: red')"
STRANGER = """new Promise(end => {
    const picture = new Image(); picture.onerror = end; picture.src = 'https://a.example/1' })"""
SLIP = "console.error('a slip of ours')"
BROKEN_ADDRESS = "import('/static/none.js').catch(() => null)"
PLAY = """new Promise(end => {
    document.getElementById('play').click(); document.querySelector('#player iframe').onload = end })"""


@pytest.mark.parametrize(
    ("script", "noticed"),
    [
        (INLINE_STYLE, "violates the following Content Security Policy"),
        (STRANGER, "https://a.example/1"),
        ("alert('look')", "a dialog opened: look"),
        (SLIP, "a slip of ours"),
        (BROKEN_ADDRESS, "/static/none.js answered 404"),
        (PLAY, "another host was asked before any click: https://archive.org/"),
    ],
)
def test_what_must_not_happen_fails_the_visit(
    browser: Browser, origin: str, script: str, noticed: str
) -> None:
    assert noticed in complaint(browser, origin, script)


def test_an_honest_visit_has_nothing_to_complain_about(browser: Browser, origin: str) -> None:
    assert complaint(browser, origin, "document.title") == ""


def complaint(browser: Browser, origin: str, script: str) -> str:
    try:
        with visiting(browser, origin) as visit:
            visit.to("/films/why-we-fight/").evaluate(script)
    except AssertionError as error:
        return str(error)
    return ""
