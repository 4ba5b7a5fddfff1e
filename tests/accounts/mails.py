"""Mails of a site that sends none, as they lie in its folder."""

from __future__ import annotations

import re
from pathlib import Path


def code_in_newest_mail(data: Path) -> str:
    """The code that was sent last, read from the mail folder."""
    text = max((data / "mail").glob("*.eml")).read_text(encoding="utf-8")
    found = re.search(r"^    (\S+)$", text, re.MULTILINE)
    assert found, text
    return found[1]
