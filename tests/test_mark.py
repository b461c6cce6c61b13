"""Marks: how they print, how they settle, what a cleaned dump can be asked."""

from __future__ import annotations

import json

import pytest

from cleaner import Cleaned, Mark, Verdict
from cleaner.read_text import read_text

DROP, KEEP = Verdict.DROP, Verdict.KEEP


def drop(start: int, stop: int | None = None, rule: str = "player/controls") -> Mark:
    return Mark(start, start + 1 if stop is None else stop, rule, "because so")


def keep(start: int, stop: int | None = None, rule: str = "body/subhead") -> Mark:
    return Mark(start, start + 1 if stop is None else stop, rule, "because not", KEEP)


def cleaned(dump: str, *marks: Mark) -> Cleaned:
    return Cleaned(read_text(dump), marks)


# --- a mark


@pytest.mark.parametrize(
    ("mark", "printed"),
    [
        (drop(0), "1  drop  player/controls  because so"),
        (drop(11, 14), "12-14  drop  player/controls  because so"),
        (keep(6), "7  keep  body/subhead  because not"),
    ],
)
def test_a_mark_prints_as_one_line_counted_from_one(mark: Mark, printed: str) -> None:
    assert str(mark) == printed


def test_a_mark_knows_its_group_and_drops_unless_told() -> None:
    assert Mark(0, 1, "sign-in/form", "x").group == "sign-in"
    assert Mark(0, 1, "sign-in/form", "x").verdict is DROP
    assert drop(0) == drop(0) != keep(0)
    assert len({drop(0), drop(0), drop(1)}) == 2


def test_a_mark_and_what_was_cleaned_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        drop(0).rule = "x/y"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        cleaned("a").marks = ()  # type: ignore[misc]


# --- settling


@pytest.mark.parametrize(
    ("marks", "text"),
    [
        ((), "a\nb\nc\nd"),
        ((drop(1),), "a\nc\nd"),
        ((drop(1, 3),), "a\nd"),
        ((drop(0, 4),), ""),
        ((drop(1), drop(1)), "a\nc\nd"),
        ((drop(1), keep(1)), "a\nb\nc\nd"),
        ((keep(1), drop(1)), "a\nb\nc\nd"),
        ((drop(1), keep(1), drop(1, rule="ads/label")), "a\nb\nc\nd"),
        ((drop(0, 4), keep(2)), "c"),
        ((drop(2), keep(0, 4)), "a\nb\nc\nd"),
        ((keep(1),), "a\nb\nc\nd"),
    ],
)
def test_keep_beats_drop(marks: tuple[Mark, ...], text: str) -> None:
    assert cleaned("a\nb\nc\nd", *marks).text == text


@pytest.mark.parametrize(
    ("dump", "marks", "text"),
    [
        ("a\n\n\n\nb", (), "a\n\nb"),
        ("a\n\nx\n\nb", (drop(2),), "a\n\nb"),
        ("a\nx\nb", (drop(1),), "a\nb"),
        ("\n\na\nb\n\n", (), "a\nb"),
        ("x\n\na\n\nx", (drop(0), drop(4)), "a"),
        ("a\n \t\n\u00a0\nb", (), "a\n\nb"),
        ("  a \n\tb", (), "  a \n\tb"),
        ("a\r\n\r\nb\r\n", (), "a\n\nb"),
        ("a\n\nb", (drop(1),), "a\n\nb"),
        ("", (), ""),
        (" \n ", (), ""),
    ],
)
def test_runs_of_blank_lines_are_folded_and_those_at_the_ends_go(
    dump: str, marks: tuple[Mark, ...], text: str
) -> None:
    assert cleaned(dump, *marks).text == text


# --- what it can be asked

PAGE = "Lokales\n\nBrücke zu\nAbspielen\n \nEin Satz.\nTeilen"
MARKS = (
    keep(2, rule="head/headline"),
    drop(3, 5),
    drop(6, rule="nav/menu"),
    drop(6, rule="share/buttons"),
    keep(0, rule="head/headline"),
)


def test_what_stays_and_what_goes() -> None:
    result = cleaned(PAGE, *MARKS)
    assert [line.text for line in result.kept] == ["Lokales", "Brücke zu", "Ein Satz."]
    assert [line.number for line in result.kept] == [0, 2, 5]
    assert [(line.number, line.text) for line, _ in result.removed] == [
        (3, "Abspielen"),
        (6, "Teilen"),
    ]
    assert [mark for _, mark in result.removed] == [MARKS[1], MARKS[2]]
    assert result.text == "Lokales\n\nBrücke zu\n\nEin Satz."


def test_removed_comes_in_the_order_of_the_lines() -> None:
    result = cleaned("a\nb\nc", drop(2), drop(0), keep(1))
    assert [line.number for line, _ in result.removed] == [0, 2]


def test_the_head_is_told_whether_it_stays_or_goes() -> None:
    headline = Mark(0, 1, "head/headline", "x", KEEP)
    kept, gone = cleaned("a\nb", headline), cleaned("a\nb", headline._replace(verdict=DROP))
    assert [line.text for line in kept.head] == [line.text for line in gone.head] == ["a"]
    assert (kept.text, gone.text) == ("a\nb", "b")
    assert [line.text for line in cleaned(PAGE, *MARKS).head] == ["Lokales", "Brücke zu"]
    assert cleaned("a", drop(0)).head == ()


def test_it_becomes_plain_data_with_lines_counted_from_one() -> None:
    data = cleaned(PAGE, *MARKS).to_dict()
    assert data == {
        "text": "Lokales\n\nBrücke zu\n\nEin Satz.",
        "head": ["Lokales", "Brücke zu"],
        "removed": [
            {"line": 4, "text": "Abspielen", "rule": "player/controls", "because": "because so"},
            {"line": 7, "text": "Teilen", "rule": "nav/menu", "because": "because so"},
        ],
    }
    assert json.loads(json.dumps(data)) == data
