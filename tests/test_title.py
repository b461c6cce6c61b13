"""The headline of HTML: which heading is kept for it."""

from __future__ import annotations

import pytest

from cleaner import clean_html, explain, explain_html

PROSE = "Nach elf Jahren Stillstand mahlt die Mühle am Wehr in Altenbruck wieder Roggen und Dinkel."


def headline(*body: str, title: str = "Die Mühle dreht sich - Heidebote", head: str = "") -> str:
    """Return the line that the rule keeps, and why."""
    page = f"<title>{title}</title>{head}<body>{''.join(body)}<p>{PROSE}</p>"
    cleaned = explain_html(page)
    found = [mark for mark in cleaned.marks if mark.rule == "head/title"]
    assert len(found) <= 1
    return f"{cleaned.page.texts[found[0].start]}: {found[0].because}" if found else ""


SAYS = "heading that says the page's title"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<h1>Heidebote</h1><h2>Die Mühle dreht sich</h2>", f"Die Mühle dreht sich: {SAYS}"),
        ("<h1>Die MÜHLE dreht sich!</h1>", f"Die MÜHLE dreht sich!: {SAYS}"),
        ("<header><h1>Die Mühle dreht sich</h1></header>", f"Die Mühle dreht sich: {SAYS}"),
        ("<nav><h2>Die Mühle dreht sich</h2></nav>", ""),
        ("<h1><a href=/>Heidebote</a></h1>", ""),
        ("<h1>Es klappert wieder</h1><h2>Mehr</h2>", "Es klappert wieder: the only <h1>"),
        ("<h1>Heidebote</h1><h2>Satz</h2>", ""),
        (
            "<h1>Heidebote</h1><h2><a href=/1>Die Mühle dreht sich</a></h2>",
            f"Die Mühle dreht sich: {SAYS}",
        ),
        ("<h1>Eins</h1><h1>Zwei</h1>", ""),
        ("<p>Die Mühle dreht sich</p>", ""),
        ("<h3>sich</h3>", ""),
    ],
)
def test_the_heading_that_says_the_title_is_the_headline(body: str, wanted: str) -> None:
    assert headline(body) == wanted


def test_a_linked_heading_is_the_headline_where_it_says_the_whole_title() -> None:
    linked = "<h3><a href=/muehle>Die Mühle dreht sich</a></h3>"
    assert headline(linked, title="Die Mühle dreht sich") == f"Die Mühle dreht sich: {SAYS}"
    named = '<meta property="og:title" content="Die Mühle dreht sich">'
    assert headline(linked, head=named) == f"Die Mühle dreht sich: {SAYS}"


def test_the_name_of_the_site_is_no_headline() -> None:
    named = '<meta property="og:site_name" content="Die Mühle dreht sich">'
    assert headline("<h1>Die Mühle dreht sich</h1>", head=named) == ""


def test_the_headline_stays_and_goes_with_the_head() -> None:
    page = f"<title>Mühle</title><h1>Mühle</h1><p>{PROSE}</p>"
    assert clean_html(page, skip="model") == f"Mühle\n\n{PROSE}"
    assert clean_html(page, skip="model", body_only=True) == PROSE


def test_the_title_is_the_headline_in_both_modes() -> None:
    page = f"<title>Es klappert | Heidebote</title><h1>Es klappert</h1><p>{PROSE}</p>" * 2
    assert explain_html(page.replace("<h1>", "<h2>", 1)).head.title == "Es klappert"
    assert explain_html(page, body_only=True).head.title == "Es klappert"


def test_text_has_no_title() -> None:
    assert not [mark for mark in explain(f"Mühle\n\n{PROSE}").marks if mark.rule == "head/title"]
