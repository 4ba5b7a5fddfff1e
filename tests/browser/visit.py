"""One visitor in a real browser, who notices everything that must never happen on a page of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from axe_playwright_python.base import AxeResults  # type: ignore[import-untyped]
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Response, Route, expect

WIDE, NARROW, NARROWEST = 1280, 390, 320
HEIGHT = 800
PATIENCE_MS = 60_000  # a busy machine is no failure

# WCAG 2.2 AA, and what its makers call best practice.
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {
    "runOnly": {"type": "tag", "values": STANDARDS},
    "rules": {"target-size": {"enabled": True}},  # part of 2.2 AA, and off unless asked for
    "resultTypes": ["violations"],
}


@dataclass
class Visit:
    """A page in the browser.

    Attributes:
        asked: requests to other hosts, none of which leaves this machine.
        welcome: hosts that may be asked from now on, because the visitor pressed play.
        refusals: statuses with which the site may refuse from now on, because the visitor provokes it.
        faults: what went wrong so far.
    """

    page: Page
    origin: str
    asked: list[str] = field(default_factory=list)
    welcome: set[str] = field(default_factory=set)
    refusals: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def to(self, path: str, *, status: int = 200) -> Page:
        """Open a page of the site, and wait until it has loaded whole."""
        response = self.page.goto(self.origin + path, wait_until="load")
        assert response is not None
        assert response.status == status, f"{path} answered {response.status}"
        return self.page

    def at(self, path: str) -> Page:
        """Wait until a click or a key has led to another page of the site, and that has loaded whole.

        A click returns while the page that was left can still be read: what stands on the next one is
        looked at only after this, or by an expectation that waits.
        """
        self.page.wait_for_url(lambda url: unquote(url) == self.origin + path)
        return self.page

    def look(self, *, width: int, scheme: Literal["light", "dark"] = "light") -> None:
        """See the same page in a window of another width, with the system set to another scheme."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.emulate_media(color_scheme=scheme)

    def accessibility_faults(self) -> str:
        """What axe-core finds against WCAG 2.2 AA, as a report; empty where it finds nothing."""
        self.page.wait_for_load_state()  # of half a page it would say that the rest is missing
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Axe().axe_script)
        found = AxeResults(self.page.evaluate("options => axe.run(options)", AXE))
        return found.generate_report() if found.violations_count else ""

    def scrolls_sideways(self) -> bool:
        wide: bool = self.page.evaluate(
            "document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"
        )
        return wide

    def tab_to(self, selector: str, *, most: int = 60) -> None:
        """Press Tab until an element that matches has the focus, and can be seen to have it."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(f"{selector} was not reached with {most} presses of Tab")

    def hears(self, words: str) -> None:
        """Wait until something is said to those who do not see what happens."""
        expect(self.page.locator("body > [role=status]")).to_have_text(words)

    def focused(self) -> str:
        """The id of the element that has the focus, and is in sight."""
        seen: str = self.page.evaluate(
            """() => {
                const { top, bottom } = document.activeElement.getBoundingClientRect();
                const is_seen = bottom > 0 && top < innerHeight;
                return is_seen ? document.activeElement.id : `${document.activeElement.id}, out of sight`;
            }"""
        )
        return seen

    def watch(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"a script failed: {error}"))
        self.page.on("response", self._answered)
        self.page.on("dialog", self._interrupted)
        self.page.context.route(lambda url: not url.startswith(f"{self.origin}/"), self._asked_elsewhere)

    def _heard(self, message: ConsoleMessage) -> None:
        # The browser says of every answer that is not 2xx that it "failed to load"; _answered judges those.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.faults.append(f"the console says ({message.type}): {message.text}")

    def _interrupted(self, dialog: Dialog) -> None:
        # Leaving a page with unsaved words would ask too; no page of ours does.
        self.faults.append(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    def _answered(self, response: Response) -> None:
        if response.status in self.refusals:
            return
        is_the_page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not is_the_page):
            self.faults.append(f"{response.url} answered {response.status}")

    def _asked_elsewhere(self, route: Route) -> None:
        address = route.request.url
        self.asked.append(address)
        if urlsplit(address).hostname not in self.welcome:
            self.faults.append(f"another host was asked before any click: {address}")
        route.fulfill(content_type="text/html", body="<!doctype html><title>player</title>")


@contextmanager
def visiting(
    browser: Browser,
    origin: str,
    *,
    width: int = WIDE,
    scheme: Literal["light", "dark"] = "light",
    script: bool = True,
    locale: str = "en-GB",
    **more: Any,
) -> Iterator[Visit]:
    """A visitor for the length of a ``with`` block; whatever went wrong meanwhile fails the test."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme=scheme,
        java_script_enabled=script,
        locale=locale,
        reduced_motion="reduce",
        **more,
    )
    context.set_default_timeout(PATIENCE_MS)
    visit = Visit(context.new_page(), origin)
    visit.watch()
    try:
        yield visit
    finally:
        context.close()
    assert not visit.faults, "\n".join(visit.faults)
