"""Train the HTML model, or tell by folds of sites how good one is that has not seen the page.

    python -m lab.train_html ../shared/bench               cross-validation
    python -m lab.train_html ../shared/bench --lines DIR   of `accurate` too: DIR is the cache of
                                                           `lab.train`, which holds its nets by fold
    python -m lab.train_html ../shared/bench --write       trains on all pages, writes the weights

Needs torch, which what is shipped does not.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from cleaner import clean_html
from cleaner.model import html_net
from cleaner.model import net as line_net
from lab.corpora import CORPORA, FOLDS, as_typed, fold_of, read_corpus, site_of
from lab.html_examples import Example, examples
from lab.html_net import Net, batch, save
from lab.line_scores import Scores

EPOCHS = 5
BATCH = 16
RATE = 2e-3
DECAY = 0.05
"""The tables of tokens have a row for each word that a site may use: they overfit without it."""

LONGEST = 1500
"""Pages of more lines are left out of training: 1 in 100."""

SEED = 0

WAYS = ("as it is", "accurate")


def loss(logits: Tensor, given: dict[str, Tensor]) -> Tensor:
    """Cross entropy, each page weighing the same, and one less the F1 that is expected."""
    sizes, hits = given["sizes"].float(), given["hits"].float()
    wanted = (hits >= sizes / 2) & (sizes > 0)
    page = given["page"]
    pages = int(page.max()) + 1

    def by_page(values: Tensor) -> Tensor:
        return torch.zeros(pages).index_add(0, page, values)

    weights = torch.sqrt(sizes) + 0.3
    weights = weights / by_page(weights)[page]
    entropy = torch.nn.functional.binary_cross_entropy_with_logits
    body = (entropy(logits[:, 0], wanted.float(), reduction="none") * weights).sum() / pages
    head = (entropy(logits[:, 1], given["heads"].float(), reduction="none") * weights).sum() / pages
    likely = torch.sigmoid(logits[:, 0])
    right, taken = by_page(likely * hits), by_page(likely * sizes)
    f_one = (2 * right + 1) / (taken + by_page(hits * wanted) + 1)
    return body + 0.1 * head + (1 - f_one).mean()


def train(pages: Sequence[Example]) -> Net:
    """Train a net; the same pages in the same order give the same net."""
    torch.set_num_threads(1)  # sums in the same order on any machine
    torch.manual_seed(SEED)
    dice = np.random.default_rng(SEED)
    pages = [page for page in pages if len(page.lines) < LONGEST]
    net = Net(np.concatenate([page.features.dense for page in pages]))
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(pages) // BATCH)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, steps, pct_start=0.15)
    net.train()
    for _ in range(EPOCHS):
        order = dice.permutation(len(pages))
        for begin in range(0, len(order), BATCH):
            given = batch([pages[place] for place in order[begin : begin + BATCH]], dice)
            optimizer.zero_grad()
            loss(net(given), given).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            rates.step()
    net.eval()
    return net


def cross_validate(folder: Path, pages: Sequence[Example], lines: Path | None) -> None:
    """Print how the whole pipeline does on pages of sites that the nets have not seen."""
    rows = [row for corpus in CORPORA for row in read_corpus(folder, corpus)]
    scores, snippets = Scores(), defaultdict[str, list[bool]](list)
    ways = (False, True) if lines else (False,)
    for fold in range(FOLDS):
        with tempfile.TemporaryDirectory() as place:
            use(train([page for page in pages if page.fold != fold]), Path(place) / "weights.npz")
        if lines:
            line_net.WEIGHTS = lines / f"fold{fold}.npz"
            line_net.weights.cache_clear()
        for row in rows:
            if fold_of(site_of(row["url"] or row["id"])) != fold:
                continue
            for accurate in ways:
                text = clean_html(row["html"], url=row["url"], body_only=True, accurate=accurate)
                scores.add(row, WAYS[accurate], text)
                for name, held in _snippets(row, text):
                    snippets[f"{WAYS[accurate]}, {name}"] += held
        print(f"fold {fold + 1} of {FOLDS} done", flush=True)
    print(scores.table(WAYS[: len(ways)]))
    for name, held in snippets.items():
        print(f"{name}: {np.mean(held):.4f}")


def _snippets(row: Mapping[str, Any], text: str) -> Iterator[tuple[str, list[bool]]]:
    """Tell of each snippet whether it is there, or not there, as it ought to be."""
    for how, write in (("verbatim", str), ("as typed", as_typed)):
        written = write(text)
        yield f"found {how}", [write(one) in written for one in row.get("with") or ()]
        yield f"absent {how}", [write(one) not in written for one in row.get("without") or ()]


def use(net: Net, path: Path) -> None:
    """Have the pipeline ask this net."""
    save(net, path)
    html_net.WEIGHTS = path
    html_net.weights.cache_clear()
    html_net.weights()


def main() -> None:
    """Cross-validate, or train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/bench"))
    parser.add_argument("--write", action="store_true", help="train on all pages, write weights")
    parser.add_argument("--lines", type=Path, help="cache of `lab.train`, to measure `accurate`")
    args = parser.parse_args()
    pages = list(examples(args.folder))
    print(f"{len(pages)} pages read", flush=True)
    if args.write:
        save(train(pages), html_net.WEIGHTS)
    else:
        cross_validate(args.folder, pages, args.lines)


if __name__ == "__main__":
    main()
