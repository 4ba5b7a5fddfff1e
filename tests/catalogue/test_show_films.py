"""Films as drafts, and since when they are public."""

from __future__ import annotations

import pytest

from tests.catalogue.sayings import LATER, NANOOK, NOW, film, film_id, stored, touched
from verite.catalogue import keys
from verite.catalogue.actions import Showing, show_films
from verite.catalogue.models import Credit, Film, FilmSubject
from verite.catalogue.queries.film_page import film_page

pytestmark = pytest.mark.django_db


def test_a_draft_is_seen_by_nobody_until_it_is_published() -> None:
    (nanook,) = stored(NANOOK)
    assert nanook.film_id is not None

    show_films([Showing(nanook.film_id, None, is_draft=True)])
    assert film_page(nanook.slug) is None
    show_films([Showing(nanook.film_id, LATER)])

    assert film_page(nanook.slug) is not None
    assert Film.objects.get().published_at == LATER


def test_every_page_that_lists_the_film_is_told_and_no_other() -> None:
    nanook, other = film_id(NANOOK), film_id(film("Rain", 1929, subjects=("Weather",)))
    subject = FilmSubject.objects.filter(film=nanook).values_list("subject_id", flat=True)[0]
    person = Credit.objects.filter(film=nanook).values_list("person_id", flat=True)[0]
    listing = {keys.film(nanook), keys.year(1922), keys.subject(subject), keys.person(person)}

    with touched(*listing, keys.film(other), keys.year(1929)) as told:
        show_films([Showing(nanook, NOW, is_draft=True), Showing(other, None)])

    assert told == listing
