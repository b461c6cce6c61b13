"""Train the HTML model, or tell by folds of sites how good one is that has not seen the page.

    python -m lab.train_html ../shared/bench            cross-validation
    python -m lab.train_html ../shared/bench --write    trains on all pages, writes the weights

Needs torch, which what is shipped does not.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from cleaner import clean_html
from cleaner.model import html_net
from lab.corpora import CORPORA, f1, read_corpus, words
from lab.html_examples import FOLDS, Example, examples, fold_of
from lab.html_net import Net, batch, save

EPOCHS = 5
BATCH = 16
RATE = 2e-3
DECAY = 0.05
"""The tables of tokens have a row for each word that a site may use: they overfit without it."""

LONGEST = 1500
"""Pages of more lines are left out of training: 1 in 100."""

SEED = 0


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


def cross_validate(folder: Path, pages: Sequence[Example]) -> None:
    """Print how the whole pipeline does on pages of sites that the net has not seen."""
    rows = {corpus: read_corpus(folder, corpus) for corpus in CORPORA}
    scores: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    found: list[bool] = []
    absent: list[bool] = []
    for fold in range(FOLDS):
        with tempfile.TemporaryDirectory() as place:
            use(train([page for page in pages if page.fold != fold]), Path(place) / "weights.npz")
        for corpus, row in ((name, row) for name, each in rows.items() for row in each):
            if fold_of(row) == fold:
                text = clean_html(row["html"], url=row["url"], body_only=True)
                kind = row["type"] if corpus == "wcxb" else corpus
                scores[kind].append(f1(words(text), words(row["gold"])))
                found += [snippet in text for snippet in row.get("with") or ()]
                absent += [snippet not in text for snippet in row.get("without") or ()]
        print(f"fold {fold + 1} of {FOLDS} done", flush=True)
    report(scores)
    print(f"snippets found {np.mean(found):.4f}, unwanted ones absent {np.mean(absent):.4f}")


def use(net: Net, path: Path) -> None:
    """Have the pipeline ask this net."""
    save(net, path)
    html_net.WEIGHTS = path
    html_net.weights.cache_clear()
    html_net.weights()


def report(scores: dict[str, list[tuple[float, float, float]]]) -> None:
    """Print precision, recall and F1, averaged over the pages of each type."""
    scores["all of wcxb"] = [s for kind, each in scores.items() if kind != "fundus" for s in each]
    for kind, each in sorted(scores.items()):
        precision, recall, f_one = np.array(each).mean(axis=0)
        print(f"{kind:14} {len(each):5} pages  P {precision:.4f}  R {recall:.4f}  F1 {f_one:.4f}")


def main() -> None:
    """Cross-validate, or train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/bench"))
    parser.add_argument("--write", action="store_true", help="train on all pages, write weights")
    args = parser.parse_args()
    pages = list(examples(args.folder))
    print(f"{len(pages)} pages read", flush=True)
    if args.write:
        save(train(pages), html_net.WEIGHTS)
    else:
        cross_validate(args.folder, pages)


if __name__ == "__main__":
    main()
