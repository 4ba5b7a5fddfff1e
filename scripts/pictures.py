"""Takes the README's pictures: real pages of the sample site, in the system's Chromium.

Run it as ``make pictures``; it writes docs/pictures/.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Literal

from PIL import Image

from tests.browser.chromium import find_chromium, running_chromium
from tests.browser.running import running_demo
from tests.browser.visit import NARROW, WIDE, visiting

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
QUALITY = 82

# Name → path, width, colour scheme.
PICTURES: dict[str, tuple[str, int, Literal["light", "dark"]]] = {
    "home": ("/", WIDE, "light"),
    "film": ("/films/why-we-fight/", WIDE, "light"),
    "browse-dark": ("/films/?decade=1940s", WIDE, "dark"),
    "film-phone": ("/films/man-with-a-movie-camera/", NARROW, "dark"),
}


def main() -> int:
    program = find_chromium()
    if program is None:
        print("Chromium is missing: apt-get install chromium", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        running_demo(Path(data)) as origin,
        running_chromium(program) as browser,
    ):
        for name, (path, width, scheme) in PICTURES.items():
            with visiting(browser, origin, width=width, scheme=scheme) as visit:
                taken = visit.to(path).screenshot()
            Image.open(io.BytesIO(taken)).save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)
    return 0


if __name__ == "__main__":
    sys.exit(main())
