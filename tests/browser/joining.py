"""Becoming a member, from whichever page one is on."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.accounts.mails import code_in_newest_mail


def become_a_member(page: Page, data: Path, name: str, address: str) -> None:
    """Fill in the forms, and the code from the mail, as far as the click that leads back.

    Args:
        data: the site's data folder, where its mails lie.
    """
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="Become a member").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Become a member").click()
    code = page.get_by_label("Code from the mail")
    expect(code).to_be_visible()  # by then the mail is sent
    code.fill(code_in_newest_mail(data, address))
    page.get_by_role("button", name="That is the code").click()
