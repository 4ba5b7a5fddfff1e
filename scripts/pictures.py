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
COLOURS = 128  # pages are flat: more makes the files larger, not better

# Name, path, width, colour scheme.
PICTURES: list[tuple[str, str, int, Literal["light", "dark"]]] = [
    ("film", "/films/why-we-fight/", WIDE, "light"),
    ("home", "/", WIDE, "light"),
    ("films", "/films/?decade=1940s", WIDE, "dark"),
    ("film", "/films/man-with-a-movie-camera/", NARROW, "light"),
    ("discussion", "/films/why-we-fight/discussion/?sort=best", WIDE, "light"),
    ("discussion", "/films/why-we-fight/discussion/?sort=best", NARROW, "dark"),
]


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
        for name, path, width, scheme in PICTURES:
            with visiting(browser, origin, width=width, scheme=scheme) as visit:
                taken = visit.to(path).screenshot()
            picture = Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            picture.save(FOLDER / f"{name}-{width}-{scheme}.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
