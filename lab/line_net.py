"""The line model's net in torch, as it is trained; `cleaner.model.net` runs it in numpy."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, dropout

from cleaner.model.features import NAMES
from cleaner.model.net import BODY, LAST_REACH, REACHES, UNSURE
from cleaner.model.units import ROW_BITS

WIDTH = 32
"""Cells that a line is made into; twice as many were no better."""

WORD_WIDTH = 8
"""Cells of a word; twice as many were no better."""

GAP = max(REACHES)
"""Empty lines between two pages of a batch, so that none sees the other."""

CELLS_HIDDEN = 0.2
"""Share of cells hidden from a step."""

PAGES_WORDLESS = 0.6
"""Share of pages whose words are hidden, as they are where the language is unknown."""

LINES_WORDLESS = 0.1
"""Share of lines whose words are hidden."""

LINES_NAMELESS = 0.25
"""Share of lines of which the whole line, its first and its last word are hidden."""

SMOOTHING = 0.02
"""How much a label is doubted."""

EMPTY = 20
"""Words of a page without an article that count as half wrong."""


class Batch(NamedTuple):
    """Pages one below the other, with `GAP` empty lines between.

    Attributes:
        dense: features of each line.
        words, word_lines: rows of each word, full and stem, and the line that it stands in.
        numbers: of each line, how many words.
        lines: rows of each line: the whole, its first and its last word.
        mask: 1 where there is a line, 0 in a gap.
        page: the page of each line.
        pages: how many.
        labels: what each line is.
        weights: how much each line counts; 1 a page.
        wanted, said: words of each line that the gold holds, and all.
    """

    dense: Tensor
    words: Tensor
    word_lines: Tensor
    numbers: Tensor
    lines: Tensor
    mask: Tensor
    page: Tensor
    pages: int
    labels: Tensor
    weights: Tensor
    wanted: Tensor
    said: Tensor


class LineNet(nn.Module):
    """A line alone, the page, neighbours ever farther off, the page once more, and neighbours."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(1 << ROW_BITS, WORD_WIDTH)
        nn.init.normal_(self.words.weight, std=0.05)
        self.line = nn.Linear(len(NAMES) + 2 * WORD_WIDTH, WIDTH)
        self.page = nn.Linear(2 * WIDTH, WIDTH)
        self.near = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in REACHES)
        self.heed = nn.Linear(WIDTH, 2)
        self.again = nn.Linear(3 * WIDTH, WIDTH)
        self.last = nn.Linear(3 * WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, 3)

    def forward(self, batch: Batch) -> Tensor:
        """Return the logits of each line's classes."""
        mask = batch.mask[:, None]
        given = torch.cat([batch.dense, *self._word_sums(batch)], dim=1)
        inner = torch.relu(self.line(given)) * mask
        inner = (inner + self.page(self._pooled(inner, batch))[batch.page]) * mask
        inner = dropout(inner, CELLS_HIDDEN, self.training)
        for near, reach in zip(self.near, REACHES, strict=True):
            inner = self._added(inner, near, _around(inner, reach), mask)
        inner = self._added(inner, self.again, self._means(inner, batch), mask)
        inner = self._added(inner, self.last, _around(inner, LAST_REACH), mask)
        logits: Tensor = self.out(inner)
        return logits

    def _added(self, inner: Tensor, into: nn.Module, seen: Tensor, mask: Tensor) -> Tensor:
        added = dropout(torch.relu(into(seen)), CELLS_HIDDEN, self.training)
        return (inner + added) * mask

    def _means(self, inner: Tensor, batch: Batch) -> Tensor:
        heed = torch.sigmoid(self.heed(inner)) * batch.mask[:, None]
        means = []
        for counts in heed.unbind(1):
            total = inner.new_zeros(batch.pages).index_add(0, batch.page, counts) + UNSURE
            sums = inner.new_zeros(batch.pages, WIDTH)
            sums = sums.index_add(0, batch.page, inner * counts[:, None])
            means.append((sums / total[:, None])[batch.page])
        return torch.cat([inner, *means], dim=1)

    def _word_sums(self, batch: Batch) -> tuple[Tensor, Tensor]:
        looked_up = self.words(batch.words).sum(1)
        sums = looked_up.new_zeros(len(batch.dense), WORD_WIDTH)
        means = sums.index_add(0, batch.word_lines, looked_up) / batch.numbers.clamp(min=1)[:, None]
        lines = self.words(batch.lines).sum(1)
        if self.training:
            shown = (torch.rand(batch.pages, 1) >= PAGES_WORDLESS)[batch.page]
            means = means * shown * (torch.rand(len(means), 1) >= LINES_WORDLESS)
            lines = lines * shown * (torch.rand(len(lines), 1) >= LINES_NAMELESS)
        return means, lines

    @staticmethod
    def _pooled(inner: Tensor, batch: Batch) -> Tensor:
        sizes = inner.new_zeros(batch.pages).index_add(0, batch.page, batch.mask).clamp(min=1)
        blank = inner.new_zeros(batch.pages, WIDTH)
        mean = blank.index_add(0, batch.page, inner) / sizes[:, None]
        most = blank.scatter_reduce(0, batch.page[:, None].expand_as(inner), inner, "amax")
        return torch.cat([mean, most], dim=1)


def _around(inner: Tensor, reach: int) -> Tensor:
    edge = inner.new_zeros(reach, WIDTH)
    padded = torch.cat([edge, inner, edge])
    return torch.cat([padded[: -2 * reach], inner, padded[2 * reach :]], dim=1)


def loss_of(net: LineNet, batch: Batch) -> Tensor:
    """Return a batch's loss: cross-entropy of the classes, and what pages lack of word F1."""
    logits = net(batch)
    classes = cross_entropy(logits, batch.labels, reduction="none", label_smoothing=SMOOTHING)
    body = logits.softmax(1)[:, BODY]

    def of_page(values: Tensor) -> Tensor:
        return values.new_zeros(batch.pages).index_add(0, batch.page, values)

    kept, gold = of_page(body * batch.said), of_page(batch.wanted)
    f1 = 2 * of_page(body * batch.wanted) / (kept + gold + 1e-3)
    lacking = torch.where(gold < 1, kept / (kept + EMPTY), 1 - f1)
    return (classes * batch.weights).sum() / batch.pages + lacking.mean()
