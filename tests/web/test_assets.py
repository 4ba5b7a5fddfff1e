"""Style sheets, scripts and fonts: named after their content, whole, small."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.test import Client

from verite.web import assets
from verite.web.assets import NoSuchAsset, asset

pytestmark = pytest.mark.urls("verite.web.urls")

KB = 1000


def served(name: str) -> str:
    answer = Client().get(asset(name))
    assert answer.status_code == 200
    return answer.content.decode()


def size(name: str) -> int:
    return len(Client().get(asset(name)).content)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files instead of the site's own."""
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    monkeypatch.setattr(assets, "assets", assets.assets.__wrapped__)
    for name in ("_named", "_names"):
        monkeypatch.setattr(assets, name, getattr(assets, name).__wrapped__)
    return tmp_path


def test_an_address_changes_with_what_the_file_refers_to(folder: Path) -> None:
    (folder / "page.css").write_text("@font-face{src:url(face.woff2)}")
    (folder / "face.woff2").write_bytes(b"one")
    before = asset("page.css")

    (folder / "face.woff2").write_bytes(b"two")

    assert asset("page.css") != before
    assert f"url({asset('face.woff2').removeprefix('/static/')})" in served("page.css")


def test_modules_import_each_other_under_their_present_names(folder: Path) -> None:
    (folder / "js").mkdir()
    (folder / "js/page.js").write_text(
        'import {a} from "./a.js"; const b = await import("./b.js"); "./c.js";'
    )
    (folder / "js/a.js").write_text("export const a = 1;")
    (folder / "js/b.js").write_text("export const b = 1;")

    text = served("js/page.js")

    assert f'from"{asset("js/a.js")}"' in text
    assert f'import("{asset("js/b.js")}")' in text
    assert '"./c.js"' in text


def test_a_reference_to_nothing_is_an_error(folder: Path) -> None:
    (folder / "page.css").write_text("body{background:url(missing.svg)}")

    with pytest.raises(NoSuchAsset, match=r"missing\.svg"):
        asset("page.css")


@pytest.mark.parametrize("name", ["nothing.css", "../urls.py", "fonts", ""])
def test_a_name_outside_the_folder_is_an_error(name: str) -> None:
    with pytest.raises(NoSuchAsset):
        asset(name)


def test_every_file_of_the_site_is_served_under_its_address() -> None:
    addresses = {asset(file.relative_to(assets.FOLDER).as_posix()) for file in assets.FOLDER.rglob("*.*")}

    assert addresses == set(assets.assets())
    for address in addresses:
        answer = Client().get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Type"] != "application/octet-stream"


@pytest.mark.parametrize(
    ("accepted", "unpacked"), [("br, gzip", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)]
)
def test_text_is_sent_in_the_smallest_coding_that_the_browser_takes(accepted: str, unpacked: object) -> None:
    assert callable(unpacked)
    plain = Client().get(asset("verite.css"))

    answer = Client().get(asset("verite.css"), headers={"Accept-Encoding": accepted})

    assert unpacked(answer.content) == plain.content
    assert answer.headers.get("Content-Encoding", "") == accepted.split(",", maxsplit=1)[0]
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_name_of_an_earlier_release_leads_to_the_present_file() -> None:
    answer = Client().get("/static/js/film.0123456789.js")

    assert answer.status_code == 302
    assert answer.headers["Location"] == asset("js/film.js")
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["nothing.css", "nothing.0123456789.css", "../urls.py", "%2e%2e/urls.0123456789.py", "%00", "."]
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert Client().get(f"/static/{path}").status_code == 404


@pytest.mark.parametrize("name", [__file__, "/etc/passwd", "a" * 300])
def test_a_file_elsewhere_on_the_disk_is_neither_read_nor_told_of(name: str) -> None:
    assert Client().get(f"/static/{name}").status_code == 404


def test_first_view_stays_in_its_budget() -> None:
    style = served("verite.css")
    of_every_page = re.findall(r"url\((fonts/(?:(?!-ext)[^)])*)\)", style)

    assert len(style.encode()) <= 20 * KB
    assert 0 < sum(len(Client().get(f"/static/{address}").content) for address in of_every_page) <= 125 * KB
    assert compressed("scheme", "film", "player") <= 12 * KB
    assert compressed(*scripts_of_a_first_view()) <= 25_000


def scripts_of_a_first_view() -> set[str]:
    """All but those that others ask for when somebody needs them."""
    scripts = {path.stem: path.read_text() for path in (assets.FOLDER / "js").glob("*.js")}
    of_other_pages = {"leaving"}
    return (
        scripts.keys()
        - of_other_pages
        - {later for text in scripts.values() for later in re.findall(r'import\("\./(\w+)\.js"\)', text)}
    )


def compressed(*scripts: str) -> int:
    return sum(len(gzip.compress(served(f"js/{name}.js").encode())) for name in scripts)


@pytest.mark.parametrize(
    ("name", "written", "sent"),
    [
        (
            "page.js",
            '// why\nlet a = 1; // so\n  // what\nlet b = "https://c.example//";\n',
            'let a=1;let b="https://c.example//";',
        ),
        (
            "page.js",
            "let a = `//  b  ${c}\n  d`, e = /\\/\\/ +/;\n",
            "let a=`//  b  ${c}\n  d`,e=/\\/\\/ +/;",
        ),
        ("lent.min.js", "let a = 1; // so\n", "let a = 1; // so\n"),
        (
            "page.css",
            '/* why,\n   and what */\na{\n b:c;\n d:e f\n} /* so */\n/* once */ g :is(h,\ni){j:"k  l"}\n',
            'a{b:c;d:e f} /* so */\n/* once */ g :is(h,i){j:"k  l"}',
        ),
    ],
)
def test_what_only_people_read_is_not_sent_and_all_else_is(
    folder: Path, name: str, written: str, sent: str
) -> None:
    (folder / name).write_text(written)

    assert served(name).rstrip("\n") == sent.rstrip("\n")


LITERAL = re.compile(r"""`[^`]*`|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""")
OWN_SCRIPTS = sorted({*(assets.FOLDER / "js").glob("*.js")} - {*(assets.FOLDER / "js").glob("*.min.js")})


# What makes scripts smaller does not know templates within templates, and a pattern not after every sign.
@pytest.mark.parametrize("script", OWN_SCRIPTS, ids=lambda script: script.name)
def test_a_script_loses_comments_and_white_space_between_words_and_nothing_else(script: Path) -> None:
    written = re.sub(r"^\s*//.*|(?<=[;,{] )// .*", "", script.read_text(), flags=re.MULTILINE)
    sent = re.sub(r"/static/(js/)?([\w-]+)\.[0-9a-f]{10}\.js", r"./\2.js", served(f"js/{script.name}"))

    assert "".join(sent.split()) == "".join(written.split())
    assert LITERAL.findall(sent) == LITERAL.findall(written)


def test_style_sheets_use_logical_directions_only() -> None:
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right|top|bottom)|[^-](?:left|right):|float:|text-align:(?:left|right)"
    )

    for name in ("verite.css", "pages.css"):
        assert not physical.findall(served(name)), name
