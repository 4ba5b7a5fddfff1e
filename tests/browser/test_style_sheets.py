"""A browser reads the style sheets that are sent as it would read those that were written."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from verite.web.assets import FOLDER, assets

# Comments and the names of fonts aside, which differ.
RULES = """text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return [...sheet.cssRules].map(rule => rule.cssText.replaceAll(/url\\([^)]*\\)/g, "url()"));
}"""
SHEETS = sorted(FOLDER.glob("*.css"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_nothing_that_a_style_sheet_says_is_lost_on_its_way(browser: Browser, sheet: Path) -> None:
    (sent,) = (found for address, found in assets().items() if address.startswith(f"/static/{sheet.stem}."))
    page = browser.new_page()
    rules = page.evaluate(RULES, sheet.read_text())

    assert len(sent.codings[""]) < sheet.stat().st_size
    assert rules
    assert page.evaluate(RULES, sent.codings[""].decode()) == rules
    page.close()
