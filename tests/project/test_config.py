"""Settings: read from two places, refused with words that help."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.verite_process import verite
from verite.project.config import BadConfig, read_config, secret_key


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("VERITE_DATABASE_URL", "VERITE_SITE_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VERITE_DATA", str(tmp_path))
    return tmp_path


def write_settings(folder: Path, text: str) -> None:
    (folder / "verite.toml").write_text(text, encoding="utf-8")


def test_a_file_in_the_data_folder_sets_the_site_up(folder: Path) -> None:
    write_settings(folder, 'site_name = "Films of the valley"\nallowed_hosts = ["films.example"]\n')
    config = read_config()
    assert config.site_name == "Films of the valley"
    assert config.allowed_hosts == ("films.example",)


def test_the_environment_wins_over_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_settings(folder, 'site_name = "From the file"\n')
    monkeypatch.setenv("VERITE_SITE_NAME", "From the environment")
    assert read_config().site_name == "From the environment"


def test_what_is_empty_in_the_environment_is_not_set(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_settings(folder, "page_cache_mb = 5\n")
    monkeypatch.setenv("VERITE_PAGE_CACHE_MB", "")
    assert read_config().page_cache_mb == 5
    monkeypatch.setenv("VERITE_DATA", "")
    assert read_config().data == Path("verite-data").absolute()


def test_lists_in_the_environment_are_separated_by_commas(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERITE_ALLOWED_HOSTS", "films.example, www.films.example,")
    assert read_config().allowed_hosts == ("films.example", "www.films.example")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("site_nmae = 'x'", "site_nmae"),
        ("page_cache_mb = 0", "VERITE_PAGE_CACHE_MB"),
        ("site_url = 'films.example'", "https://"),
        ("site_url = 'https://films.example/cinema'", "https://films.example"),
        ("site_url = 'https://'", "https://films.example"),
        ("time_zone = 'Mars/Phobos'", "Europe/Berlin"),
        ("time_zone = 'Europe'", "Europe/Berlin"),
        ("trusted_proxies = ['127.0.0.1', 'nginx']", "nginx"),
        ("language = 'tlh'", "one of: en, de"),
        ("database_url = 'mysql://x/y'", "postgresql://"),
        ("database_url = 'postgresql://films:secret@db'", "name of the database"),
        ("database_url = 'postgresql://[db/films'", "IPv6"),
        ("site_name = ", "verite.toml cannot be read"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_remedy(folder: Path, text: str, says: str) -> None:
    write_settings(folder, text)
    with pytest.raises(BadConfig, match=says):
        read_config()


def test_the_operator_reads_one_line_and_no_traceback(tmp_path: Path) -> None:
    write_settings(tmp_path, "site_nmae = 'x'")
    answer = verite("migrate", data=tmp_path)
    assert answer.returncode == 1
    assert answer.stderr.startswith("verite: Setting 'site_nmae'")
    assert "Traceback" not in answer.stderr


def test_the_secret_key_is_made_once_and_is_nobody_elses_to_read(tmp_path: Path) -> None:
    data = tmp_path / "site"
    first = secret_key(data)
    assert len(first) >= 50
    assert secret_key(data) == first
    assert stat.S_IMODE((data / "secret-key").stat().st_mode) == 0o600
    assert sorted(file.name for file in data.iterdir()) == ["secret-key"]


def test_an_empty_setting_in_the_environment_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERITE_SITE_NAME", "")
    assert read_config().site_name == "Vérité"
    monkeypatch.setenv("VERITE_DATA", "")
    assert read_config().data.name == "verite-data"


def test_an_empty_secret_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    with pytest.raises(BadConfig, match="is empty"):
        secret_key(tmp_path)
