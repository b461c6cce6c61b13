"""Each table of phrases is proved by lines that it must drop and lines that it must keep."""

from __future__ import annotations

import pytest

from cleaner import explain
from cleaner.phrase_files import read_tables
from cleaner.read_text import read_text

TABLES = read_tables()
TABLE_RULES = frozenset(table.rule for table in TABLES)
PROOFS = [(t.rule, lang, held) for t in TABLES for lang, held in sorted(t.langs.items())]
NAMES = [f"{rule}.{lang}" for rule, lang, _ in PROOFS]
each_table = pytest.mark.parametrize(("rule", "lang", "held"), PROOFS, ids=NAMES)


def phrase_rules_on(line: str, lang: str | None = None) -> set[str]:
    return {mark.rule for mark in explain(line, lang=lang).marks if mark.rule in TABLE_RULES}


# --- every table does what its lines say


@each_table
def test_a_table_marks_each_line_that_it_must_drop(rule: str, lang: str, held: object) -> None:
    missed = [line for line in held.drop if rule not in phrase_rules_on(line)]
    assert missed == []


@each_table
def test_naming_its_language_loses_none_of_them(rule: str, lang: str, held: object) -> None:
    spoken = None if lang == "any" else lang
    missed = [line for line in held.drop if rule not in phrase_rules_on(line, spoken)]
    assert missed == []


@each_table
def test_no_phrase_of_any_table_takes_a_near_miss(rule: str, lang: str, held: object) -> None:
    taken = {line: found for line in held.keep if (found := phrase_rules_on(line))}
    assert taken == {}


@pytest.mark.parametrize(
    "around",
    [
        "Die Brücke wird später fertig als gedacht, teilte die Stadt am Montag den Reportern mit.",
        "Мост откроется позже, чем планировалось, сообщила в понедельник городская администрация.",
        "市政府星期一表示，由于天气原因，这座桥将比原计划更晚开放，市民需要继续绕行一段时间。",
    ],
    ids=["latin", "cyrillic", "han"],
)
def test_lines_are_found_on_a_page_of_any_script(around: str) -> None:
    pairs = ((rule, line) for rule, _, held in PROOFS for line in held.drop)
    lines = [(rule, line) for rule, line in pairs if rule in phrase_rules_on(line)]
    found: set[tuple[str, str]] = set()
    for start in range(0, len(lines), 40):
        page = [
            around if n % 2 else line for _, line in lines[start : start + 40] for n in range(6)
        ]
        cleaned = explain("\n".join(page))
        found |= {(m.rule, cleaned.page.texts[m.start]) for m in cleaned.marks}
    assert [pair for pair in lines if pair not in found] == []


def test_every_line_that_proves_a_table_is_one_line() -> None:
    for _, _, held in PROOFS:
        for line in (*held.drop, *held.keep):
            assert line.strip()
            assert len(read_text(line).texts) == 1
