"""The pages that the HTML model is trained on: features, and what each line ought to be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.model.html_features import Features, read_features
from cleaner.page import Page
from cleaner.read_html import read_html
from lab.corpora import CORPORA, fold_of, read_corpus, site_of
from lab.html_labels import label


class Example(NamedTuple):
    """A page, its features and what its lines ought to be.

    Attributes:
        lines: its filled lines.
        features, unaddressed: with its address, and the words about the page without.
        hits, sizes: words of each line, and those of them that are in the gold.
        heads: whether each line is the title.
        fold: by its site.
    """

    lines: tuple[str, ...]
    features: Features
    unaddressed: Any
    hits: Any
    sizes: Any
    heads: Any
    fold: int


def examples(folder: Path) -> Iterator[Example]:
    """Read both corpora; a page without any line is left out."""
    for corpus in CORPORA:
        for row in read_corpus(folder, corpus):
            page = read_html(row["html"], row["url"])
            if page.filled:
                yield _example(page, row)


def _example(page: Page, row: dict[str, Any]) -> Example:
    assert page.markup is not None
    lines = tuple(page.texts[number] for number in page.filled)
    nowhere = page._replace(markup=page.markup._replace(url=None))
    return Example(
        lines,
        read_features(page),
        read_features(nowhere).about,
        *label(lines, row["gold"], row["title"]),
        fold_of(site_of(row["url"] or row["id"])),
    )
