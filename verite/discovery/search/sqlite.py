"""SQLite: FTS5 over the table of documents (external content), or, built without it, a plain comparison."""

# ruff: noqa: S608 (names of our own tables; what visitors type goes in beside the statement)

from __future__ import annotations

from collections.abc import Sequence

from verite.discovery.search.index import Index, Match, rows
from verite.discovery.search.words import Words

# Documents hold folded words with a space between them; the tokenizer must not know better. Marks belong to
# words, or Hindi would fall to pieces.
TOKENIZER = "unicode61 remove_diacritics 2 categories ''L* M* N*''"


class FTS5:
    """The index has its words only; titles are read from the documents. Triggers keep the two in step: one
    wrong "delete" would leave a stale hit and a malformed index."""

    def create(self, index: Index) -> Sequence[str]:
        columns = ", ".join(index.weights)
        old, new = (
            ", ".join(f"{row}.{name}" for name in (index.key, *index.weights)) for row in ("old", "new")
        )
        words = _words(index)
        options = (
            f"content='{index.table}', content_rowid='{index.key}', tokenize='{TOKENIZER}', prefix='2 3 4'"
        )
        forget = f"INSERT INTO {words} ({words}, rowid, {columns}) VALUES ('delete', {old});"
        learn = f"INSERT INTO {words} (rowid, {columns}) VALUES ({new});"
        return (
            f"CREATE VIRTUAL TABLE {words} USING fts5({columns}, {options})",
            f"CREATE TRIGGER {words}_insert AFTER INSERT ON {index.table} BEGIN {learn} END",
            f"CREATE TRIGGER {words}_delete AFTER DELETE ON {index.table} BEGIN {forget} END",
            f"CREATE TRIGGER {words}_update AFTER UPDATE ON {index.table} BEGIN {forget} {learn} END",
        )

    def rebuild(self, index: Index) -> Sequence[str]:
        words = _words(index)
        return (f"INSERT INTO {words} ({words}) VALUES ('rebuild')",)

    def count(self, index: Index, words: Words, most: int) -> int:
        found = f"SELECT 1 FROM {_words(index)} WHERE {_words(index)} MATCH %s LIMIT %s"
        return int(rows(f"SELECT count(*) FROM ({found})", [_expression(words), most])[0][0])

    def best(self, index: Index, words: Words, limit: int, after: Match | None) -> list[Match]:
        table = _words(index)
        weights = ", ".join(map(str, index.weights.values()))
        exact = f"SELECT {index.key} FROM {index.table} WHERE {index.main} = %s"
        # Materialised, because bm25() may stand only where the index itself is read.
        sql = (
            f"WITH found AS MATERIALIZED (SELECT rowid AS id,"
            f" bm25({table}, {weights}) - 1000.0 * (rowid IN ({exact})) AS rank"
            f" FROM {table} WHERE {table} MATCH %s)"
            " SELECT rank, id FROM found {further} ORDER BY rank, id DESC LIMIT %s"
        )
        given: list[str | float] = [words.whole, _expression(words)]
        if after is None:
            return _matches(sql.format(further=""), [*given, limit])
        further = "WHERE rank > %s OR (rank = %s AND id < %s)"
        return _matches(sql.format(further=further), [*given, after.rank, after.rank, after.id, limit])

    def newest(self, index: Index, words: Words, limit: int, before: int | None) -> list[int]:
        table = _words(index)
        further, given = ("", []) if before is None else ("AND rowid < %s", [before])
        sql = f"SELECT rowid FROM {table} WHERE {table} MATCH %s {further} ORDER BY rowid DESC LIMIT %s"
        return [row[0] for row in rows(sql, [_expression(words), *given, limit])]

    def beginning(self, index: Index, prefix: str, limit: int) -> list[int]:
        table = _words(index)
        sql = f"SELECT rowid FROM {table} WHERE {table} MATCH %s ORDER BY rowid DESC LIMIT %s"
        return [row[0] for row in rows(sql, [f'{index.main} : "{prefix}"*', limit])]


class TitlesOnly:
    """For an SQLite that was built without FTS5: slow on a large catalogue, and it finds main titles only."""

    def create(self, index: Index) -> Sequence[str]:  # noqa: ARG002
        return ()

    def rebuild(self, index: Index) -> Sequence[str]:  # noqa: ARG002
        return ()

    def count(self, index: Index, words: Words, most: int) -> int:
        return len(self.newest(index, words, most, None))

    def best(self, index: Index, words: Words, limit: int, after: Match | None) -> list[Match]:
        return [Match(0.0, found) for found in self.newest(index, words, limit, after.id if after else None)]

    def newest(self, index: Index, words: Words, limit: int, before: int | None) -> list[int]:
        *wholes, last = words.all
        # A space before the title makes the first word like the others. Folded words hold no % and no _.
        patterns = [*(f"% {word} %" for word in wholes), f"% {last}%"]
        having = " AND ".join([f"(' ' || {index.main} || ' ') LIKE %s"] * len(patterns))
        further, given = ("", []) if before is None else (f"AND {index.key} < %s", [before])
        sql = f"SELECT {index.key} FROM {index.table} WHERE {having} {further} ORDER BY {index.key} DESC LIMIT %s"
        return [row[0] for row in rows(sql, [*patterns, *given, limit])]

    def beginning(self, index: Index, prefix: str, limit: int) -> list[int]:
        return self.newest(index, Words((prefix,)), limit, None)


def has_fts5() -> bool:
    """Whether the SQLite that speaks for us can search full text."""
    return bool(rows("SELECT 1 FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5'", []))


def _words(index: Index) -> str:
    return index.table.removesuffix("_document") + "_words"


def _expression(words: Words) -> str:
    return " ".join(f'"{word}"' for word in words.all) + "*"


def _matches(sql: str, given: Sequence[str | float]) -> list[Match]:
    return [Match(rank, found) for rank, found in rows(sql, given)]
