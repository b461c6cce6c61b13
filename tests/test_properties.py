"""What holds for every dump: the promises of the README, on dumps that Hypothesis makes up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

import pytest
from dumps import SENTENCES, dumps, furniture
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner import Cleaned, Mark, Verdict, clean, explain, plan
from cleaner.rules import CONTEXT_RULES, RULES

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
    monkeypatch.setattr(plan, "RULES", rules)
    monkeypatch.setattr(plan, "CONTEXT_RULES", in_context)
    forget_plans()


def forget_plans() -> None:
    for thing in vars(plan).values():
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
