"""Pages of our own in the shape of real sites: the body comes out, as well as trafilatura has it.

``tests/pages/NAME.html`` is the page, ``NAME.txt`` the lines of its body, marked by hand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import clean_html, explain_html
from lab.corpora import f1, words

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
LEAST = 0.8
"""Word F1 of any page; the mean must reach more."""

each_page = pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])


def gold(path: Path) -> str:
    return path.with_suffix(".txt").read_text(encoding="utf-8")


def test_there_are_pages() -> None:
    assert len(PAGES) >= 12


@each_page
def test_the_gold_is_on_the_page(path: Path) -> None:
    texts = explain_html(path.read_bytes()).page.texts
    assert set(gold(path).splitlines()) <= {line for text in texts for line in text.split("\n")}


@each_page
def test_the_body_of_a_page_comes_out(path: Path) -> None:
    text = clean_html(path.read_bytes(), body_only=True)
    assert f1(words(text), words(gold(path)))[2] >= LEAST


@each_page
def test_what_stays_is_of_the_page_and_the_head_stays_too(path: Path) -> None:
    page = path.read_bytes()
    cleaned = explain_html(page)
    assert {line for line in cleaned.text.split("\n") if line} <= set(cleaned.page.texts)
    body = set(clean_html(page, body_only=True).split("\n"))
    assert body <= {*cleaned.text.split("\n"), ""}


def test_on_the_whole_it_does_no_worse_than_trafilatura() -> None:
    import trafilatura

    ours, theirs = [], []
    for path in PAGES:
        page, wanted = path.read_bytes(), words(gold(path))
        ours.append(f1(words(clean_html(page, body_only=True)), wanted)[2])
        extracted = trafilatura.extract(page, include_comments=False) or ""
        theirs.append(f1(words(extracted), wanted)[2])
    assert sum(ours) >= sum(theirs)
