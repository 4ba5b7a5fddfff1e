"""Statements of dumps: how values are written, and where one ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transfer.wordpress.dumps import create, literal
from verite.transfer.formats import Unreadable
from verite.transfer.wordpress.dump.literals import text_of
from verite.transfer.wordpress.dump.statements import Row, Statements
from verite.transfer.wordpress.records import Broken, Damage

ANYTHING = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


def in_blocks(text: bytes, size: int) -> Iterator[bytes]:
    yield from (text[start : start + size] for start in range(0, len(text), size))


def rows_of(text: str | bytes, *, block: int = 1 << 16, is_tolerant: bool = False) -> list[tuple[str, ...]]:
    data = text.encode() if isinstance(text, str) else text
    found = Statements(in_blocks(data, block), lambda name: name.table == "wanted", is_tolerant=is_tolerant)
    return [
        tuple(text_of(value, row.encoding) for value in row.values) for row in found if isinstance(row, Row)
    ]


def without_controls(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


@given(st.lists(st.tuples(ANYTHING, ANYTHING), min_size=1, max_size=5), st.integers(1, 60))
def test_texts_come_back_as_they_were_whatever_is_in_them_and_wherever_a_block_ends(
    rows: list[tuple[str, str]], block: int
) -> None:
    values = ",".join(f"({literal(one)},{literal(other)})" for one, other in rows)
    unwanted = values.replace("(", "(1,")
    text = (
        create("wanted", ("a", "b"))
        + f"INSERT INTO `other` VALUES {unwanted};\nINSERT INTO `wanted` VALUES {values};\n-- the end"
    )

    assert rows_of(text, block=block) == [tuple(map(without_controls, row)) for row in rows]


@pytest.mark.parametrize("block", [997, 65_536, 1 << 20])
def test_rows_without_number_are_read_however_they_lie_in_the_file(block: int) -> None:
    rows = [(str(number), 'it\'s \\ "so"; (' * (number * 7 % 900)) for number in range(300)]
    values = ",".join(f"({one},{literal(other)})" for one, other in rows)
    text = f"INSERT INTO other (a,b) VALUES {values};INSERT INTO wanted (a,b) VALUES {values};"

    assert len(text) > 3 << 20
    assert rows_of(text, block=block) == rows


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"'it''s'", "it's"),
        (b'"say ""so"" it\'s"', 'say "so" it\'s'),
        (b"'a\\%b\\_c\\q'", "a%b_cq"),
        (b"'tab\\tnew\\nline\\r'", "tab\tnew\nline\r"),
        (b"'nothing\\0\\Z\\bhere\x07'", "nothinghere"),
        (b"0x4F6B21", "Ok!"),
        (b"X'4f6b'", "Ok"),
        (b"x''", ""),
        (b"b'101'", "5"),
        (b"0b11", "3"),
        (b"_binary 'raw\\\\'", "raw\\"),
        (b"_utf8mb4'text'", "text"),
        (b"NULL", ""),
        (b"-1.5e3", "-1.5e3"),
        (b"'); DROP TABLE x; --'", "); DROP TABLE x; --"),
        ("'漢字 😀'".encode(), "漢字 😀"),
        (b"'cut \xf0\x9f here'", "cut � here"),
    ],
)
def test_every_way_to_write_a_value_is_read(written: bytes, meant: str) -> None:
    assert rows_of(b"INSERT INTO wanted (`a`, b) VALUES (" + written + b",1);") == [(meant, "1")]


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO `db`.`wanted` (`a`,`b`) VALUES ('1','2') , ('3','4') ;",
        "insert ignore into wanted(a,b)values('1','2'),\n\t('3','4');",
        "REPLACE INTO `wanted` (`a`, `b`) VALUES ('1','2'),('3','4') ON DUPLICATE KEY UPDATE a='x;';",
        "CREATE TABLE IF NOT EXISTS `wanted` (`a` int(1), `b` enum('x','y;'));INSERT INTO `wanted` VALUES(1,2),(3,4);",
        "# it's\n/* it's; */ -- it's\nINSERT INTO wanted (a,b) VALUES (1,2);INSERT INTO wanted (a,b) VALUES (3,4)\n;",
        (
            "DELIMITER ;;\nCREATE TRIGGER t BEGIN INSERT INTO wanted (a,b) VALUES (9,9); END ;;\nDELIMITER ;\n"
            "INSERT INTO wanted (a,b) VALUES (1,2),(3,4);"
        ),
        "/*!50001 CREATE VIEW `v` AS SELECT 'it''s' */;\nINSERT INTO wanted (a,b) VALUES (1,2),(3,4);",
    ],
)
@pytest.mark.parametrize("block", [1, 7, 1 << 16])
def test_dumps_of_many_makers_are_read(text: str, block: int) -> None:
    assert rows_of(text, block=block) == [("1", "2"), ("3", "4")]


def test_what_is_written_in_another_encoding_is_read() -> None:
    text = "/*!40101 SET NAMES latin1 */;\nINSERT INTO wanted (a) VALUES ('Größe – “x”');".encode("cp1252")

    assert rows_of(text) == [("Größe – “x”",)]


def test_an_encoding_in_which_quotes_cannot_be_told_is_refused() -> None:
    with pytest.raises(Unreadable, match="written in gbk"):
        rows_of("SET NAMES gbk;\nINSERT INTO wanted (a) VALUES (1);")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("INSERT INTO wanted VALUES (1);", "Line 1: nothing says which columns wanted has"),
        (
            "\nINSERT INTO wanted (a) VALUES\n(1),\n(2,3);",
            "Line 4: a row of wanted has 2 values for 1 columns",
        ),
        ("INSERT INTO wanted (a) VALUES\n(NOW());", "Line 2: this row holds more than values"),
        (
            "INSERT INTO wanted (a) VALUES (1),\n('two",
            "Line 2: the dump is cut off in the middle of a statement",
        ),
        (
            "INSERT INTO wanted (a) VALUES (1),\n(2)",
            "Line 2: the dump is cut off in the middle of a statement",
        ),
        ("INSERT INTO other VALUES\n('two", "Line 2: the dump is cut off in the middle of a statement"),
        ("CREATE TABLE wanted (\n `a` int,", "Line 1: the dump is cut off"),
        ("/*!40101 SET", "Line 1: the dump is cut off"),
        (
            "LOCK TABLES `x` WRITE;\nINSERT INTO wanted (a) VALUES (1);\n",
            "what LOCK TABLES began in line 1 has no end",
        ),
        (
            "-- MySQL dump 10\n\nINSERT INTO wanted (a) VALUES (1);\n",
            "what mysqldump began in line 1 has no end",
        ),
        ("START TRANSACTION;\n", "what START TRANSACTION began in line 1"),
        ("INSERT INTO wanted (a) VALUES (1);\n%%%", "Line 2: no statement of a dump begins like this"),
    ],
)
def test_damage_is_named_with_its_line(text: str, why: str) -> None:
    with pytest.raises(Broken, match=re.escape(why)):
        rows_of(text)


def test_a_tolerant_reader_goes_on_behind_damage_and_names_it() -> None:
    text = (
        "CREATE TABLE wanted (\n `a` int,\n `b` int);\n"
        "INSERT INTO wanted VALUES (1,2),(0),(3,4);\n"
        "INSERT INTO wanted VALUES (NOW(),0);\nINSERT INTO `wanted` VALUES (5,6);\nINSERT INTO `wanted` VALUES (7"
    )

    assert rows_of(text, is_tolerant=True) == [("1", "2"), ("3", "4"), ("5", "6")]
    damage = [
        (found.line, found.field)
        for found in Statements(in_blocks(text.encode(), 20), lambda _name: True, is_tolerant=True)
        if isinstance(found, Damage)
    ]
    assert damage == [(4, "sql"), (5, "sql"), (7, "sql")]


def test_a_text_without_end_is_not_held_for_ever() -> None:
    endless = (b"x" * (1 << 20) for _block in range(1 << 20))

    def blocks() -> Iterator[bytes]:
        yield b"INSERT INTO wanted (a) VALUES ('"
        yield from endless

    with pytest.raises(Broken, match="Line 1: a single value is larger than any can be"):
        list(Statements(blocks(), lambda _name: True, is_tolerant=False))
