"""Traits, and the memory of lines that tells them."""

from __future__ import annotations

import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Page, explain
from cleaner.first_pass import REMEMBERED, LineMemory
from cleaner.look import Look
from cleaner.mark import Marks
from cleaner.page import SHORT, is_prose
from cleaner.read_text import read_text
from cleaner.rules import LOOKS, TRAITS
from cleaner.rules.shapes import link_row
from cleaner.traits import DROPPED, ENTRY, FILLED, FOREIGN, PROSE, TOLD, WORDY, lines, shape

traits = st.binary(max_size=40)
bits = st.integers(0, 255)


@given(traits, bits, bits)
def test_lines_have_one_of_the_wanted_traits_and_none_of_the_others(
    of_page: bytes, having: int, lacking: int
) -> None:
    found = [n for n, line in enumerate(of_page) if line & having and not line & lacking]
    assert list(lines(of_page, having, lacking)) == found


def remembered(*pages: str) -> Page:
    """Return the last of several pages as one memory tells of it."""
    memory = LineMemory((), TRAITS, LOOKS, None)
    read = [read_text(page) for page in pages]
    for page in read:
        memory.marks(page)
    return read[-1]


def test_a_line_has_the_same_traits_whether_it_is_new_or_met_before() -> None:
    dump = (
        "Sport\n \n\nAm Weiher steht ein Haus, in dem niemand wohnt, seit vielen Jahren.\n12. Mai"
    )
    assert remembered(dump).traits == remembered(dump, "Wetter", dump).traits
    assert remembered(dump).had == remembered(dump, "Wetter", dump).had


def test_blank_lines_have_no_traits_and_long_ones_are_paragraphs() -> None:
    page = remembered("\n".join(["", " \t", "a" * (SHORT + 1), "a b c" * SHORT, " " * 2 * SHORT]))
    assert list(page.traits) == [0, 0, FILLED | PROSE, FILLED | PROSE | WORDY, 0]


def test_what_a_page_is_told_agrees_with_a_look_at_each_line() -> None:
    dump = "Sport\nZwei Sätze. Oder drei.\nMarkt, Preise\n(Bild: AFP)\nHome > Lokales > Dorf\n27"
    page = remembered(dump)
    assert list(lines(page.traits, PROSE)) == [n for n, x in enumerate(page.texts) if is_prose(x)]
    assert 0 in set(lines(page.traits, ENTRY))
    seen = {look.see.__name__: page.having(look.see) for look in LOOKS}
    assert seen["is_count"] == {5: True}
    assert seen["path_sections"] == {4: 3}
    assert seen["split_credit"] == {3: ("", "Bild: AFP")}
    assert list(lines(page.traits, TOLD)) == sorted({n for found in seen.values() for n in found})


def test_the_memory_forgets_and_goes_on() -> None:
    memory = LineMemory((), TRAITS, (Look(str.upper, longest=5),), None)
    many = read_text("\n".join(map(str, range(REMEMBERED + 1))))
    memory.marks(many)
    page = read_text("Sport\n7")
    memory.marks(page)
    assert page.having(str.upper) == {0: "SPORT", 1: "7"}
    assert len(many.having(str.upper)) == REMEMBERED + 1


def test_a_dropped_line_has_the_trait_that_no_line_has_alone() -> None:
    page, marks = explain("Abspielen\n\nEs war einmal eine Brücke.")
    assert isinstance(marks, Marks)
    assert list(lines(page.traits, DROPPED)) == []
    assert list(lines(marks.traits, DROPPED)) == [0]


def test_what_recurs_outlives_what_is_forgotten() -> None:
    asked: list[str] = []
    see = asked.append
    memory = LineMemory((), TRAITS, (Look(see),), None)
    memory.marks(read_text("Sport"))
    for start in (0, 1):
        memory.marks(read_text("\n".join(map(str, range(start, 2 * REMEMBERED, 2)))))
        memory.marks(read_text("Sport"))
    assert asked.count("Sport") == 1
    memory.marks(read_text("0\n1"))
    assert asked.count("0") == 2
    assert asked.count("1") == 1


def test_a_row_of_labels_is_one_whatever_other_lines_say() -> None:
    assert not list(link_row(read_text("See all newsletters\nNewsletter")))
    assert [mark.start for mark in link_row(read_text("Sport\nLog in Contact Help"))] == [1]


def test_digits_of_every_script_show_in_a_shape_and_letters_of_latin_and_cyrillic_do_not() -> None:
    decimals = "".join(char for char in map(chr, range(sys.maxunicode + 1)) if char.isdecimal())
    assert set(shape(decimals)) == {ord("0"), FOREIGN}
    assert len(shape(decimals)) == len(decimals)
    assert shape("Größe naïve\nМост откроется") == b"\n"


PARTS = st.sampled_from(
    [
        *("Sport", "Klima", "und", "and", "von", "Anna Berg", "Video", "Facebook", "X", "mehr"),
        *("7", "12:30", "12.03.2024", "4,6", "vor", "Stunden", "2 min", "Sternen", "٣", "²"),
        *(" ", "  ", "\t", "\u00a0", ":", "...", "…", "?", "？", "!", "(", ")", "|", "/", ">", "»"),
        *("←", "→", "©", "„", "“", "–", "—", "•", "&", ",", "Foto", "(Bild", "dpa)", "记者"),
        *(
            "@anna",
            "a@b.de",
            "김하나",
            "Tags",
            "=",
            "＝",
            "。",
            "A. B.",
            "ein Haus am Weiher im Mai",
        ),
    ]
)


@settings(deadline=None)
@given(st.lists(st.lists(PARTS, max_size=9).map(" ".join) | st.lists(PARTS).map("".join)))
def test_no_line_is_passed_over_in_which_a_look_sees_anything(texts: list[str]) -> None:
    page = remembered("\n".join(texts))
    for look in LOOKS:
        sees = {n: look.see(text) for n, text in enumerate(page.texts) if text.strip()}
        seen = {n: it for n, it in sees.items() if it and len(page.texts[n]) <= look.longest}
        assert page.having(look.see) == seen
    for trait, look in TRAITS.items():
        told = {n for n, text in enumerate(page.texts) if text.strip() and look.see(text)}
        assert {*lines(page.traits, trait)} == {
            n for n in told if len(page.texts[n]) <= look.longest
        }
    told = {n for n, text in enumerate(page.texts) if text.strip() and is_prose(text)}
    assert {*lines(page.traits, PROSE)} == told
