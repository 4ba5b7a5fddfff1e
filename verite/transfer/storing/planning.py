"""What would be stored beside films, found out without storing it."""

from __future__ import annotations

from collections.abc import Sequence

from verite.catalogue.models import Review
from verite.discussion.words import taken_over
from verite.transfer.formats import Entry
from verite.transfer.models import ImportedSite

from .batch import Done, Kept, another_review, review_texts, without_secrets
from .comments import known_comments, remarks_on
from .ratings import NOTHING, known_ratings, latest_of_each, older, too_many, weighed
from .threads import untangled
from .voters import known_voters

NO_SITE = 0


def plan_belongings(entries: Sequence[Entry], done: Done, *, said_wins: bool) -> None:
    """Count what would come with these films, and name what would not."""
    films = [entry for entry in entries if entry.facts is not None]
    kept = [
        (answer.film_id or 0, answer, entry, entry.belongings)
        for entry, answer in zip(films, done.stored, strict=True)
        if not answer.refusal and entry.belongings is not None
    ]
    kept = without_secrets(kept, done)
    sites = {belongings.site for *_film, belongings in kept}
    ids = dict(ImportedSite.objects.filter(address__in=sites).values_list("address", "id"))
    _plan_reviews(kept, done, said_wins=said_wins)
    for site in sites:
        of_site = [one for one in kept if one[3].site == site]
        _plan_ratings(ids.get(site, NO_SITE), of_site, done, said_wins=said_wins)
        _plan_comments(ids.get(site, NO_SITE), of_site, done)
    done.count("subscriptions", sum(len(set(belongings.subscriptions)) for *_film, belongings in kept))


def _plan_reviews(kept: Sequence[Kept], done: Done, *, said_wins: bool) -> None:
    texts, remarks = review_texts([entry for _film, _answer, entry, _belongings in kept])
    done.remarks += remarks
    films = [film_id for film_id, *_rest in kept]
    present = dict(Review.objects.filter(film__in=films).values_list("film_id", "markdown"))
    for film_id, _answer, entry, belongings in kept:
        text = texts.get(belongings.review.markdown) if belongings.review else None
        if belongings.review is None or text is None or present.get(film_id) == text.markdown:
            continue
        if film_id in present and not said_wins:
            done.remarks.append((entry.line, another_review(belongings.review)))
        else:
            done.count("reviews")


def _plan_ratings(site_id: int, kept: Sequence[Kept], done: Done, *, said_wins: bool) -> None:
    known = known_ratings(site_id, [film_id for film_id, *_rest in kept])
    single = [latest_of_each(belongings.ratings) for *_film, belongings in kept]
    guests = known_voters({each.voter for of_film in single for each in of_film})
    for (film_id, _answer, entry, belongings), of_film in zip(kept, single, strict=True):
        here = known.get(film_id, NOTHING)
        new = [each for each in of_film if guests.get(each.voter) not in here.single]
        fit, is_older = weighed(belongings.total, here, new, said_wins=said_wins)
        done.count("totals", int(fit.rest is not None and fit.rest != (here.rest or (0, 0))))
        done.count("ratings", len(fit.ratings))
        if fit.too_many:
            done.remarks.append((entry.line, too_many(fit.too_many)))
        if is_older and belongings.total is not None:
            done.remarks.append((entry.line, older(belongings.total)))


def _plan_comments(site_id: int, kept: Sequence[Kept], done: Done) -> None:
    said = [comment for *_film, belongings in kept for comment in belongings.comments]
    numbers = [number for comment in said for number in (comment.number, comment.parent) if number]
    known = known_comments(site_id, numbers)
    for *_film, belongings in kept:
        ordered = untangled(belongings.comments, known)
        done.remarks += ordered.remarks
        for comment in ordered.comments:
            if comment.number not in known:
                words = taken_over(comment.markdown)
                done.remarks += remarks_on(comment, words)
                done.count("comments", int(words is not None))
