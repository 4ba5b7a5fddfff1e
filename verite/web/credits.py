"""Who made a film, in the order in which a page names them, and how to cite it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from verite.catalogue.hosts.moments import write_moment
from verite.catalogue.queries.film_page import FilmPage, Named
from verite.web.player import Screen
from verite.web.wording import country, listed, released

HEADLINE = ("director", "narrator", "made_for")
ROLES = (*HEADLINE, "writer", "producer", "camera", "editor", "composer", "nominee")
MOST_AT_ONCE = 12
MOST_IN_A_ROLE = 5

Line = tuple[str, Sequence[Named]]


@dataclass(frozen=True, slots=True)
class Credits:
    """Lines of a role and its people: those shown at once, and those that a long list folds away."""

    shown: list[Line]
    folded: list[Line]

    @property
    def folded_count(self) -> int:
        return sum(len(people) for _role, people in self.folded)


def credits_of(people: Mapping[str, Sequence[Named]]) -> Credits:
    """A short list whole; of a long one the first of the headline roles, and the rest folded."""
    lines = [(role, people[role]) for role in ROLES if role in people]
    if sum(map(len, people.values())) <= MOST_AT_ONCE:
        return Credits(lines, [])
    cuts = [(role, names, MOST_IN_A_ROLE if role in HEADLINE else 0) for role, names in lines]
    return Credits(
        shown=[(role, names[:cut]) for role, names, cut in cuts if cut],
        folded=[(role, names[cut:]) for role, names, cut in cuts if names[cut:]],
    )


def citation(film: FilmPage, screen: Screen, *, address: str) -> str:
    """One line to cite a film by, or the moment that the screen stands at; ``address`` is the page's own."""
    place = {}
    if screen.part and screen.part.position > 1:
        place["part"] = screen.part.position
    if screen.start:
        place["t"] = screen.start
    where = f"{address}?{urlencode(place)}" if place else address
    return " ".join([*_sentences(film, place), where])


def _sentences(film: FilmPage, place: Mapping[str, int]) -> Iterator[str]:
    yield f"{film.title}."
    if directors := film.people.get("director"):
        yield _("Directed by %(directors)s.") % {"directors": listed(person.name for person in directors)}
    if made := [*map(country, film.countries), *filter(None, [released(film)])]:
        yield f"{', '.join(made)}."
    moment = [_("Part %(number)s") % {"number": place["part"]}] if "part" in place else []
    moment += [write_moment(place["t"])] if "t" in place else []
    if moment:
        yield f"{', '.join(moment)}."
