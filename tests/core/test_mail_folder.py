"""Mail on a site that sends none: nothing is lost, nothing slips into the headers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from pathlib import Path

import pytest
from django.core.mail import BadHeaderError, EmailMessage, get_connection

from verite.core import clock

BACKEND = "verite.core.mail.ConsoleAndFolderBackend"


def send(message: EmailMessage, **options: bool) -> int:
    return get_connection(BACKEND, **options).send_messages([message])


def message(**parts: object) -> EmailMessage:
    usual = {"subject": "An answer", "body": "Somebody answered.", "from_email": "site@films.example"}
    return EmailMessage(**({**usual, "to": ["ada@example.org"]} | parts))  # type: ignore[arg-type]


def messages_in(folder: Path) -> list[Parsed]:
    return [
        message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in sorted((folder / "mail").iterdir())
        if file.suffix == ".eml"
    ]


def test_a_message_lies_whole_in_the_folder_and_a_line_on_the_console_says_where(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = send(
        message(subject="Ærø & 千", body="Grüße\n.\nFrom here", headers={"List-Unsubscribe": "<https://x>"})
    )

    [found] = messages_in(data_folder)
    [file] = (data_folder / "mail").iterdir()
    assert sent == 1
    assert (found["Subject"], found["To"], found["List-Unsubscribe"]) == (
        "Ærø & 千",
        "ada@example.org",
        "<https://x>",
    )
    assert found.get_content().strip() == "Grüße\n.\nFrom here"
    assert capsys.readouterr().out == f"Mail to ada@example.org: Ærø & 千 ({file})\n"


def test_hundreds_of_messages_at_once_are_hundreds_of_files(data_folder: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        sent = list(threads.map(lambda number: send(message(subject=f"Answer {number}")), range(200)))

    assert sum(sent) == 200
    assert {found["Subject"] for found in messages_in(data_folder)} == {f"Answer {n}" for n in range(200)}
    assert all(file.suffix == ".eml" for file in (data_folder / "mail").iterdir())


def test_messages_of_one_moment_do_not_replace_each_other(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 1, 12, tzinfo=UTC))

    send(message(subject="One"))
    send(message(subject="Other"))

    assert {found["Subject"] for found in messages_in(data_folder)} == {"One", "Other"}


@pytest.mark.parametrize(
    "parts",
    [
        {"subject": "Hello\nBcc: everybody@example.org"},
        {"subject": "Hello\r\n\r\nAnother body"},
        {"to": ["ada@example.org\nBcc: everybody@example.org"]},
        {"from_email": "site@films.example\r\nBcc: everybody@example.org"},
        {"reply_to": ["a@example.org\nBcc: everybody@example.org"]},
        {"headers": {"X-Film": "Shoah\nBcc: everybody@example.org"}},
    ],
)
def test_a_line_break_in_a_header_is_refused_and_nothing_is_written(
    data_folder: Path, parts: dict[str, object]
) -> None:
    with pytest.raises((BadHeaderError, ValueError), match=r"newline|line break|Invalid"):
        send(message(**parts))

    assert not (data_folder / "mail").exists()


def test_a_message_id_names_no_file_elsewhere(data_folder: Path) -> None:
    send(message(headers={"Message-ID": "<../../../evil@films.example>"}))

    [found] = messages_in(data_folder)
    assert found["Message-ID"] == "<../../../evil@films.example>"
    assert [path.name for path in data_folder.iterdir()] == ["mail"]


def test_a_subject_cannot_steer_the_terminal(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    send(message(subject="\x1b[2Jgone\u202e"))

    assert "\x1b" not in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_is_an_error_unless_silence_is_asked_for(data_folder: Path) -> None:
    (data_folder / "mail").write_text("a file where the folder should be")

    with pytest.raises(OSError, match="mail"):
        send(message())
    assert send(message(), fail_silently=True) == 0
