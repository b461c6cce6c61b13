"""The line model's net: what it computes, what it is given, what it costs."""

from __future__ import annotations

import subprocess
import sys
import time
import tracemalloc

import numpy as np
import pytest
from command import ROOT
from small_ads import DUMP, SMALL_ADS, STORY, seen_by_model

from cleaner import clean, explain
from cleaner.mark import Marks
from cleaner.model import net
from cleaner.model.features import Features, read_features
from cleaner.model.judge import judge
from cleaner.model.seen import see
from cleaner.model.units import FIRST_WORDS, read_units, read_words
from cleaner.page import Page
from cleaner.read_text import read_text

MOST = 25
"""Times the CPU that ten times the lines may take; quadratic time is a hundred times."""


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
