"""What is sent in another charset than our pages have, or says so."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.accounts.people import OURS

SENT = b"--x\r\nContent-Disposition: form-data; name=login\r\n\r\n+2AA- \\ud800 \xff\r\n--x--\r\n"

# Some make half a character of what is sent, some make no text of it at all.
ODD = ["utf-7", "unicode_escape", "raw_unicode_escape", "zip", "idna", "undefined", "latin-1"]


@pytest.mark.parametrize("charset", ODD)
@pytest.mark.parametrize("headers", [OURS, {}], ids=["ours", "to be confirmed"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_not_utf_8_is_not_understood(method: str, headers: dict[str, str], charset: str) -> None:
    form = f"multipart/form-data; boundary=x; charset={charset}"

    answer = Client(headers=headers).generic(method, "/accounts/login/", SENT, content_type=form)

    assert answer.status_code == 400
    assert "Go back, reload the page" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("charset", ["", "; charset=UTF-8", "; charset=utf8", "; charset=no-such-thing"])
@pytest.mark.parametrize(("headers", "status"), [(OURS, 200), ({}, 403)], ids=["ours", "to be confirmed"])
def test_damaged_utf_8_is_shown_as_far_as_it_can_be(
    headers: dict[str, str], status: int, charset: str
) -> None:
    form = f"multipart/form-data; boundary=x{charset}"

    answer = Client(headers=headers).generic("POST", "/accounts/login/", SENT, content_type=form)

    assert answer.status_code == status
    assert "+2AA- \\ud800 \ufffd" in answer.content.decode()
