"""The figures of a score, counted by hand."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from scored import fixture

from cleaner.fixtures import Fixture, read_fixtures
from cleaner.mark import Cleaned, Mark
from cleaner.score import (
    Figures,
    GroupFigures,
    Scored,
    body_figures,
    figures_of,
    group_figures,
    score,
    total,
    totals,
    word_f1,
)
from cleaner.score_table import WrongLine, wrong_lines

SHIPPED = Path(__file__).parents[1] / "fixtures"

MILL = """\
Abspielen
00:00

Die Mühle dreht sich wieder
Von Ada Bruch

Nach elf Jahren Stillstand mahlt sie Roggen.

Lesen Sie auch: Der letzte Müller

Ein Korn fiel daneben.
Kommentare
"""

FERRY = """\
Play
The ferry is late
It waits for the tide.
"""


def mill() -> Fixture:
    furniture = {
        "player": (range(2),),
        "related": (range(8, 9),),
        "comments": (range(11, 12),),
    }
    return fixture(MILL, furniture, {"head": (range(3, 5),)})


def ferry() -> Fixture:
    return fixture(FERRY, {"player": (range(1),)}, split="held-out")


def cleaned(one: Fixture, *marks: tuple[int, str]) -> Cleaned:
    return Cleaned(one.page, tuple(Mark(n, n + 1, rule, f"“{n}”") for n, rule in marks))


# Both player lines and the comment heading go; so does a line of the article, of seven words; the
# related line stays.
MILL_MARKS = (
    (0, "player/controls"),
    (1, "model/line"),
    (6, "comments/closed"),
    (11, "comments/heading"),
)


def test_the_figures_of_one_fixture_counted_by_hand() -> None:
    figures = figures_of(mill(), cleaned(mill(), *MILL_MARKS))
    # Gold: 5 + 3 + 7 + 4 words. Out: 5 + 3 + 4 of them, and the six of the related line; of those
    # „Sie“ happens to be in the gold too.
    assert figures == Figures(
        fixtures=1,
        furniture=4,
        removed=4,
        right=3,
        words_lost=7,
        word_f1=2 * 13 / (19 + 18),
        exact=0,
    )
    assert figures.lines_lost == 1
    assert (figures.precision, figures.recall, figures.f1) == (3 / 4, 3 / 4, 3 / 4)


def test_a_perfect_clean() -> None:
    figures = figures_of(ferry(), cleaned(ferry(), (0, "player/controls")))
    assert (figures.precision, figures.recall, figures.f1) == (1.0, 1.0, 1.0)
    assert (figures.lines_lost, figures.word_f1, figures.exact) == (0, 1.0, 1)


def test_where_nothing_goes_precision_has_no_value() -> None:
    figures = figures_of(ferry(), cleaned(ferry()))
    assert (figures.precision, figures.recall, figures.f1) == (None, 0.0, 0.0)


def test_where_nothing_ought_to_go_recall_has_no_value() -> None:
    plain = fixture("Ein Satz.\n", {})
    assert figures_of(plain, cleaned(plain)) == Figures(1, 0, 0, 0, 0, 1.0, 1)
    assert figures_of(plain, cleaned(plain)).f1 == 1.0
    lost = figures_of(plain, cleaned(plain, (0, "nav/menu")))
    assert (lost.precision, lost.recall, lost.f1) == (0.0, None, 0.0)


def test_blank_lines_count_for_nothing() -> None:
    one = mill()
    marked = Cleaned(one.page, (Mark(0, 3, "player/run", "a run"),))
    assert figures_of(one, marked).removed == 2


@pytest.mark.parametrize(
    ("gold", "text", "expected"),
    [
        ("", "", 1.0),
        ("…", "", 1.0),
        ("", "Teilen", 0.0),
        ("Teilen", "", 0.0),
        ("Rot, rot", "ROT", 2 / 3),
        ("eins zwei", "zwei eins", 1.0),
        ("eins zwei", "drei", 0.0),
    ],
)
def test_word_f1(gold: str, text: str, expected: float) -> None:
    assert word_f1(gold, text) == expected


def both() -> tuple[Scored, Scored]:
    one, other = mill(), ferry()
    return (
        Scored(one, cleaned(one, *MILL_MARKS), cleaned(one, (3, "head/title"), (10, "nav/menu"))),
        Scored(other, cleaned(other, (0, "player/controls")), cleaned(other)),
    )


def test_lines_are_summed_over_fixtures_and_word_f1_is_a_mean() -> None:
    figures = total([one.figures for one in both()])
    assert figures == Figures(2, 5, 5, 4, 7, (26 / 37 + 1) / 2, 1)
    assert figures.f1 == 4 / 5


def test_totals_by_split_and_by_language() -> None:
    one, other = both()
    assert totals(both(), lambda f: f.split) == {"develop": one.figures, "held-out": other.figures}
    assert list(totals(both(), lambda f: f.lang)) == ["de", "en"]


def test_a_group_has_the_recall_of_its_lines_and_the_precision_of_its_rules() -> None:
    groups = group_figures(both())
    assert groups == (
        GroupFigures("player", furniture=3, found=3, removed=2, right=2),
        GroupFigures("comments", furniture=1, found=1, removed=2, right=1),
        GroupFigures("related", furniture=1, found=0, removed=0, right=0),
        GroupFigures("model", furniture=0, found=0, removed=1, right=1),
    )
    assert [(g.recall, g.precision) for g in groups] == [
        (1.0, 1.0),
        (1.0, 0.5),
        (0.0, None),
        (None, 1.0),
    ]


def test_the_body_alone() -> None:
    # Body lines: 7 and 11 of the mill, 2 and 3 of the ferry; one of them goes, as does one of head.
    figures = body_figures(both())
    assert (figures.article, figures.lines_lost) == (4, 1)
    assert figures.groups == (("head", 2, 1), ("caption", 0, 0), ("credit", 0, 0))


def test_wrong_lines_say_what_happened_and_who_did_it() -> None:
    one = mill()
    assert wrong_lines(one, cleaned(one, *MILL_MARKS)) == (
        WrongLine(
            7, "Nach elf Jahren Stillstand mahlt sie Roggen.", True, "comments/closed", "“6”"
        ),
        WrongLine(9, "Lesen Sie auch: Der letzte Müller", False, "related", ""),
    )


TWICE = "Das Rad am Wehr\nDas Rad am Wehr (Foto: privat)\nDas Rad am Wehr\nEs dreht sich.\n"


@pytest.mark.parametrize(("gone", "lost"), [(0, 0), (2, 0), (1, 1)])
def test_of_a_line_said_twice_either_may_go(gone: int, lost: int) -> None:
    twice = fixture(TWICE, {"repeat": (range(2, 3),)})
    result = cleaned(twice, (gone, "repeat/line"))
    figures = figures_of(twice, result)
    assert (figures.lines_lost, figures.furniture) == (lost, 1)
    assert len(wrong_lines(twice, result)) == 2 * lost


def test_where_both_went_one_is_lost() -> None:
    twice = fixture(TWICE, {"repeat": (range(2, 3),)})
    assert figures_of(twice, cleaned(twice, (0, "repeat/line"), (2, "repeat/line"))).lines_lost == 1


@pytest.mark.parametrize(("size", "shown"), [(80, "x" * 80), (81, "x" * 79 + "…")])
def test_a_wrong_line_is_cut_at_80_characters(size: int, shown: str) -> None:
    one = fixture("x" * size, {"nav": (range(1),)})
    assert [line.text for line in wrong_lines(one, cleaned(one))] == [shown]


def test_to_score_fixtures_takes_less_than_twice_what_it_takes_to_clean_them() -> None:
    fixtures = read_fixtures(SHIPPED)
    total([one.figures for one in score(fixtures)])  # every line has been looked at once
    start = process_time()
    for one in fixtures:
        one.explain()
        one.explain(body_only=True)
    cleaned_in = process_time() - start
    figures = total([one.figures for one in score(fixtures)])
    assert figures.fixtures == len(fixtures) >= 40
    assert process_time() - start < 3 * cleaned_in
