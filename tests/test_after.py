"""What stands below the article, though it holds paragraphs."""

from __future__ import annotations

import cleaner

ARTICLE = "\n\n".join(
    f"Die Sanierung der Brücke dauert {months} Monate länger als geplant, teilte die Stadt mit. "
    "Der Grund sind Schäden am dritten Pfeiler, die erst beim Abtragen der Fahrbahn auffielen."
    for months in (2, 3, 5, 7)
)
CONSENT = (
    "Alle akzeptieren",
    "Auswahl speichern",
    "Impressum",
    "Cookie-Einstellungen",
    "Kommentare",
    "Damit Sie Kommentare schreiben können, setzt der Anbieter ein Cookie ein, sagt er.",
    "Datenschutz",
)


def test_a_subhead_goes_with_the_end_whose_paragraph_it_heads() -> None:
    page = ARTICLE + "\n\n" + "\n\n".join(CONSENT)
    assert cleaner.clean(page) == ARTICLE


def test_what_has_been_cleaned_of_its_end_stays() -> None:
    once = cleaner.clean(ARTICLE + "\n\n" + "\n\n".join(CONSENT))
    assert cleaner.clean(once) == once


def test_a_control_amid_lines_of_a_player_is_in_no_list() -> None:
    first, last = ARTICLE.split("\n\n")[:2]
    block = "\n".join(("verstrichen 00:00 44:44", "übrig -00:00 -44:44", "Live", "Mitschnitt"))
    cleaned = cleaner.clean(f"{first}\n\nUntertitel\n\nAus\n\n{block}\n\n{last}")
    assert "Live" not in cleaned.split("\n")


def test_a_button_that_follows_each_post_is_no_end() -> None:
    question = ARTICLE.replace("Brücke", "Bahn")
    answers = [ARTICLE.replace("Brücke", place) for place in ("Straße", "Allee", "Gasse")]
    last = "Bei uns an der Promenade war das auch so, und gesagt hat es vorher niemand."
    buttons = "\n\nShare\nImprove this answer\nFollow\n\nAdd a comment\n\n"
    thread = buttons.join((question, *answers, last, "Der Umweg dauert seitdem eine Stunde."))
    assert last in cleaner.clean(thread)


def test_the_initials_that_sign_an_article_stay_in_its_tail() -> None:
    page = f"{ARTICLE}\n\nMehr zum Thema\n\nBrücken in Not\n\n(jpf/rn)\n\nImpressum\n\nDatenschutz"
    assert cleaner.clean(page) == f"{ARTICLE}\n\n(jpf/rn)"
