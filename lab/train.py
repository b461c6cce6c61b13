r"""Train the line model: cross-validated by site, then on all, and write its weights.

::

    pip install '.[train]' && playwright's Chromium as for `lab.render_players`
    python -m lab.train ../shared/bench --cache DIR            figures of five folds, the curve
    python -m lab.train ../shared/bench --cache DIR --write    weights, from all pages
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import torch

from cleaner import explain
from cleaner.fixtures import read_fixtures
from cleaner.model import net as shipped
from cleaner.model.features import read_features
from cleaner.model.net import BODY, Weights
from cleaner.model.places import Floats
from cleaner.model.reasons import parts
from cleaner.model.units import Tables
from lab.batches import altered, batch_of
from lab.character_tables import make_tables
from lab.corpora import CORPORA, FOLDS, fold_of, read_corpus
from lab.examples import Example, from_fixture, make_example
from lab.line_curve import picture
from lab.line_net import LineNet, loss_of
from lab.line_scores import Scores
from lab.renderers import GIVEN, RENDERERS, rendered

EPOCHS = 36

BATCH = 16
"""Pages a step."""

RATE = 3e-3
"""Learning rate at its highest."""

DECAY, WORD_DECAY = 0.08, 1.5
"""Weight decay, and that of the table of words, which would else learn sites by heart."""

SHARES: Mapping[str, float] = {
    "fixture": 1,
    GIVEN: 0.33,
    f"{GIVEN}-main": 0.15,
    "inscriptis": 0.12,
    "resiliparse": 0.12,
    "resiliparse-main": 0.04,
    "soup-lines": 0.14,
    "soup-bare": 0.07,
    "browser": 0.10,
}
"""How often a page is shown in each renderer's text, as far as it has one."""

TIMES = {"fundus": 2, "fixture": 2}
"""How often corpora count that have few pages, or pages of which no line may be lost."""

THRESHOLDS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9)
"""Thresholds of the curve that the README shows."""

CURVE = Path(__file__).with_name("threshold.svg")

Pages = Mapping[str, Mapping[str, Example]]


def read_examples(
    rows: Sequence[Mapping[str, Any]], texts: Mapping[tuple[str, str], str]
) -> list[Example]:
    """Read all renderings of all pages, and the fixtures that rules may be made from."""
    by_id = {row["id"]: row for row in rows}
    made = (make_example(by_id[page], name, text) for (page, name), text in texts.items())
    fixtures = [
        f for f in read_fixtures(Path("fixtures")) if f.split == "develop" and f.html is None
    ]
    return [*map(from_fixture, fixtures), *filter(None, made)]


def train(examples: Sequence[Example], tables: Tables, seed: int = 0) -> LineNet:
    """Train one net; its weights are averaged over the last steps."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    pages: dict[str, dict[str, Example]] = defaultdict(dict)
    for example in examples:
        pages[example.page][example.renderer] = example
    names = [name for name in sorted(pages) for _ in range(_times(name, pages[name]))]
    net = LineNet()
    tables_of_words, others = [net.words.weight], [*net.parameters()][1:]
    groups = [
        {"params": tables_of_words, "weight_decay": WORD_DECAY},
        {"params": others, "weight_decay": DECAY},
    ]
    optimizer = torch.optim.AdamW(groups, lr=RATE)
    steps = EPOCHS * -(-len(names) // BATCH)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.15)
    average = torch.optim.swa_utils.AveragedModel(net, avg_fn=_towards)

    def pick(renderer: str) -> Example | None:
        some = (pages[names[rng.integers(len(names))]] for _ in range(6))
        return next((page[renderer] for page in some if renderer in page), None)

    for _ in range(EPOCHS):
        order = rng.permutation(len(names))
        for start in range(0, len(order), BATCH):
            chosen = [_rendering(pages[names[n]], rng) for n in order[start : start + BATCH]]
            batch = batch_of([altered(example, pick, tables, rng) for example in chosen])
            optimizer.zero_grad()
            loss_of(net, batch).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            plan.step()
            average.update_parameters(net)
    trained: LineNet = average.module
    return trained


def _towards(average: torch.Tensor, now: torch.Tensor, count: torch.Tensor) -> torch.Tensor:
    """Average over some 500 steps, fewer at first."""
    kept = min(0.998, (1 + float(count)) / (10 + float(count)))
    return average * kept + now * (1 - kept)


def _times(page: str, renderings: Mapping[str, Example]) -> int:
    return TIMES.get("fixture" if "fixture" in renderings else page.partition("-")[0], 1)


def _rendering(page: Mapping[str, Example], rng: np.random.Generator) -> Example:
    names = sorted(page)
    shares = np.array([SHARES[name] for name in names])
    return page[names[rng.choice(len(names), p=shares / shares.sum())]]


def exported(net: LineNet, tables: Tables, examples: Sequence[Example]) -> Weights:
    """Turn a net into what is shipped, in half precision; examples say what reasons are usual."""

    def half(tensor: torch.Tensor) -> Floats:
        rounded: Floats = tensor.detach().numpy().astype(np.float16).astype(np.float32)
        return rounded

    weights = Weights(
        tables,
        words=half(net.words.weight),
        line=half(net.line.weight.T),
        line_bias=half(net.line.bias),
        page=half(net.page.weight.T),
        page_bias=half(net.page.bias),
        near=np.stack([half(near.weight.T) for near in net.near]),
        near_bias=np.stack([half(near.bias) for near in net.near]),
        heed=half(net.heed.weight.T),
        heed_bias=half(net.heed.bias),
        again=half(net.again.weight.T),
        again_bias=half(net.again.bias),
        last=half(net.last.weight.T),
        last_bias=half(net.last.bias),
        out=half(net.out.weight.T),
        out_bias=half(net.out.bias),
        usual=np.zeros(1, np.float32),
    )
    return weights._replace(usual=usual_reasons(weights, examples))


def usual_reasons(weights: Weights, examples: Sequence[Example]) -> Floats:
    """Return the mean of each reason over the lines of bodies, and its spread over all lines."""
    means, every = [], []
    for example in examples:
        reading = shipped.read(read_features(example.seen, weights.tables), weights)
        said = parts(reading, np.arange(len(example.labels)), weights)
        every.append(said)
        if (example.labels == BODY).any():
            means.append(said[example.labels == BODY].mean(axis=0))
    usual = np.stack((np.mean(means, axis=0), np.concatenate(every).std(axis=0)))
    return usual.astype(np.float16).astype(np.float32)


def write(weights: Weights, path: Path) -> None:
    """Write weights as `cleaner.model.net` reads them, the same bytes for the same weights."""
    arrays = weights._asdict()
    tables = arrays.pop("tables")._asdict()
    half = {name: array.astype(np.float16) for name, array in arrays.items()}
    with path.open("wb") as file:
        np.savez(file, **tables, **half)  # unpacking takes longer than all else of reading it


def cross_validate(
    rows: Sequence[Mapping[str, Any]],
    texts: Mapping[tuple[str, str], str],
    examples: Sequence[Example],
    tables: Tables,
    cache: Path,
) -> Scores:
    """Clean every page by a model that has seen no page of its site; the models stay in `cache`."""
    folds = {(e.page, e.renderer): fold_of(e.site) for e in examples}
    scores, by_id = Scores(), {row["id"]: row for row in rows}
    for fold in range(FOLDS):
        started = time.monotonic()
        seen = [example for example in examples if fold_of(example.site) != fold]
        weights = exported(train(seen, tables), tables, [e for e in seen if e.renderer == GIVEN])
        write(weights, cache / f"fold{fold}.npz")
        with patch("cleaner.model.judge.weights", return_value=weights):
            for (page, renderer), text in texts.items():
                if folds.get((page, renderer)) == fold:
                    scores.add(by_id[page], renderer, explain(text, body_only=True).text)
                    for at in THRESHOLDS if renderer == GIVEN else ():
                        cleaned = explain(text, body_only=True, threshold=at)
                        scores.add(by_id[page], f"{renderer} {at:.2f}", cleaned.text)
        print(f"fold {fold} done in {time.monotonic() - started:.0f} s")
    return scores


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path, required=True, help="folder for rendered texts")
    parser.add_argument("--write", action="store_true", help="train on all pages and write")
    args = parser.parse_args()
    rows = [row for name in CORPORA for row in read_corpus(args.bench, name)]
    texts = rendered(rows, args.cache / "rendered.xz")
    tables, examples = make_tables(), read_examples(rows, texts)
    if args.write:
        weights = exported(train(examples, tables), tables, examples[:: len(RENDERERS)])
        write(weights, shipped.WEIGHTS)
    else:
        scores = cross_validate(rows, texts, examples, tables, args.cache)
        print(scores.table(SHARES))
        curves = {
            kind: {at: scores.mean(f"{GIVEN} {at:.2f}", kind)[:2] for at in THRESHOLDS}
            for kind in ("wcxb", "wcxb article")
        }
        CURVE.write_text(picture(curves), encoding="utf-8")


if __name__ == "__main__":
    main()
