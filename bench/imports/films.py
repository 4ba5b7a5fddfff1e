"""A catalogue of made-up films as CSV, the same at every run."""

from __future__ import annotations

import csv
import random
from pathlib import Path

FIRST = (
    "Ada",
    "Bo",
    "Chi",
    "Dina",
    "Emre",
    "Femi",
    "Grete",
    "Hana",
    "Ivo",
    "Jun",
    "Kofi",
    "Lena",
    "Musa",
    "Nils",
)
LAST = (
    "Abe",
    "Berg",
    "Costa",
    "Diaz",
    "Eide",
    "Fofana",
    "Grant",
    "Holm",
    "Ito",
    "Kaya",
    "Lund",
    "Mbeki",
    "Novak",
)
THINGS = (
    "River",
    "Harbour",
    "Mountain",
    "Archive",
    "Machine",
    "Garden",
    "Border",
    "Choir",
    "Winter",
    "Market",
)
QUALITIES = ("Silent", "Distant", "Broken", "Patient", "Burning", "Hidden", "Last", "Open", "Salt", "Paper")
SUBJECTS = [f"{quality} {thing.lower()}s" for quality in QUALITIES[:6] for thing in THINGS]
COUNTRIES = (
    "United States",
    "France",
    "Japan",
    "Nigeria",
    "Brazil",
    "Germany",
    "India",
    "Norway",
    "South Korea",
)
LANGUAGES = (
    "English",
    "French",
    "Japanese",
    "Portuguese",
    "German",
    "Hindi",
    "Norwegian",
    "Spanish",
    "Korean",
)
WORDS = (
    "the",
    "film",
    "follows",
    "people",
    "who",
    "keep",
    "a",
    "promise",
    "while",
    "water",
    "rises",
    "and",
    "waits",
)

HEADER = (
    "title", "year", "kind", "directors", "producers", "countries", "languages", "topics", "duration", "imdb_id",
    "url", "tagline", "synopsis",
)  # fmt: skip


def write_films(path: Path, count: int) -> None:
    """Write ``count`` films with about a dozen facts each; a fifth of the people and all subjects come again."""
    chance = random.Random(20261122)
    people = [
        f"{chance.choice(FIRST)} {chance.choice(LAST)} {number}" for number in range(max(count // 5, 1))
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADER)
        for number in range(count):
            rows.writerow(
                (
                    f"The {chance.choice(QUALITIES)} {chance.choice(THINGS)} {number}",
                    chance.randint(1920, 2025),
                    chance.choice(("film", "film", "film", "short", "series")),
                    "; ".join(chance.sample(people, min(len(people), chance.randint(1, 2)))),
                    chance.choice(people),
                    chance.choice(COUNTRIES),
                    chance.choice(LANGUAGES),
                    "; ".join(chance.sample(SUBJECTS, 2)),
                    f"{chance.randint(20, 180)} min",
                    f"tt{9_000_000 + number}",
                    f"https://archive.org/details/bench-film-{number}",
                    " ".join(chance.choices(WORDS, k=8)),
                    " ".join(chance.choices(WORDS, k=60)),
                )
            )
