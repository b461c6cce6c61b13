"""The line model: what it removes from bare text, why, and what it leaves alone."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from cleaner import CleanerError, clean, explain, explain_html
from cleaner.cli import main
from cleaner.fixtures import Fixture, read_fixtures
from cleaner.mark import Cleaned, Marks
from cleaner.model import net
from cleaner.model.features import Features, read_features
from cleaner.model.judge import MARGIN, judge
from cleaner.model.reasons import REASONS, parts
from cleaner.model.rule import FEWEST, OF_BODY, UNLIKELY
from cleaner.model.seen import see
from cleaner.model.units import FIRST_WORDS, read_units, read_words
from cleaner.page import Page
from cleaner.read_text import read_text

ROOT = Path(__file__).parents[1]

MOST_BODY_LINES_LOST = 17
"""Lines of develop fixtures' articles that the model takes with `body_only` and rules leave."""

MOST = 25
"""Times the CPU that ten times the lines may take; quadratic time is a hundred times."""

STORY = (
    "Die Brücke über die Wessel wird später fertig als gedacht. Das teilte die Stadt am Montag "
    "mit. Grund sind Risse in zwei Pfeilern, die bei der Sanierung entdeckt wurden.",
    "„Wir müssen beide Pfeiler bis auf den Grund freilegen“, sagte Bauleiterin Anna Berg bei "
    "einem Termin auf der Baustelle. Danach werde entschieden, ob sie zu retten sind.",
    "Was das kostet",
    "Bisher war von vier Millionen Euro die Rede. Nun rechnet die Stadt mit sechs, von denen das "
    "Land einen Teil trägt. Wie viel das ist, steht noch nicht fest, und so bleibt offen, wann "
    "die Arbeiten am Überbau beginnen.",
    "Fußgänger kommen weiter über den Steg, den die Feuerwehr im Frühjahr gebaut hat. Autos "
    "fahren bis auf Weiteres über Oberau, was eine halbe Stunde länger dauert.",
)
THINGS = (
    *("Fahrrad", "Schrank", "Rasenmäher", "Kinderwagen", "Akkordeon"),
    *("Waschmaschine", "Zelt", "Hobelbank", "Drehorgel", "Aquarium"),
)
PLACES = ("Oberau", "Wesselburg", "Niederwessel", "Steinach", "Moorhof")
SMALL_ADS = [part for thing in THINGS for place in PLACES for part in (thing, place, "VB")]
HEADLINE, DATE = "Brücke wird später fertig", "12.03.2024, 08:15"
ARTICLE = "\n\n".join((HEADLINE, DATE, *STORY))
DUMP = "\n".join(
    ("Wesselbote", "Zum Inhalt springen", "", ARTICLE, "", *SMALL_ADS, "", "Impressum")
)


@cache
def develop() -> tuple[Fixture, ...]:
    fixtures = read_fixtures(ROOT / "fixtures")
    return tuple(fixture for fixture in fixtures if fixture.split == "develop")


def by_model(cleaned: Cleaned) -> list[tuple[str, str]]:
    return [(line.text, mark.because) for line, mark in cleaned.removed if mark.rule == UNLIKELY]


def seen_by_model(text: str) -> tuple[Page, Marks]:
    cleaned = explain(text, skip="model")
    return cleaned.page, Marks(cleaned.page, cleaned.marks)


# --- what goes and what stays


def test_the_body_is_left_of_a_page() -> None:
    left = [line for line in clean(DUMP, body_only=True).split("\n") if line]
    assert left == [*STORY]


def test_what_stands_far_from_the_article_goes_that_no_rule_names() -> None:
    ruled, left = clean(DUMP, skip="model").split("\n"), clean(DUMP).split("\n")
    assert {*SMALL_ADS} <= {*ruled}
    assert left.count("VB") < ruled.count("VB") / 5
    assert {*ARTICLE.split("\n")} <= {*left}


def test_what_stands_near_the_article_stays_unless_the_body_alone_is_wanted() -> None:
    few = ARTICLE.split("\n")
    left = clean("\n".join(("Abspielen", *few, *SMALL_ADS))).split("\n")
    below = left[left.index(STORY[-1]) + 1 :]
    assert below[:MARGIN] == SMALL_ADS[:MARGIN]


def test_a_pasted_article_stays_whole() -> None:
    assert clean(ARTICLE) == ARTICLE
    assert clean(ARTICLE, body_only=True) == "\n\n".join(STORY)


def test_articles_that_are_clean_stay_so() -> None:
    lost = [
        (fixture.name, text)
        for fixture in develop()
        for text, _ in by_model(explain(fixture.clean))
    ]
    assert not lost


@pytest.mark.parametrize("body_only", [False, True])
def test_a_dump_of_few_lines_keeps_them(body_only: bool) -> None:
    text = "\n".join(("Abspielen", *SMALL_ADS[: FEWEST - 1]))
    assert not by_model(explain(text, body_only=body_only))


def test_a_page_without_an_article_may_be_left_empty() -> None:
    text = "\n".join(("Zum Inhalt springen", *SMALL_ADS, "Impressum"))
    assert clean(text, body_only=True, threshold=1) == ""
    assert clean(text, threshold=1), "nobody asked for the body alone"


@pytest.mark.parametrize("text", ["", "\n \n", "a", "***", "\ud800\n\ud800", "橋\n" * 3, "1\n2\n3"])
def test_next_to_nothing_is_judged_without_complaint(text: str) -> None:
    cleaned = explain(f"Abspielen\n{text}", body_only=True)
    assert {*cleaned.text.split("\n")} <= {"", *cleaned.page.texts}


def test_no_line_of_an_article_is_lost_that_rules_leave() -> None:
    lost = {
        (fixture.name, line.number + 1, line.text)
        for fixture in develop()
        for line, mark in explain(fixture.dump).removed
        if mark.rule == UNLIKELY and line.number not in fixture.group_of
    }
    assert not lost


def test_hardly_a_line_of_a_body_is_lost_that_rules_leave() -> None:
    lost = [
        (fixture.name, line.number + 1, line.text)
        for fixture in develop()
        for line, mark in explain(fixture.dump, body_only=True).removed
        if mark.rule == UNLIKELY and line.number not in {*fixture.group_of, *fixture.apart}
    ]
    assert len(lost) <= MOST_BODY_LINES_LOST, lost


def told(monkeypatch: pytest.MonkeyPatch, body: Callable[[int], float]) -> None:
    """Have the net say of each line, by its place, how likely it is of the body."""

    def read(features: Features, weights: net.Weights) -> net.Reading:
        reading = net.read(features, weights)
        likely = np.array([body(place) for place in range(len(reading.likely))], np.float32)
        return reading._replace(likely=np.stack((1 - likely, 0 * likely, likely), axis=1))

    monkeypatch.setattr("cleaner.model.judge.read", read)


def test_what_rules_hold_for_the_head_stays_where_the_model_holds_it_for_the_body(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert HEADLINE not in clean(DUMP, body_only=True, skip="model")
    told(monkeypatch, lambda place: 0.9)
    cleaned = explain(DUMP, body_only=True)
    (mark,) = (
        m for m in cleaned.marks if m.rule == OF_BODY and cleaned.page.texts[m.start] == HEADLINE
    )
    assert mark.because == "body 0.90 ≥ 0.40"
    assert HEADLINE in cleaned.text
    told(monkeypatch, lambda place: 0.1 if place < 5 else 0.9)
    assert HEADLINE not in clean(DUMP, body_only=True)


def test_a_subhead_goes_with_what_it_heads(monkeypatch: pytest.MonkeyPatch) -> None:
    about = "Kommentare sind auf dieser Seite so selten geworden, dass wir sie an die Wand hängen."
    text = "\n".join((*STORY, *SMALL_ADS, "Kommentare", about))
    assert {"Kommentare", about} <= {*clean(text + "\nAbspielen", skip="model").split("\n")}
    told(monkeypatch, lambda place: 0.9 if place < len(STORY) else 0.01)
    assert not {"Kommentare", about} & {*clean(text + "\nAbspielen").split("\n")}


def test_html_has_a_model_of_its_own() -> None:
    html = "".join(f"<p>{line}" for line in DUMP.split("\n"))
    assert not by_model(explain_html(html, body_only=True))


# --- the threshold


def test_a_higher_threshold_removes_more() -> None:
    lines = [len(by_model(explain(DUMP, body_only=True, threshold=at))) for at in (0, 0.02, 0.4, 1)]
    assert lines == sorted(lines)
    assert lines[0] == 0 < lines[1] < lines[3]


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_threshold_is_a_probability(threshold: float) -> None:
    with pytest.raises(CleanerError, match="from 0 to 1"):
        clean(DUMP, threshold=threshold)


def test_the_command_line_takes_a_threshold(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(DUMP, encoding="utf-8")
    left = []
    for threshold in ("0", "0.4"):
        assert main(["--body-only", "--threshold", threshold, str(path)]) == 0
        left.append(capfdbinary.readouterr().out.decode().rstrip("\n"))
    assert left == [clean(DUMP, body_only=True, threshold=at) for at in (0, 0.4)]
    assert left[0] != left[1]


@pytest.mark.parametrize("threshold", ["2", "nan", "half"])
def test_the_command_line_refuses_what_is_no_probability(
    threshold: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--threshold", threshold]) == 2
    assert f"{threshold!r} is no probability" in capsys.readouterr().err


# --- the reasons


def test_reasons_name_the_probability_and_three_things_that_a_person_sees() -> None:
    told = [because for _, because in by_model(explain(DUMP, body_only=True))]
    assert told
    for because in told:
        found = re.fullmatch(r"([01]\.\d\d) < 0\.40 by (.+), (.+), (.+)", because)
        assert found, because
        assert float(found[1]) <= 0.4
        assert len({*found.groups()[1:]} & {*REASONS}) == 3


def test_reasons_are_parts_of_the_sum_that_decides() -> None:
    made = net.weights()
    reading = net.read(read_features(see(*seen_by_model(DUMP)), made.tables), made)
    lines = np.arange(len(reading.likely))
    towards = made.out[:, net.FURNITURE] - made.out[:, net.BODY]
    biases = (reading.line > 0) @ (made.line_bias * towards)
    whole = parts(reading, lines, made).sum(axis=1) + biases
    whole += made.out_bias[net.FURNITURE] - made.out_bias[net.BODY]
    furniture, body = reading.likely[:, net.FURNITURE], reading.likely[:, net.BODY]
    assert np.allclose(whole, np.log(furniture / body), atol=1e-2)


# --- the net and what it is given


def by_the_book(features: Features, made: net.Weights) -> np.ndarray:
    """Run the net as its training defines it, a line at a time."""
    lines = []
    for row, start, stop in zip(
        features.dense, features.starts[:-1], features.starts[1:], strict=True
    ):
        words = made.words[features.words[:, start:stop]].sum(axis=0)
        mean = words.mean(axis=0) if stop > start else np.zeros(made.words.shape[1])
        whole = made.words[features.lines[:, len(lines)]].sum(axis=0)
        given = np.concatenate((row, mean, whole))
        lines.append(np.maximum(given @ made.line + made.line_bias, 0))
    inner = np.array(lines)
    pooled = np.concatenate((inner.mean(axis=0), inner.max(axis=0)))
    inner = inner + pooled @ made.page + made.page_bias
    rounds = [*zip(net.REACHES, made.near, made.near_bias, strict=True)]

    def look_around(
        inner: np.ndarray, reach: int, into: np.ndarray, bias: np.ndarray
    ) -> np.ndarray:
        none = np.zeros(inner.shape[1])
        around = [
            np.concatenate(
                (
                    inner[n - reach] if n >= reach else none,
                    inner[n],
                    inner[n + reach] if n + reach < len(inner) else none,
                )
            )
            for n in range(len(inner))
        ]
        return inner + np.maximum(np.array(around) @ into + bias, 0)

    for reach, into, bias in rounds:
        inner = look_around(inner, reach, into, bias)
    heed = 1 / (1 + np.exp(-(inner @ made.heed + made.heed_bias)))
    means = (heed.T @ inner) / (heed.sum(axis=0) + net.UNSURE)[:, None]
    known = np.concatenate((inner, np.tile(means.ravel(), (len(inner), 1))), axis=1)
    inner = inner + np.maximum(known @ made.again + made.again_bias, 0)
    inner = look_around(inner, net.LAST_REACH, made.last, made.last_bias)
    raised = np.exp(inner @ made.out + made.out_bias)
    return raised / raised.sum(axis=1, keepdims=True)


@pytest.mark.parametrize(
    "text", [DUMP, "\n".join(STORY), "a\nb", "橋がおそくなる\n。\n- 1 -", DUMP * 20]
)
def test_the_net_is_what_its_training_says(text: str) -> None:
    made = net.weights()
    features = read_features(see(*seen_by_model(text)), made.tables)
    likely = net.read(features, made).likely
    assert np.allclose(likely, by_the_book(features, made), atol=1e-4)


def test_words_are_found_and_hashed_wherever_they_stand() -> None:
    tables = net.weights().tables
    texts = ["Der Fluss, der FLUSS 12!", "橋が 99 Fluss", "***", "Fluss" + " x" * 40]
    words = read_words(read_units(texts, tables))
    assert words.numbers.tolist() == [5, 4, 0, 41]
    assert np.diff(words.starts).tolist() == [5, 4, 0, FIRST_WORDS]
    of = np.split(words.hashes, words.starts[1:-1])
    assert of[0][0] == of[0][2] != of[0][1] == of[0][3] == of[1][3] == of[3][0]
    assert of[0][4] == of[1][2], "two numbers of two digits are alike"
    assert words.first.tolist() == [of[0][0], of[1][0], 0, of[3][0]]
    assert words.last.tolist() == [of[0][4], of[1][3], 0, of[3][1]]


def test_the_same_page_gives_the_same_marks_whatever_came_before() -> None:
    first = explain(DUMP, body_only=True).marks
    clean("\n".join(SMALL_ADS) * 5, body_only=True)
    assert explain(DUMP, body_only=True).marks == first


def test_the_weights_are_small() -> None:
    assert net.WEIGHTS.stat().st_size <= 3_000_000


# --- what it costs


def imported(code: str) -> str:
    code = f"import sys; from cleaner import clean; {code}; print('numpy' in sys.modules)"
    command = [sys.executable, "-X", "utf8", "-c", code]
    return subprocess.run(
        command, input=DUMP, capture_output=True, encoding="utf-8", check=True, cwd=ROOT
    ).stdout


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        ("clean(sys.stdin.read(), skip='model', body_only=True)", False),
        ("clean(sys.stdin.read()[:600])", False),
        ("clean('Abspielen\\n\\nEs war einmal.', body_only=True)", False),
        ("clean(sys.stdin.read())", True),
    ],
)
def test_numpy_is_imported_where_the_model_is_asked_alone(code: str, needed: bool) -> None:
    assert imported(code) == f"{needed}\n"


def pages_of(lines: int) -> tuple[Page, Marks]:
    """A page of so many lines, and no marks: what the rules take is measured elsewhere."""
    some = DUMP.split("\n")
    page = read_text("\n".join(some * (lines // len(some) + 1)))
    return page, Marks(page, ())


@pytest.mark.slow
def test_time_and_memory_grow_with_the_lines_and_no_faster() -> None:
    def seconds(lines: int) -> float:
        page, marks = pages_of(lines)
        begin = time.process_time()
        assert any(judge(page, marks, True))
        return time.process_time() - begin

    small = min(seconds(20_000) for _ in range(3))
    assert min(seconds(200_000) for _ in range(3)) <= MOST * small
    page, marks = pages_of(200_000)
    tracemalloc.start()
    assert [*judge(page, marks, True)]
    assert tracemalloc.get_traced_memory()[1] < 10**9
    tracemalloc.stop()
