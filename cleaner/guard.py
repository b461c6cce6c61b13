"""The guard: a pass that would leave too little of a page is taken back, and a mark says so."""

from __future__ import annotations

from collections.abc import Container, Iterator

from cleaner.mark import Mark, Marks, Verdict
from cleaner.page import Page

GUARD_SHARE = 1 / 7
"""Least share of the text left by pass one that pass two must leave; trafilatura prunes no further
than this either (`htmlprocessing.py`, release 2.3)."""


def guard(page: Page, first: Marks, settled: Marks, apart: Container[str]) -> Iterator[Mark]:
    """Take back what pass two drops where it would leave too little of what pass one left.

    Args:
        page: the page.
        first: what pass one finds.
        settled: that, and what pass two finds.
        apart: rules that drop no furniture; what they drop does not count.
    """
    texts, state = page.texts, settled.state
    # Next to every page keeps more than enough in its paragraphs alone, so most add up no more.
    if sum([len(texts[n]) for n in first.prose if state[n]]) >= len(page.source) * GUARD_SHARE:
        return
    judged = [m for m in settled if m.verdict is Verdict.DROP and m.rule not in apart]
    standing = Marks(page, judged).standing
    before, after = (sum(len(texts[n]) for n in lines) for lines in (first.standing, standing))
    if after < before * GUARD_SHARE:
        share = f"less than 1 in {round(1 / GUARD_SHARE)}"
        because = f"would leave {after} of {before} characters, {share}"
        for number in sorted(set(first.standing).difference(standing)):
            yield Mark(number, number + 1, "guard/too-little", because, Verdict.KEEP)
