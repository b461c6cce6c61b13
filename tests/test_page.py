"""Reading a dump: keys, line ends, what reads as a paragraph."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Line, Page
from cleaner.folding import make_key
from cleaner.page import is_prose
from cleaner.read_text import read_text

# --- keys


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Abspielen", "abspielen"),
        ("  Jetzt \t abspielen\u00a0", "jetzt abspielen"),
        ("ＡＢＣ　１２", "abc 12"),
        ("Schließen", "schliessen"),
        ("SCHLIEẞEN", "schliessen"),
        ("Ko\u0308nig", "könig"),
        (normalize("NFD", "Übersicht öffnen"), "übersicht öffnen"),
        ("ﬁnden", "finden"),
        ("Ab\u200bspie\u00adlen\ufeff", "abspielen"),
        ("\u200eTeilen\u200f", "teilen"),
        ("don’t", "don't"),
        ("„Teilen“", '"teilen"'),
        ("Play–Pause — Stop", "play-pause - stop"),
        ("▶ Abspielen …", "abspielen"),
        ("» Mehr", "mehr"),
        ("Loading...", "loading"),
        ("Teilen:", "teilen"),
        ("* * *", ""),
        ("", ""),
        (" \u3000\t", ""),
        ("1.0x Geschwindigkeit", "1.0x geschwindigkeit"),
        ("00:00 / 00:00", "00:00 / 00:00"),
        ("-03:12", "03:12"),
    ],
)
def test_a_line_is_folded(text: str, key: str) -> None:
    assert make_key(text) == key


@pytest.mark.parametrize(
    "text", ["Abspielen?", '"Abspielen"', "„Abspielen“", "«Abspielen»", "(Abspielen)", "'s war"]
)
def test_what_changes_the_meaning_is_kept(text: str) -> None:
    assert make_key(text) != make_key(text.strip("?\"'„“«»()"))


@settings(derandomize=True, deadline=None, max_examples=400)
@given(text=st.text(st.characters(), max_size=100))
def test_any_line_has_a_key_and_its_blanks_are_single(text: str) -> None:
    key = make_key(text)
    assert key == " ".join(key.split())
    assert make_key(f"  {text}\t") == key
    assert make_key(f"{text}\n") == key


@settings(derandomize=True, deadline=None, max_examples=200)
@given(text=st.text("abcXYZ äöüßéñ", max_size=100))
def test_case_and_composition_make_no_difference(text: str) -> None:
    assert make_key(text.upper()) == make_key(text.lower()) == make_key(normalize("NFD", text))


# --- lines


@pytest.mark.parametrize(
    ("dump", "texts"),
    [
        ("", ("",)),
        ("a", ("a",)),
        ("a\n", ("a", "")),
        ("a\nb", ("a", "b")),
        ("a\r\nb", ("a", "b")),
        ("a\rb", ("a", "b")),
        ("a\r\n\r\nb\r\rc\n\rd", ("a", "", "b", "", "c", "", "d")),
        ("a\u2028b\u2029c", ("a\u2028b\u2029c",)),
        ("a\fb\vc\x85d\x1ce", ("a\fb\vc\x85d\x1ce",)),
        ("  a \t\n", ("  a \t", "")),
        ("\ufeffa", ("\ufeffa",)),
        ("a\n\ufeffb", ("a", "\ufeffb")),
    ],
)
def test_lines_end_at_line_feed_and_carriage_return_alone(
    dump: str, texts: tuple[str, ...]
) -> None:
    page = read_text(dump)
    assert page.texts == texts
    assert page.source == dump


def test_lines_know_their_place_text_and_key() -> None:
    page = read_text("Teilen!\r\n\r\n ABSPIELEN ", "de")
    assert page.lines == (
        Line(0, "Teilen!", "teilen"),
        Line(1, "", ""),
        Line(2, " ABSPIELEN ", "abspielen"),
    )
    assert [line.markup for line in page.lines] == [None] * 3
    assert page.lang == "de"
    assert read_text("x").lang is None


def test_a_page_and_its_lines_cannot_be_changed() -> None:
    page = Page(("a",), "a")
    with pytest.raises(AttributeError):
        page.source = "b"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        page.lines[0].text = "b"  # type: ignore[misc]


def test_blocks_are_runs_of_two_and_more_lines_between_blank_ones() -> None:
    page = read_text("\na\nb\n \n\nc\n\u00a0\n\td\ne")
    assert page.blocks == [range(1, 3), range(7, 9)]
    blocks = [range(1, 3), range(1, 3), range(5, 6), range(7, 9)]
    assert [page.block(n) for n in (1, 2, 5, 7)] == blocks
    assert read_text("").blocks == read_text(" \n\t\n").blocks == []


# --- paragraphs

SENTENCE = "Die Brücke wird später fertig als gedacht, teilte die Stadt am Montag mit"


@pytest.mark.parametrize(
    "text",
    [
        f"{SENTENCE}.",
        f"{SENTENCE}…",
        f"{SENTENCE}:",
        f"„{SENTENCE}.“",
        f"({SENTENCE}.)",
        f"{SENTENCE}. ",
        f"{SENTENCE}, und {SENTENCE.lower()}!",
        f"{SENTENCE}, und {SENTENCE.lower()}?",
        "wort " * 40 + "wort",
        "市政府星期一表示，由于天气原因，这座桥将比原计划更晚开放。",
    ],
)
def test_a_paragraph_is_long_or_a_sentence_with_its_end(text: str) -> None:
    assert is_prose(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " " * 10,
        "Die Brücke wird später fertig.",
        SENTENCE,
        f"{SENTENCE},",
        "Wird die Brücke über den Fluss später fertig als alle gedacht haben?",
        "市政府星期一表示，这座桥将比原计划更晚开放",
        "桥将更晚开放。",
    ],
)
def test_a_heading_or_a_label_is_none(text: str) -> None:
    assert not is_prose(text)
