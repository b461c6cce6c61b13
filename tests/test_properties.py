"""What holds for every dump: the promises of the README, on dumps that Hypothesis makes up."""

from __future__ import annotations

import math
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import count, islice
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner import Cleaned, Mark, Verdict, clean, explain, pipeline
from cleaner.phrase_files import read_tables
from cleaner.rules import CONTEXT_RULES, RULES

SENTENCES = (
    "Die Brücke wird später fertig als gedacht, teilte die Stadt am Montag bei einem Termin mit.",
    "„Wir haben das Geld, aber nicht die Leute“, sagte der Bürgermeister den Reportern vor Ort.",
    "Unter dem Artikel standen früher Kommentare, und in den Kommentaren stand die Wahrheit.",
    "The bridge will open later than planned, the council said on Monday, blaming the weather.",
    "Le pont ouvrira plus tard que prévu, a annoncé lundi la mairie, qui accuse la météo du mois.",
    "Мост откроется позже, чем планировалось, сообщила в понедельник городская администрация.",
    "市政府星期一表示，由于天气原因，这座桥将比原计划更晚开放，市民需要继续绕行一段时间。",
    "Wer über die Brücke will, muss warten; wer nicht will, wartet auch, denn einen anderen Weg "
    "gibt es seit dem Hochwasser im Mai nicht mehr, und die Fähre fährt nur an den Tagen, an denen "
    "der Fährmann Lust dazu hat, was er an keinem Tag vor dem Mittag zu sagen weiß.",
)
HEADINGS = (
    *("Brücke wird später fertig", "Lokales", "Konstruktives Gespräch", "Kommentare", "Video"),
    *("Bridge to open late", "Ein Jahr danach: was bleibt?", "Mehr zum Thema", "Wetter", "Sport"),
)
AROUND = (
    *("20.05.2021 07:47", "12. März 2024, 08:15 Uhr", "vor 3 Stunden", "Von Anna Berg", "By Ann B"),
    *("Das Rathaus am Abend (Foto: dpa)", "Das Rathaus am Abend", "(Bild: AFP)", "© Anna Berg"),
    *("Home > Lokales > Wesselburg", "Start | Sport | Kultur", "© 2024 Tageblatt", "3", "1.204"),
    *("00:00", "1,5x", "-03:12", "***", "—", "✓", "★★★☆☆", "Anna_77", "Guter Text, danke!"),
)
ODD = (
    *("", "", " ", "\t \t", "\u00a0", "\u3000\u2003", "\u200b", "\ufeff", "\u00ad", "\f", "\x0b"),
    *("\u2028", "a\u2028b", "a\x85b", "\x1c", "\x00", "\ud800", "\udfffAbspielen", "ABSPIELEN"),
    *(
        "A\u0308",
        "Schlie\u00dfen",
        "SCHLIESSEN",
        "\u1e9e",
        "\u202eneliepsbA",
        "Ａｂｓｐｉｅｌｅｎ",
        "İ",
        "ﬁ",
    ),
    *(
        "{n}",
        "{name} {t}",
        "\\d+",
        "(" * 80,
        '"' * 9,
        "a" * 301,
        "Teilen" * 60,
        "👍🏽",
        "e" + "́" * 40,
    ),
)


@cache
def furniture() -> tuple[str, ...]:
    """Every line that a phrase table must drop."""
    tables = read_tables()
    return tuple(line for t in tables for p in t.langs.values() for line in p.drop)


def lines() -> st.SearchStrategy[str]:
    """Lines of every kind, those of real pages more often than the made-up ones."""
    real = [furniture(), furniture(), SENTENCES, SENTENCES, HEADINGS, AROUND]
    some = [*map(st.sampled_from, real), st.just(""), st.just("")]
    return st.one_of(*some, st.sampled_from(ODD), st.text(max_size=12))


def blocks() -> st.SearchStrategy[list[str]]:
    """Runs of lines as pages have them: a player, a menu, teasers, a thread, a paragraph."""
    controls = [line for line in furniture() if len(line) < 25]
    short = st.sampled_from((*HEADINGS, *AROUND, *controls))
    return st.one_of(
        st.lists(st.sampled_from(controls), min_size=1, max_size=6),
        st.lists(short, min_size=1, max_size=6),
        st.sampled_from(SENTENCES).map(lambda line: [line]),
        st.sampled_from(SENTENCES).map(lambda line: [line]),
        st.tuples(st.sampled_from(HEADINGS), st.sampled_from(SENTENCES)).map(list),
        st.lists(lines(), min_size=1, max_size=4),
    )


def dumps() -> st.SearchStrategy[str]:
    """Dumps: loose lines with any line ends, whole pages, or any text at all."""
    ends = st.sampled_from(("\n", "\n", "\n\n", "\r\n", "\r", "\n \n"))
    loose = st.lists(st.tuples(lines(), ends).map("".join), max_size=14).map("".join)
    parted = st.lists(blocks().map("\n".join), min_size=2, max_size=9)
    pages = st.tuples(st.sampled_from(("\n\n", "\n", "\r\n\r\n")), parted).map(_joined)
    return st.one_of(loose, pages, pages, st.text(st.characters(), max_size=60))


def _joined(parts: tuple[str, list[str]]) -> str:
    return parts[0].join(parts[1])


OPTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"body_only": True},
    {"skip": ("player", "repeat")},
    {"skip": ("body", "head")},
    {"only": ("player", "comments", "promo")},
    {"only": "related", "body_only": True},
    {"lang": "de"},
)
# With `body_only` the line model judges every dump, and what is left is another dump to it.
STABLE_OPTIONS = ({}, {"body_only": True, "skip": "model"}, *OPTIONS[2:])
by_options = pytest.mark.parametrize("options", OPTIONS, ids=str)


def many(examples: int) -> settings:
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def lines_of(dump: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", dump)


def is_subsequence(part: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(line in rest for line in part)


def rebuilt(cleaned: Cleaned, source: str) -> str:
    """The text by the letter of the README, from nothing but the dump and the marks."""
    asked: dict[Verdict, set[int]] = {Verdict.DROP: set(), Verdict.KEEP: set()}
    for mark in cleaned.marks:
        asked[mark.verdict].update(range(mark.start, mark.stop))
    gone = asked[Verdict.DROP] - asked[Verdict.KEEP]
    text: list[str] = []
    for number, line in enumerate(lines_of(source)):
        if number in gone and line.strip():
            continue
        if line.strip():
            text.append(line)
        elif text and text[-1]:
            text.append("")
    while text and not text[-1]:
        text.pop()
    return "\n".join(text)


# --- the promises


@by_options
@many(200)
@given(dump=dumps())
def test_every_line_left_is_a_line_of_the_input_verbatim_and_in_order(
    options: dict[str, Any], dump: str
) -> None:
    left = [line for line in clean(dump, **options).split("\n") if line.strip()]
    assert is_subsequence(left, [line for line in lines_of(dump) if line.strip()])


@pytest.mark.parametrize("options", STABLE_OPTIONS, ids=str)
@many(300)
@given(dump=dumps())
def test_a_clean_text_stays_as_it_is(options: dict[str, Any], dump: str) -> None:
    once = clean(dump, **options)
    assert clean(once, **options) == once


@by_options
@many(150)
@given(dump=dumps())
def test_the_marks_replayed_give_the_text(options: dict[str, Any], dump: str) -> None:
    cleaned = explain(dump, **options)
    assert Cleaned(cleaned.page, cleaned.marks).text == cleaned.text == clean(dump, **options)
    assert rebuilt(cleaned, dump) == cleaned.text


@many(300)
@given(dump=dumps())
def test_kept_and_removed_part_the_lines_that_are_not_blank(dump: str) -> None:
    cleaned = explain(dump)
    kept, removed = list(cleaned.kept), [line for line, _ in cleaned.removed]
    numbers = [n for n, line in enumerate(lines_of(dump)) if line.strip()]
    assert sorted(line.number for line in kept + removed) == numbers
    assert [line.text for line in kept] == [t for t in cleaned.text.split("\n") if t]
    for line, mark in cleaned.removed:
        assert mark in cleaned.marks
        assert mark.verdict is Verdict.DROP
        assert mark.start <= line.number < mark.stop


@many(300)
@given(dump=dumps())
def test_marks_lie_on_the_page_and_say_who_and_why(dump: str) -> None:
    names = {rule.name for rule in (*RULES, *CONTEXT_RULES)} | {"guard/too-little"}
    cleaned = explain(dump)
    for mark in cleaned.marks:
        assert 0 <= mark.start < mark.stop <= len(cleaned.page.lines)
        assert mark.rule in names
        assert mark.because
        assert "\n" not in str(mark)


def with_rules(
    monkeypatch: pytest.MonkeyPatch, rules: tuple[Any, ...], in_context: tuple[Any, ...]
) -> None:
    monkeypatch.setattr(pipeline, "RULES", rules)
    monkeypatch.setattr(pipeline, "CONTEXT_RULES", in_context)
    forget_plans()


def forget_plans() -> None:
    for thing in vars(pipeline).values():
        if hasattr(thing, "cache_clear"):
            thing.cache_clear()


@pytest.fixture
def patched(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    forget_plans()


def outcome(dump: str) -> tuple[str, set[Mark]]:
    cleaned = explain(dump)
    return cleaned.text, set(cleaned.marks)


def in_order(
    patched: pytest.MonkeyPatch, order: Callable[[Any], Iterable[object]], dump: str
) -> tuple[str, set[Mark]]:
    with_rules(patched, tuple(order(RULES)), tuple(order(CONTEXT_RULES)))
    return outcome(dump)


@settings(many(400), suppress_health_check=list(HealthCheck))
@given(dump=dumps(), random=st.randoms(use_true_random=False))
def test_the_order_of_rules_does_not_matter(
    patched: pytest.MonkeyPatch, dump: str, random: Random
) -> None:
    as_listed = in_order(patched, list, dump)
    assert in_order(patched, lambda rules: reversed(rules), dump) == as_listed
    assert in_order(patched, lambda rules: random.sample(rules, len(rules)), dump) == as_listed


def test_the_shuffle_reaches_the_rules(patched: pytest.MonkeyPatch) -> None:
    assert clean("Abspielen\nEin Satz") == "Ein Satz"
    with_rules(patched, (), ())
    assert clean("Abspielen\nEin Satz") == "Abspielen\nEin Satz"


FIRST_PASS = frozenset(rule.name for rule in RULES)
FIRST_GROUPS = tuple(sorted({rule.group for rule in RULES}))


def removed_by_pass_one(cleaned: Cleaned) -> set[int]:
    marked = {
        number
        for mark in cleaned.marks
        if mark.rule in FIRST_PASS and mark.verdict is Verdict.DROP
        for number in range(mark.start, mark.stop)
    }
    return marked & {line.number for line, _ in cleaned.removed}


@many(400)
@given(dump=dumps(), group=st.sampled_from(FIRST_GROUPS))
def test_pass_one_removes_no_more_when_a_group_is_skipped(dump: str, group: str) -> None:
    less, all_of_it = explain(dump, skip=group), explain(dump)
    assert removed_by_pass_one(less) <= removed_by_pass_one(all_of_it)
    assert not any(mark.group == group for mark in less.marks)


@many(150)
@given(dump=dumps(), group=st.sampled_from(FIRST_GROUPS))
def test_only_a_group_removes_by_no_other(dump: str, group: str) -> None:
    assert {mark.group for _, mark in explain(dump, only=group).removed} <= {group}


@many(400)
@given(dump=st.text(st.characters(), max_size=80))
def test_any_string_is_accepted(dump: str) -> None:
    for options in OPTIONS:
        assert isinstance(clean(dump, **options), str)


# --- the edges


@pytest.mark.parametrize("dump", ["", "\n", "\r\n\r\n", " ", "\n \n\t\n", "\u00a0\n\u3000"])
def test_nothing_comes_of_nothing(dump: str) -> None:
    cleaned = explain(dump)
    assert (cleaned.text, cleaned.kept, cleaned.removed) == ("", (), ())


@pytest.mark.parametrize("line", [*SENTENCES, "Brücke wird später fertig", "x"])
def test_a_lone_line_of_no_furniture_stays(line: str) -> None:
    assert clean(line) == line


def test_every_lone_furniture_line_goes() -> None:
    assert [line for line in furniture() if clean(line)] == []


def test_a_page_of_nothing_but_furniture_comes_out_empty() -> None:
    assert clean("\n".join(furniture())) == ""
    assert clean("\r\n\r\n".join(furniture())) == ""


# --- counterexamples to the promises above; each is taken off here when the code is mended

P, Q = SENTENCES[0], SENTENCES[1]


@pytest.mark.parametrize(
    ("dump", "options"),
    [
        ("Anzeige\n\nBrücke wird später fertig\nAbspielen\nAnzeige\nAbspielen", {}),
        (f"{P}\n\nKommentare\n{P}", {}),
        (
            "\n".join(f"Zeile {n}" for n in range(20)) + f"\n\n{P}",
            {"body_only": True, "skip": "model"},
        ),
        ("Anzeige\n" * 5 + f"\nAnzeige\n\n{P}", {"only": "related", "body_only": True}),
        ("Anzeige\nAnzeige\n\n" + "Brücke wird später fertig\n" * 3 + "会社概要", {}),
        (f"{P}\nvor 3 Stunden\nvor 3 Stunden\nAnzeige\n{P}", {"only": "ads", "body_only": True}),
        (f"Anzeige\n\n{P}\n\nKommentare\n{P}", {}),
        (f"{P}\n\n{P}\n\nKommentare\nKommentare\n\n{P}\n\nKommentare\n\nKommentare\n{Q}", {}),
        ("\ufeff\ufeffBrücke", {}),
        ("Abspielen\n\ufeffBrücke", {}),
    ],
)
def test_a_clean_text_stays_as_it_is_here_too(dump: str, options: dict[str, Any]) -> None:
    once = clean(dump, **options)
    assert clean(once, **options) == once


@pytest.mark.parametrize("sign", ["\ud800", "\U00018cd6"])
def test_a_clean_text_stays_as_it_is_with_signs_beyond_any_script(sign: str) -> None:
    once = clean(f"이미 회원이신가요?\n\n{P}\n{sign}")
    assert clean(once) == once


@pytest.mark.parametrize(
    "line",
    ["Lesen Sie auch: Foo | Teilen | Kommentare", "Mehr zum Thema | Teilen | Kommentare"],
)
def test_the_order_of_rules_does_not_matter_here_either(
    patched: pytest.MonkeyPatch, line: str
) -> None:
    dump = "\n".join([*SENTENCES, "", line, "", "Ganz anderes Thema", "", "Noch eines"])
    as_listed = in_order(patched, list, dump)
    assert in_order(patched, reversed, dump) == as_listed


# --- time and memory


def repeat(text: str) -> Callable[[int], str]:
    return lambda size: text * (size // len(text) + 1)


NUMBERS = count(10_000)


def numbered(text: str) -> Callable[[int], str]:
    """Lines that never come again, in this dump or the next, so that no cache knows them."""
    return lambda size: "\n".join(text.format(n) for n in islice(NUMBERS, size // (len(text) + 4)))


PLAYER = (
    "Loading...\n00:00 / 00:00\nAbspielen\nAufklappen\nVorige 10 Sekunden\n1.0x Geschwindigkeit"
)
PAGE = "\n\n".join(
    ("Brücke wird später fertig", "Lokales", *SENTENCES, PLAYER, "Kommentare", "3", "")
)

# Hostile dumps of about a given length, by what is hostile in them.
SHAPES = {
    "a page repeated": repeat(PAGE),
    "one huge word": repeat("a"),
    "one huge sentence": repeat("wort und "),
    "one-letter lines": repeat("a\n"),
    "controls": repeat("Abspielen\n"),
    "digits in one line": repeat("1 "),
    "numbers, a line each": numbered("{}"),
    "blank lines": repeat("\n"),
    "lines of blanks": repeat("  \n"),
    "almost a control": numbered("Abspielen{}"),
    "almost a notice": numbered("hier ist kein Kommentieren noch möglich {}"),
    "almost a credit": numbered("Haus {} (Bild (Foto ((((((: :: ©"),
    "captions and alt texts": numbered("Haus am {0} See (Bild: AFP)\nHaus am {0} See"),
    "dates": repeat("20.05.2021 07:47\n"),
    "paths": repeat("Home > Lokales > Wesselburg\n"),
    "copyright signs": repeat("© © © (c) © © x\n"),
    "one paragraph repeated": repeat(f"{P}\n"),
    "a heading above each paragraph": repeat(f"Kommentare\n{P}\n"),
    "threads": repeat(f"Kommentare\n\nGast\nAntworten\n{P}\n"),
    "opened quotes": repeat('"'),
    "opened brackets": repeat("("),
    "accents": repeat("e\u0301"),
    "lone surrogates": repeat("\ud800\n"),
    "other scripts": repeat("Мост откроется позже\n桥将更晚开放\n"),
    "blank lines after headings": repeat("Kommentare\n\n\n\n\n\n\n\n"),
    "colons": repeat("So lautet die ganze Liste:\n\n"),
}


def half(begin: str, end: str) -> Callable[[int], str]:
    return lambda size: begin * (size // 2 // len(begin)) + end * (size // 2 // len(end))


MANY_HEADINGS = {
    "headings of stories": (repeat("Mehr zum Thema\n\nEine Zeile\n"), 100_000),
    "headings of stories, then prose": (
        lambda size: repeat("Mehr zum Thema\n\nEine Zeile\n")(size) + P,
        100_000,
    ),
    "controls that the text names": (repeat(f"Video abspielen\n\n{P}\n"), 30_000),
    "headings of contents": (half("On this page\n", "Eine Zeile\n"), 100_000),
    "entries of contents that differ": (
        lambda size: (
            f"On this page\n{numbered('Tal {}')(size)}\nHaus\nHaus\n{numbered('{}')(size)}"
        ),
        30_000,
    ),
}


MOST = 25
"""Times the CPU that ten times the input may take; quadratic time is a hundred times."""


def cpu(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def growth(make: Callable[[int], str], size: int) -> float:
    """How many times the CPU ten times the input takes; the least of three, unless it is clear."""
    clean(make(size))
    small = min(cpu(partial(clean, make(size))) for _ in range(3))
    ratio = math.inf
    for _ in range(3):
        ratio = min(ratio, cpu(partial(clean, make(10 * size))) / max(small, 1e-3))
        if ratio <= MOST or ratio > 2 * MOST:
            break
    return ratio


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_input_and_no_faster(shape: str) -> None:
    assert growth(SHAPES[shape], 100_000) <= MOST


@pytest.mark.slow
@pytest.mark.parametrize(("make", "size"), MANY_HEADINGS.values(), ids=MANY_HEADINGS)
def test_time_grows_no_faster_with_many_headings(make: Callable[[int], str], size: int) -> None:
    assert growth(make, size) <= MOST


@pytest.mark.slow
def test_time_grows_no_faster_when_pages_of_all_furniture_are_repeated() -> None:
    page = "\n\n".join(("Brücke wird später fertig", *SENTENCES, *furniture()[::40], ""))
    assert growth(repeat(page), 200_000) <= MOST  # so much that one garbage collection is little


@pytest.mark.slow
def test_time_grows_with_the_seed_repeated(seed: str) -> None:
    assert growth(repeat(f"{seed}\n\n"), 100_000) <= MOST


# Run by a process of its own, which gives its memory back and says how much it took.
FIFTY = """
import resource, sys
from cleaner import clean
piece = sys.stdin.buffer.read().decode()
dump = piece * (50_000_000 // len(piece) + 1)
text = clean(dump)
size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
print(len(text), len(dump), size)
"""


@pytest.mark.slow
@pytest.mark.parametrize("piece", [PAGE, "a", "Abspielen\n"], ids=["pages", "word", "controls"])
def test_fifty_megabytes_are_cleaned(piece: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIFTY], input=piece.encode(), capture_output=True, check=True
    )
    left, given, gigabytes = map(float, done.stdout.split())
    assert given >= 50_000_000
    if piece == PAGE:
        assert 0 < left < given
    else:
        assert left == (given if piece == "a" else 0)
    assert gigabytes < 6
