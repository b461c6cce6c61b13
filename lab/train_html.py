"""Train the HTML model, or tell by folds of sites how good one is that has not seen the page.

    python -m lab.train_html ../shared/bench            cross-validation
    python -m lab.train_html ../shared/bench --write    trains on all pages, writes the weights

Needs torch, which what is shipped does not.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from cleaner.model.html_features import POOLED, Features, Floats, read_features
from cleaner.model.html_judge import threshold
from cleaner.read_html import read_html
from lab.corpora import CORPORA, f1, read_corpus, words
from lab.html_labels import label
from lab.html_net import TEMPERATURE, Net, save

FOLDS = 5
EPOCHS = 5
BATCH = 16
RATE = 2e-3
DECAY = 0.05
"""The tables of tokens have a row for each word that a site may use: they overfit without it."""

URL_HIDDEN = 0.4
"""Share of the pages whose address is hidden in training, since callers seldom give it."""

LONGEST = 1500
"""Pages of more lines are left out of training: 1 in 100."""

SEED = 0


class Example(NamedTuple):
    """A page, its features and what its lines ought to be.

    Attributes:
        row: of the corpus.
        lines: its filled lines.
        features, unaddressed: with its address, and the words about the page without.
        hits, sizes: words of each line, and those of them that are in the gold.
        heads: whether each line is the title.
        fold: by its site.
    """

    row: dict[str, Any]
    lines: tuple[str, ...]
    features: Features
    unaddressed: Any
    hits: Any
    sizes: Any
    heads: Any
    fold: int


def site(row: dict[str, Any]) -> str:
    """Return a page's registered domain, near enough."""
    host = re.sub(r"^https?://(www\.)?", "", row["url"] or row["id"]).split("/")[0].split(":")[0]
    parts = host.split(".")
    short = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3 if short else -2 :])


def examples(folder: Path) -> Iterator[Example]:
    """Read both corpora; a page without any line is left out."""
    for corpus in CORPORA:
        for row in read_corpus(folder, corpus):
            page = read_html(row["html"], row["url"])
            if not page.filled:
                continue
            assert page.markup is not None
            lines = tuple(page.texts[number] for number in page.filled)
            nowhere = page._replace(markup=page.markup._replace(url=None))
            fold = int(hashlib.md5(site(row).encode()).hexdigest(), 16) % FOLDS
            kind = row["type"] if corpus == "wcxb" else corpus
            yield Example(
                {key: row[key] for key in ("id", "gold", "with", "without") if key in row}
                | {"type": kind},
                lines,
                read_features(page),
                read_features(nowhere).about,
                *label(lines, row["gold"], row["title"]),
                fold,
            )


def batch(pages: Sequence[Example], dice: np.random.Generator | None = None) -> dict[str, Tensor]:
    """Put pages into one batch; places of lines, blocks and tokens move on from page to page."""
    held: dict[str, list[Any]] = defaultdict(list)
    line = block = token = word = 0
    for place, page in enumerate(pages):
        seen, number = page.features, len(page.lines)
        hide = dice is not None and dice.random() < URL_HIDDEN
        about = page.unaddressed if hide else seen.about
        outer = seen.around[:, POOLED]
        parts = {
            "dense": seen.dense,
            "tokens": seen.tokens,
            "starts": seen.starts + token,
            "around": seen.around + block,
            "small": seen.small.astype(np.float32),
            "begins": seen.begins[outer] + line,
            "ends": seen.ends[outer] + line,
            "about": about,
            "about_starts": np.array([word]),
            "page": np.full(number, place),
            "first": np.full(number, line),
            "stop": np.full(number, line + number),
            "hits": page.hits,
            "sizes": page.sizes,
            "heads": page.heads,
        }
        for name, part in parts.items():
            held[name].append(part)
        line, block = line + number, block + len(seen.begins)
        token, word = token + len(seen.tokens), word + len(about)
    return {name: torch.from_numpy(np.concatenate(parts)) for name, parts in held.items()}


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
    for epoch in range(EPOCHS):
        order = dice.permutation(len(pages))
        for begin in range(0, len(order), BATCH):
            given = batch([pages[place] for place in order[begin : begin + BATCH]], dice)
            optimizer.zero_grad()
            loss(net(given), given).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            rates.step()
        print(f"epoch {epoch + 1} of {EPOCHS} done", flush=True)
    net.eval()
    return net


def predict(net: Net, page: Example) -> Floats:
    """Tell how likely each line is of the body."""
    with torch.no_grad():
        likely: Floats = torch.sigmoid(net(batch([page]))[:, 0] / TEMPERATURE).numpy()
    return likely


def report(scores: dict[str, list[tuple[float, float, float]]]) -> None:
    """Print precision, recall and F1, averaged over the pages of each type."""
    scores["all of wcxb"] = [s for kind, each in scores.items() if kind != "fundus" for s in each]
    for kind, each in sorted(scores.items()):
        precision, recall, f_one = np.array(each).mean(axis=0)
        print(f"{kind:14} {len(each):5} pages  P {precision:.4f}  R {recall:.4f}  F1 {f_one:.4f}")


def cross_validate(pages: Sequence[Example]) -> None:
    """Print how the model alone does on pages of sites that it has not seen."""
    scores: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for fold in range(FOLDS):
        net = train([page for page in pages if page.fold != fold])
        for page in pages:
            if page.fold == fold:
                likely = predict(net, page)
                sizes = np.array([len(line) for line in page.lines], np.float32)
                least = threshold(likely, sizes)
                kept = "\n".join(
                    line for line, p in zip(page.lines, likely, strict=True) if p >= least
                )
                scores[page.row["type"]].append(f1(words(kept), words(page.row["gold"])))
        print(f"fold {fold + 1} of {FOLDS} done", flush=True)
    report(scores)


def main() -> None:
    """Cross-validate, or train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/bench"))
    parser.add_argument("--write", action="store_true", help="train on all pages, write weights")
    args = parser.parse_args()
    pages = list(examples(args.folder))
    print(f"{len(pages)} pages read", flush=True)
    if args.write:
        save(train(pages))
    else:
        cross_validate(pages)


if __name__ == "__main__":
    main()
