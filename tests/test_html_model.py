"""The HTML model: its marks and reasons, the threshold, the line model's word beside its own."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from story import PROSE, STORY

from cleaner import clean_html, explain_html
from cleaner.cli import main
from cleaner.mark import Cleaned, Verdict
from cleaner.model import html_judge
from cleaner.model.html_features import read_features
from cleaner.model.html_judge import threshold
from cleaner.model.html_net import WEIGHTS, logits_of, weights
from cleaner.read_html import read_html
from cleaner.second_pass import EXTENTS

ROOT = Path(__file__).parents[1]


def test_a_story_is_left_of_its_page() -> None:
    body = [line for line in clean_html(STORY, body_only=True).split("\n") if line]
    assert body == [
        (PROSE * 4).strip(),
        (PROSE * 3).strip(),
        "Was es kostet",
        (PROSE * 5).strip(),
        (PROSE * 2).strip(),
    ]


def test_the_head_stays_unless_only_the_body_is_wanted() -> None:
    assert clean_html(STORY).startswith("Brücke wird später fertig\n")


def test_the_model_gives_its_reasons() -> None:
    cleaned = explain_html(STORY, only="model")
    reasons = [mark.because for _, mark in cleaned.removed]
    assert reasons
    assert all(re.match(r"body 0\.\d\d < 0\.\d\d, in [a-z]+/[a-z/]+", text) for text in reasons)


def test_without_the_model_numpy_is_not_imported() -> None:
    code = (
        "import sys; from cleaner import clean_html; clean_html(sys.stdin.read(), skip='model');"
        "print('numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        input=STORY,
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
    )
    assert done.stdout == "False\n"


def test_each_line_that_is_asked_for_has_its_logits() -> None:
    features = read_features(read_html(STORY))
    every = np.arange(len(read_html(STORY).filled))
    body, head = logits_of(features, weights(), every)
    assert np.isfinite([body, head]).all()
    assert logits_of(features, weights(), every[3:5])[0] == pytest.approx(body[3:5], abs=1e-4)


def test_weights_are_small() -> None:
    assert WEIGHTS.stat().st_size < 1_000_000


def test_a_page_alone_and_twice_is_judged_the_same() -> None:
    once = explain_html(STORY)
    assert explain_html(STORY).marks == once.marks


def test_where_no_article_is_expected_nothing_stays() -> None:
    assert threshold(np.full(3, -7.0), np.full(3, 100.0)) == np.inf


LOGITS, SIZES = np.array([-1.4, 2.2, 0.4, -0.8]), np.array([10.0, 80.0, 40.0, 5.0])


def expected_f1(limit: float, together: float) -> float:
    """By drawing what is right of lines that err together."""
    dice, stays, reached = np.random.default_rng(1), limit <= LOGITS, []
    for _ in range(4000):
        right = SIZES / (1 + np.exp(-(LOGITS + together * dice.standard_normal())))
        reached.append(2 * right[stays].sum() / (SIZES[stays].sum() + right.sum()))
    return float(np.mean(reached))


@pytest.fixture
def err_together(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], None]]:
    """Sets how much lines of a page err alike."""

    def put(together: float) -> None:
        monkeypatch.setattr(html_judge, "TOGETHER", together)
        html_judge.common_errors.cache_clear()

    yield put
    html_judge.common_errors.cache_clear()


@pytest.mark.parametrize("together", [0.0, 2.0])
def test_the_threshold_is_where_expected_f1_is_highest(
    err_together: Callable[[float], None], together: float
) -> None:
    err_together(together)
    best = max(expected_f1(limit, together) for limit in LOGITS)
    reached = expected_f1(threshold(LOGITS, SIZES), together)
    assert reached == pytest.approx(best, abs=0.005)


def test_where_lines_err_together_more_stays(err_together: Callable[[float], None]) -> None:
    logits, sizes = np.array([1.4, -0.8]), np.array([100.0, 200.0])
    err_together(0.0)
    assert threshold(logits, sizes) == 1.4
    err_together(2.0)
    assert threshold(logits, sizes) == -0.8


@pytest.mark.parametrize("html", ["", " ", "<p>", "<p>kurz", "<script>x</script>", "<p hidden>x"])
def test_next_to_nothing_is_no_trouble(html: str) -> None:
    assert explain_html(html, body_only=True).text in ("", "kurz", "x")


def test_marks_of_the_head_keep_and_of_the_model_drop() -> None:
    verdicts = {mark.rule: mark.verdict for mark in explain_html(STORY).marks}
    assert verdicts["model/markup"] is Verdict.DROP
    assert verdicts.get("model/head", Verdict.KEEP) is Verdict.KEEP


def test_where_a_thread_begins_the_rules_do_not_say_for_the_model() -> None:
    post = f"<li><p>Gast<p>{PROSE}<p>Antworten"
    page = f"<h1>Brücke</h1>{f'<p>{PROSE * 4}' * 9}<h2>Kommentare</h2><ul>{post * 6}</ul>"
    alone = {mark.rule for mark in explain_html(page, skip="model").marks}
    assert "comments/thread-text" in alone & EXTENTS
    assert not EXTENTS & {mark.rule for mark in explain_html(page).marks}


# --- the line model beside it


def probabilities(cleaned: Cleaned) -> dict[int, str]:
    """What the model says of the lines that it marks."""
    return {mark.start: mark.because.split()[1] for mark in cleaned.marks if "model" in mark.rule}


def test_the_line_model_has_a_say_where_it_is_asked() -> None:
    fast, accurate = (
        explain_html(STORY, only="model"),
        explain_html(STORY, only="model", accurate=True),
    )
    assert probabilities(fast) != probabilities(accurate)
    assert explain_html(STORY, accurate=True).text == explain_html(STORY).text


def test_a_say_that_counts_for_nothing_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(html_judge, "LINE_MODEL", 0.0)
    fast, accurate = (explain_html(STORY, accurate=asked) for asked in (False, True))
    assert fast.marks == accurate.marks


def test_the_command_line_asks_it(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    page = tmp_path / "page.html"
    page.write_text(STORY, encoding="utf-8")
    said = []
    for options in ([], ["--accurate"]):
        assert main(["--explain", *options, str(page)]) == 0
        said.append(capfdbinary.readouterr())
    assert said[0].out == said[1].out
    assert said[0].err != said[1].err
