"""What a film's page says to other programs: schema.org, with unknown facts left out, never guessed."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from verite.catalogue.queries.film_page import FilmPage, Review
from verite.core.dates import PartialDate
from verite.discussion.queries import Talk
from verite.ratings.score import HIGHEST, LOWEST, Score
from verite.web.ledger import elsewhere
from verite.web.wording import country

# A data block ends at the first "</script"; HTML is not to be seen in it at all.
_HARMLESS = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}

Facts = dict[str, Any]


def movie(film: FilmPage, *, address: str, image: str) -> Facts:
    """A film as schema.org's ``Movie``; ``address`` and ``image`` are absolute."""
    return {"@context": "https://schema.org"} | _known(
        {
            "@type": "Movie",
            "@id": address,
            "url": address,
            "name": film.title,
            "alternateName": [other.title for other in film.titles],
            "image": image,
            "datePublished": str(PartialDate(film.year, film.month, film.day)) if film.year else "",
            "genre": [topic.subject.name for topic in film.topics],
            "director": [
                {"@type": "Person", "name": person.name} for person in film.people.get("director", ())
            ],
            "inLanguage": [tag for tag in film.languages if tag != "zxx"],
            "countryOfOrigin": [{"@type": "Country", "name": country(code)} for code in film.countries],
            "duration": f"PT{film.length_seconds}S" if film.length_seconds else "",
            "sameAs": [page for _, page in elsewhere(film.external_ids, is_series=film.kind == "series")],
            "review": _review(film.review) if film.review else None,
        }
    )


def crowd(score: Score, talk: Talk) -> Facts:
    """What visitors add to the facts of a film: the mean as it is shown, and how many comments there are."""
    facts: Facts = {"commentCount": talk.comment_count}
    if score.mean is not None:
        facts["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": float(score.mean),
            "ratingCount": score.count,
            "bestRating": HIGHEST,
            "worstRating": LOWEST,
        }
    return facts


def data_block(facts: Facts) -> Markup:
    """JSON that can stand in a ``<script type="application/ld+json">``."""
    return Markup(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).translate(_HARMLESS))  # noqa: S704 (see above)


def _review(review: Review) -> Facts:
    return _known(
        {
            "@type": "Review",
            "author": {"@type": "Person", "name": review.author} if review.author else None,
            "datePublished": review.published_at.date().isoformat(),
            "dateModified": review.revised_at.date().isoformat(),
        }
    )


def _known(facts: Facts) -> Facts:
    return {name: value for name, value in facts.items() if value}
