"""Mails of a site that sends none, as they lie in its folder."""

from __future__ import annotations

import re
from pathlib import Path


def code_in_newest_mail(data: Path, to: str = "") -> str:
    """The code that was sent last, read from the mail folder; to one address, where others get mail as well."""
    mails = [file.read_text(encoding="utf-8") for file in sorted((data / "mail").glob("*.eml"))]
    text = [mail for mail in mails if not to or f"\nTo: {to}\n" in mail][-1]
    found = re.search(r"^    (\S+)$", text, re.MULTILINE)
    assert found, text
    return found[1]
