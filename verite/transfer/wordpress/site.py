"""What has been read of a site when its posts come."""

from __future__ import annotations

from html import unescape

from verite.core.slugs import slugify
from verite.core.text import clean_line
from verite.transfer.belongings import Writer
from verite.transfer.old_addresses import site_of, spelt
from verite.transfer.options import Options

from .records import Author, Site
from .terms import Terms

LONGEST_NAME = 80


class KnownSite:
    """The site, its writers and its terms.

    Attributes:
        name: host and folder; for a file that does not say, made of the title.
        base: the address from which relative links start.
        best_rating: the highest rating that readers could give.
    """

    def __init__(self, said: Site, options: Options) -> None:
        self.options = options
        self.best_rating = options.best_rating or said.best_rating or 10
        self.name = site_of(said.address) or slugify(said.title, fallback="wordpress")
        self.base = said.address.rstrip("/") + "/"
        self.terms = Terms(keep_years=options.keep_years, base=self.base)
        self.by_number: dict[int, Writer] = {}
        self._by_login: dict[str, Writer] = {}

    def add_author(self, author: Author) -> None:
        name = clean_line(unescape(author.name), LONGEST_NAME) or author.login
        paths = [
            spelt(f"/author/{slug}")
            for slug in (author.login, slugify(author.login, fallback="author"), author.slug)
            if slug
        ]
        if author.number:
            paths.append(f"?author={author.number}")
        writer = Writer(name, author.email.strip(), tuple(dict.fromkeys(paths)))
        self._by_login[author.login] = writer
        if author.number:
            self.by_number[author.number] = writer

    def writer(self, login: str) -> Writer:
        """Who has this login; where the file tells no more, a name alone."""
        return self._by_login.get(login) or Writer(clean_line(login, LONGEST_NAME) or self.name)
