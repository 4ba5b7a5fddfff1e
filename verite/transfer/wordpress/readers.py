"""What single readers did on a site: ratings, votes, subscriptions, answers to questions about passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from verite.catalogue.actions import Remark
from verite.transfer.belongings import Passage, RatingSaid, SubscriptionSaid, VoteSaid

from .moments import moment, moment_of_stamp
from .prose import words
from .records import (
    ALL_COMMENTS,
    ANSWERS_TO_ONE,
    ANSWERS_TO_OWN,
    Comment,
    Post,
    Rating,
    Subscription,
)

HIGHEST = 10


class Readers:
    """The ratings and subscriptions of one post.

    Args:
        best_rating: the highest rating on the site's own scale.
    """

    def __init__(self, post: Post, best_rating: int) -> None:
        self.tallies: Counter[str] = Counter()
        self.remarks: list[Remark] = []
        self._best_rating = best_rating
        self.ratings = tuple(filter(None, map(self._rating, post.ratings)))
        self.subscriptions = tuple(filter(None, map(self._subscription, post.subscriptions)))
        self.tallies["ratings_said"] = len(post.ratings)
        self.tallies["votes_said"] = sum(len(comment.votes) for comment in post.comments)

    def _rating(self, rating: Rating) -> RatingSaid | None:
        if not 1 <= rating.value <= self._best_rating:
            self.remarks.append(
                Remark("rating", str(rating.value), _("This is no rating on the site's scale."))
            )
            return None
        # Half a step goes up, and nothing below 1.
        value = max((rating.value * HIGHEST * 2 + self._best_rating) // (2 * self._best_rating), 1)
        return RatingSaid(rating.line, rating.voter, value, moment_of_stamp(rating.stamp))

    def _subscription(self, subscription: Subscription) -> SubscriptionSaid | None:
        if not subscription.is_confirmed:
            self.tallies["unconfirmed"] += 1
            return None
        kind = subscription.kind
        if kind not in (ALL_COMMENTS, ANSWERS_TO_ONE, ANSWERS_TO_OWN) or not _is_address(subscription.email):
            self.remarks.append(
                Remark("subscription", kind[:60], _("Its kind is not known, or its address is none."))
            )
            return None
        return SubscriptionSaid(
            subscription.email.lower(),
            subscription.about if kind == ANSWERS_TO_ONE else None,
            kind == ANSWERS_TO_OWN,
            moment(subscription.date, ""),
        )


def votes_said(comment: Comment) -> tuple[VoteSaid, ...]:
    """The votes on a comment that are known one by one."""
    return tuple(
        VoteSaid(vote.voter, vote.value, moment_of_stamp(vote.stamp))
        for vote in comment.votes
        if vote.value in (1, -1)
    )


def passages_of(post: Post, marked: Sequence[Passage]) -> Iterator[Passage]:
    """The passages marked in a post's text, with their numbers; then those whose mark is gone from it."""
    forms = {form.key[:40]: form for form in post.forms}
    for passage in marked:
        form = forms.pop(passage.key, None)
        yield replace(passage, number=form.number) if form else passage
    for key, form in forms.items():
        yield Passage(key, words(form.content), words(form.question), form.is_open, form.number)


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
