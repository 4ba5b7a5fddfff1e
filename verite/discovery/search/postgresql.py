"""PostgreSQL: a tsvector that the database itself makes from each document, and a GIN index over it."""

# ruff: noqa: S608 (names of our own tables; what visitors type goes in beside the statement)

from __future__ import annotations

from collections.abc import Sequence

from verite.discovery.search.index import Index, Match, rows
from verite.discovery.search.words import Words

LETTERS = "ABCD"  # the weights that a tsvector knows, heaviest first


class PostgreSQL:
    """Words are folded before they come here, so the configuration is ``simple`` and no extension is needed."""

    def create(self, index: Index) -> Sequence[str]:
        weighted = " || ".join(
            f"setweight(to_tsvector('simple', {name}), '{letter}')"
            for name, letter in zip(index.weights, LETTERS, strict=False)
        )
        return (
            f"ALTER TABLE {index.table} ADD COLUMN words tsvector GENERATED ALWAYS AS ({weighted}) STORED",
            f"CREATE INDEX {index.table}_words ON {index.table} USING gin (words)",
        )

    def rebuild(self, index: Index) -> Sequence[str]:
        return (f"REINDEX INDEX {index.table}_words",)

    def count(self, index: Index, words: Words, most: int) -> int:
        found = f"SELECT 1 FROM {index.table} WHERE words @@ to_tsquery('simple', %s) LIMIT %s"
        return int(rows(f"SELECT count(*) FROM ({found}) AS found", [_expression(words), most])[0][0])

    def best(self, index: Index, words: Words, limit: int, after: Match | None) -> list[Match]:
        # Weights in the order D, C, B, A; 1 = divide by the length of the document, as bm25 does.
        heaviest = max(index.weights.values())
        shares = [weight / heaviest for weight in index.weights.values()] + [0.0] * len(LETTERS)
        weights = "{" + ", ".join(map(str, reversed(shares[: len(LETTERS)]))) + "}"
        sql = (
            f"WITH found AS (SELECT {index.key} AS id,"
            f" -ts_rank('{weights}', words, query, 1)::float8"
            f" - CASE WHEN {index.main} = %s THEN 1000 ELSE 0 END AS rank"
            f" FROM {index.table}, to_tsquery('simple', %s) AS query WHERE words @@ query)"
            " SELECT rank, id FROM found {further} ORDER BY rank, id DESC LIMIT %s"
        )
        given: list[str | float] = [words.whole, _expression(words)]
        further = ""
        if after is not None:
            further = "WHERE rank > %s OR (rank = %s AND id < %s)"
            given += [after.rank, after.rank, after.id]
        sql = sql.replace("{further}", further)
        return [Match(rank, found) for rank, found in rows(sql, [*given, limit])]

    def newest(self, index: Index, words: Words, limit: int, before: int | None) -> list[int]:
        further, given = ("", []) if before is None else (f"AND {index.key} < %s", [before])
        sql = (
            f"SELECT {index.key} FROM {index.table} WHERE words @@ to_tsquery('simple', %s) {further}"
            f" ORDER BY {index.key} DESC LIMIT %s"
        )
        return [row[0] for row in rows(sql, [_expression(words), *given, limit])]

    def beginning(self, index: Index, prefix: str, limit: int) -> list[int]:
        sql = f"SELECT {index.key} FROM {index.table} WHERE words @@ to_tsquery('simple', %s) LIMIT %s"
        return [row[0] for row in rows(sql, [f"'{prefix}':*A", limit])]


def _expression(words: Words) -> str:
    return " & ".join(f"'{word}'" for word in words.all) + ":*"
