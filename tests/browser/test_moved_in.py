"""Old addresses of sites that moved in, as a browser follows them: from a bookmark, from another site, from a mail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visit import Visit, visiting
from tests.transfer.wordpress.exports import FIXTURE, comment, post, site
from tests.verite_process import migrated, serving, verite

# More than a film's page shows, and under numbers that the site that moved in first has taken.
NUMBERS = range(10316, 10346)


@pytest.fixture(scope="module")
def moved_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site is that two sites of WordPress have moved into."""
    data = migrated(tmp_path_factory.mktemp("moved"))
    second = data / "second.xml"
    said = [comment(number, f"Said as number {number}.") for number in NUMBERS]
    rain = post(1, "Rain", "https://archive.org/details/rain", *said, link="https://second.example/rain/")
    second.write_text(site(rain, address="https://second.example"), encoding="utf-8")
    for export in (FIXTURE, second):
        imported = verite("import", str(export), data=data)
        assert imported.returncode == 0, imported.stderr
    with serving(data) as served:
        yield served.origin


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def visit(request: pytest.FixtureRequest, browser: Browser, moved_in: str) -> Iterator[Visit]:
    with visiting(browser, moved_in, script=request.param) as somebody:
        yield somebody


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        ("/nanook-of-the-north/", "/films/nanook-of-the-north/", "Nanook of the North"),
        ("/?p=11256", "/films/nanook-of-the-north/", "Nanook of the North"),
        ("/nanook-of-the-north/comment-page-3/", "/films/nanook-of-the-north/", "Nanook of the North"),
        ("/category/society-at-work/land-farming/", "/subjects/land-farming/", "Land & farming"),
        ("/tag/dust-bowl/", "/subjects/dust-bowl/", "dust bowl"),
        ("/category/1922/", "/years/1922/", "1922"),
        ("/author/curator.anna/", "/members/curator-a/", "Curator A"),
        ("/page/7/", "/films/", "6 films"),
    ],
)
def test_an_old_address_shows_what_stood_there(visit: Visit, old: str, new: str, title: str) -> None:
    page = visit.to(old)

    visit.at(new)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert not visit.scrolls_sideways()


@pytest.mark.parametrize(
    ("old", "tells_of"),
    [
        ("/feed/", "The Plow That Broke the Plains"),
        ("/?feed=rss2", "The Plow That Broke the Plains"),
        ("/category/land-farming/feed/", "The Plow That Broke the Plains"),
        ("/nanook-of-the-north/feed/", "How much of it was staged?"),
        ("/comments/feed/", "Said as number"),
    ],
)
def test_an_old_feed_is_still_one(browser: Browser, moved_in: str, old: str, tells_of: str) -> None:
    with visiting(browser, moved_in) as visit:
        answer = visit.page.request.get(moved_in + old)

        assert answer.headers["content-type"].startswith("application/atom+xml")
        assert tells_of in answer.text()


@pytest.mark.parametrize(
    "old", ["/nanook-of-the-north/", "/nanook-of-the-north/comment-page-2/", "/?p=11256"]
)
def test_an_old_link_to_a_comment_leads_to_it_on_its_films_page(visit: Visit, old: str) -> None:
    page = visit.to(f"{old}#comment-10327")

    visit.at("/films/nanook-of-the-north/#comment-10327")
    expect(page.locator("#comment-10327")).to_be_in_viewport()


@pytest.mark.parametrize("number", [NUMBERS[0], NUMBERS[-1]])
def test_an_old_link_leads_to_its_comment_though_another_has_its_number_here(
    browser: Browser, moved_in: str, number: int
) -> None:
    with visiting(browser, moved_in) as visit:
        page = visit.to(f"/rain/#comment-{number}")

        page.wait_for_url("**/comments/*/")
        expect(page.locator(".c").first).to_contain_text(f"Said as number {number}.")


def test_without_script_it_leads_to_the_film_from_where_all_comments_are_one_click_away(
    browser: Browser, moved_in: str
) -> None:
    with visiting(browser, moved_in, script=False) as visit:
        page = visit.to(f"/rain/#comment-{NUMBERS[0]}")

        visit.at(f"/films/rain/#comment-{NUMBERS[0]}")
        page.get_by_role("link", name="View all comments (30)").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Rain")
