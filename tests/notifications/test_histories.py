"""Whatever happens in whatever order, and wherever a worker dies: everybody is told everything, once."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.due_jobs import run_due_jobs
from tests.notifications.frail import BACKEND, Backend, Fate, Killed, Taken
from tests.notifications.site import FILM, KIND, OTHER_FILM, SUNDAY_NOON, Site, a_reader
from tests.talking import a_guest
from verite.core import clock
from verite.core.db import write
from verite.notifications import actions, jobs, telling
from verite.notifications.models import Bundle, Mail, Subscription
from verite.notifications.topics import REST, Interval, Subject, Topic, next_mail

THREAD = Subject(Topic.THREAD, 5)
SUBJECTS = (FILM, OTHER_FILM, THREAD)
INTERVALS = (Interval.INSTANTLY, Interval.DAILY, Interval.WEEKLY)
PEOPLE = 3

person = st.integers(0, PEOPLE - 1)
act = st.one_of(
    st.tuples(st.just("happens"), st.sets(st.sampled_from(range(3)), min_size=1), st.none() | person),
    st.tuples(st.just("follows"), st.sampled_from(range(3)), person),
    st.tuples(st.just("stops"), st.sampled_from(range(3)), person),
    st.tuples(st.just("changes"), st.sampled_from(range(3)), st.sampled_from(range(3))),
    st.tuples(st.just("waits"), st.sampled_from([1, 4, 11, 60 * 20]), st.none()),
    st.tuples(st.just("moves"), st.none(), st.none()),
    st.tuples(st.just("prepares"), st.none(), st.none()),
    st.tuples(st.just("works"), st.none(), st.none()),
    st.tuples(st.just("dies"), st.sampled_from(["before", "after"]), st.integers(1, 3)),
)


class History:
    """What was done, and what each person should have been told of it."""

    def __init__(self) -> None:
        self.site = Site(Path("unused"))
        clock.now = lambda: self.site.now
        telling._tellers, telling._namers = {KIND: self.site.tell}, {}
        for topic in (Topic.FILM, Topic.THREAD):
            telling.name_topic(topic, self.site.name_films)
        self.intervals = list(INTERVALS)
        self.people = [a_guest() for _each in range(PEOPLE)]
        self.follows: dict[tuple[int, Subject], int] = {}
        self.owed: dict[int, set[int]] = {person: set() for person in range(PEOPLE)}
        self.waived: dict[int, set[int]] = {person: set() for person in range(PEOPLE)}
        self.deaths = 0
        for person in range(PEOPLE):
            for subject in SUBJECTS[: person + 1]:
                self._follow(person, subject)

    def do(self, what: str, first: object, second: object) -> None:
        # So that no two things happen at one instant.
        self.site.passes(seconds=1)
        getattr(self, f"_{what}")(first, second)

    def _happens(self, subjects: set[int], author: int | None) -> None:
        chosen = [SUBJECTS[each] for each in sorted(subjects)]
        number = self.site.happens(*chosen, author=None if author is None else self.people[author])
        for person in range(PEOPLE):
            if person != author and any((person, subject) in self.follows for subject in chosen):
                self.owed[person].add(number)

    def _follow(self, person: int, subject: Subject) -> None:
        self.follows[person, subject] = a_reader(
            email_of(person),
            subject,
            now=self.site.now,
            interval=self.intervals[person],
            participant=self.people[person],
        )

    def _follows(self, subject: int, person: int) -> None:
        if (person, SUBJECTS[subject]) not in self.follows:
            self._follow(person, SUBJECTS[subject])

    def _stops(self, subject: int, person: int) -> None:
        pk = self.follows.pop((person, SUBJECTS[subject]), None)
        if pk is not None:
            row = Subscription.objects.get(pk=pk)
            actions.end(row.address_id, [pk], now=self.site.now)
            # What had not been sent yet may go unsaid now.
            self.waived[person] |= self.owed[person]

    def _changes(self, person: int, interval: int) -> None:
        self.intervals[person] = INTERVALS[interval]
        for (who, _subject), pk in self.follows.items():
            if who == person:
                row = Subscription.objects.get(pk=pk)
                actions.change_interval(row.address_id, pk, INTERVALS[interval], now=self.site.now)

    def _waits(self, minutes: int, _nothing: object) -> None:
        self.site.passes(minutes=minutes)

    def _moves(self, *_nothing: object) -> None:
        actions.move_outbox(now=self.site.now)

    def _prepares(self, *_nothing: object) -> None:
        actions.prepare_mails(now=self.site.now)

    def _dies(self, when: str, mails: int) -> None:
        setattr(Backend.fate, when, mails)

    def _works(self, *_nothing: object) -> None:
        with write():
            jobs.look_into_outbox.enqueue()
        try:
            run_due_jobs(self.site.now)
        except Killed:
            self.deaths += 1
            self.site.passes(minutes=2)  # until its lease has run out

    def ends(self) -> None:
        """Everything that waits is sent."""
        Backend.fate.before = Backend.fate.after = 0
        for _day in range(9):
            self.site.passes(days=1)
            self._works()


def email_of(person: int) -> str:
    return f"person{person}@example.org"


def assert_not_too_often(theirs: list[Taken], *, until: datetime) -> None:
    intervals = dict(Mail.objects.values_list("message_id", "interval"))
    for interval in INTERVALS:
        moments = sorted(each.at for each in theirs if intervals[each.message_id] == interval)
        if interval is Interval.INSTANTLY:
            assert all(later - earlier >= REST for earlier, later in pairwise(moments))
        else:
            assert len(moments) <= mornings(interval, until)


def mornings(interval: Interval, until: datetime) -> int:
    count, moment = 0, SUNDAY_NOON
    while (moment := next_mail(interval, moment)) <= until:
        count += 1
    return count


@override_settings(EMAIL_BACKEND=BACKEND)
class Histories(TestCase):
    def setUp(self) -> None:
        self._replaced = (clock.now, telling._tellers, telling._namers)

    def tearDown(self) -> None:
        clock.now, telling._tellers, telling._namers = self._replaced

    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(act, min_size=5, max_size=40))
    def test_nothing_is_lost_nothing_is_told_twice_and_nobody_gets_too_much(
        self, acts: list[tuple[str, object, object]]
    ) -> None:
        Backend.fate = Fate()
        history = History()
        for what, first, second in acts:
            history.do(what, first, second)
        history.ends()

        # The questions are the first mails; what they ask was answered before they went.
        taken = Backend.fate.taken
        first_taken = {each.message_id: each for each in reversed(taken)}
        assert len(taken) - len(first_taken) <= history.deaths
        for person in range(PEOPLE):
            theirs = [each for each in first_taken.values() if each.to == email_of(person)]
            told = Counter(number for each in theirs for number in numbers_in(each.body))
            owed = history.owed[person]
            assert set(told) <= owed
            assert owed - set(told) <= history.waived[person]
            assert set(told.values()) <= {1}
            assert_not_too_often(theirs, until=history.site.now)
        assert not Mail.objects.filter(state="prepared").exists()
        assert not Bundle.objects.filter(due_at__isnull=False).exists()


def numbers_in(body: str) -> list[int]:
    return [int(number) for number in re.findall(r"/films/5/#(\d+)$", body, re.MULTILINE)]
