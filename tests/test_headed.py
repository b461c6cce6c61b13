"""Labels that an article sets over, or amid, text of its own; figures below a form."""

from __future__ import annotations

import cleaner

LONG = (
    "Die Sanierung der Brücke dauert länger als geplant, teilte die Stadt am Montag mit. "
    "Grund sind Schäden am dritten Pfeiler, die beim Abtragen der Fahrbahn auffielen. Bis Herbst "
    "fahren die Busse den Umweg am Hafen, und wer zu Fuß geht, nimmt die Fähre von der Mole aus."
)
SHORT = "Nebenan ist schon zu sehen, wie hoch das Wasser im Frühjahr an der Mauer stand."


def page(*blocks: str) -> str:
    """Return a dump of blocks below two paragraphs, with comments at its end."""
    return "\n\n".join((LONG, LONG.replace("Brücke", "Mole"), *blocks, "Kommentare (3)"))


def left(*blocks: str) -> list[str]:
    """Return the lines of the blocks that stay."""
    kept = cleaner.clean(page(*blocks)).split("\n")
    return [line for block in blocks for line in block.split("\n") if line in kept]


HEADED = ("Anfahrt\n" + SHORT, "Der Grund\n" + SHORT, "Termine\nMontag\nDienstag")


def test_a_label_stays_over_its_block_where_other_blocks_are_headed_alike() -> None:
    letter = "Newsletter\nMir war der Donnerstag lieber, schreibt eine Leserin."
    assert left(*HEADED, letter, SHORT) == "\n".join((*HEADED, letter, SHORT)).split("\n")


def test_it_goes_where_no_other_block_is_headed() -> None:
    assert "Newsletter" not in left("Newsletter\nJeden Morgen das Wichtigste.", SHORT)


def test_a_lone_label_amid_text_stays_and_a_second_one_goes() -> None:
    assert "Passwort vergessen?" in left("Passwort vergessen?", SHORT)
    assert left("Antworten", SHORT, "Antworten", SHORT).count("Antworten") == 0


def test_a_label_over_a_question_stays() -> None:
    faq = "Häufige Fragen\nMuss ich zustimmen?\nNein."
    assert left(faq, SHORT) == [*faq.split("\n"), SHORT]


def test_buttons_that_a_block_lists_stay() -> None:
    buttons = "Die Knöpfe der Reihe nach\nWeiter\nAkzeptieren\nFertig"
    assert left(*HEADED, buttons, SHORT)[-5:-1] == buttons.split("\n")


def test_figures_below_a_form_stay_and_teasers_go() -> None:
    form = "Newsletter abonnieren\nIhre E-Mail-Adresse"
    figures = "Auf einen Blick\nEintritt: 3 Euro\nRutsche: ab acht Jahren"
    teasers = "Aus der Stadt\nBücherei zieht um und nimmt Hunde mit\nPoller verschwindet über Nacht"
    assert left(form, figures) == figures.split("\n")
    assert left(form, teasers) == []


def test_counts_in_a_row_stay() -> None:
    counts = "In Zahlen\n3.104 Leser\n41 Kommentare\n2 Anträge"
    assert left(counts, SHORT) == [*counts.split("\n"), SHORT]


def test_a_table_of_slashes_above_the_second_paragraph_stays() -> None:
    table = "Name / Preis / Gewicht / Urteil\nBorak / 31 Euro / 398 g / gut"
    dump = "\n\n".join(("Anmelden", "Acht Schirme im Test", table, LONG, LONG, "Kommentare (3)"))
    assert set(table.split("\n")) <= set(cleaner.clean(dump).split("\n"))
