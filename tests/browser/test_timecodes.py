"""A moment that somebody wrote of leads the player there: in the page with the script, by its address without."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Lively
from tests.browser.speaking import Saying, post
from tests.verite_process import verite

FILM = "a-film-of-two-parts"
PAGE = f"/films/{FILM}/"
FILMS = (
    "title,year,part 1 title,part 1 url,part 2 title,part 2 url\n"
    "A film of two parts,2001,One,https://archive.org/details/PreludeToWar,"
    "Two,https://archive.org/details/DivideAndConquer\n"
)


@pytest.fixture(scope="module")
def talked_about(lively: Lively, tmp_path_factory: pytest.TempPathFactory) -> Lively:
    films: Path = tmp_path_factory.mktemp("films") / "films.csv"
    films.write_text(FILMS)
    imported = verite("import", str(films), data=lively.data)
    assert imported.returncode == 0, imported.stderr
    path = f"{PAGE}?part=2&t=99#player"
    assert post(lively.data, [Saying(FILM, f"See 12:34, #2 1:02:03 and [mine](https://a.example{path}).")])[0]
    return lively


def test_a_moment_is_sought_without_leaving_the_page(talked_about: Lively) -> None:
    with talked_about.visit() as visit:
        page = visit.to(PAGE)
        page.evaluate("window.here = true")

        page.get_by_role("link", name="#2 1:02:03").click()

        expect(page.locator("#play")).to_contain_text("Play from 1:02:03, Two")
        expect(page.locator("#player")).to_be_in_viewport()
        expect(page).to_have_url(f"{visit.origin}{PAGE}?part=2&t=3723#player")

        page.get_by_role("link", name="12:34", exact=True).click()
        expect(page.locator("#play")).to_contain_text("Play from 12:34, One")
        page.go_back()
        expect(page.locator("#play")).to_contain_text("Play from 1:02:03, Two")
        assert page.evaluate("window.here"), "the page was loaded anew"


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}discussion/"])
def test_without_script_and_elsewhere_the_moment_is_an_address(talked_about: Lively, path: str) -> None:
    with talked_about.visit(script=path != PAGE) as visit:
        page = visit.to(path)

        page.get_by_role("link", name="#2 1:02:03").click()

        expect(page).to_have_url(f"{visit.origin}{PAGE}?part=2&t=3723#player")
        expect(page.locator("#play")).to_contain_text("Play from 1:02:03, Two")


def test_an_address_of_another_site_is_never_put_into_this_one(talked_about: Lively) -> None:
    with talked_about.visit() as visit:
        page = visit.to(PAGE)
        page.evaluate(
            "addEventListener('click', (e) => { window.taken = e.defaultPrevented; e.preventDefault(); })"
        )

        page.get_by_role("link", name="mine").click()

        assert page.evaluate("window.taken") is False
