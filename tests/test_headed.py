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


OTHER = "Die Fähre legt an der Mole ab und braucht bei gutem Wind nicht länger als ein Bus."
THIRD = "Ein Ingenieur hatte den Riss schon vor drei Jahren gemeldet, auf einer Postkarte."
HEADED = ("Anfahrt\n" + OTHER, "Der Grund\n" + THIRD, "Termine\nMontag\nDienstag")


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


def test_a_player_s_label_stays_on_top_of_a_text_where_others_are_set_so() -> None:
    speed = "Wiedergabegeschwindigkeit\nSie reicht von der Hälfte bis zum Dreifachen."
    assert left(*HEADED, speed, SHORT)[-3:-1] == speed.split("\n")
    assert "Wiedergabegeschwindigkeit" not in left(speed, SHORT)


def test_a_label_below_a_time_stays_where_others_stand_so() -> None:
    ticker = [
        f"1{n}.05 Uhr\n{label}\nEs war die {n}. Meldung."
        for n, label in enumerate(("Feierabend", "Lautstärke", "Rückblick", "Suche", "Mittag"))
    ]
    assert left(*ticker, SHORT) == [*"\n".join(ticker).split("\n"), SHORT]


def test_labels_that_take_turns_with_texts_stay() -> None:
    terms = ("Banner", "Anmelden", "Teilen", "Push", "Zitat", "Abspielen")
    glossary = [line for term in terms for line in (term, f"Das Wort {term} meint hier etwas.")]
    assert left(*glossary, SHORT) == [*glossary, SHORT]
    assert "Teilen" not in left("Banner", SHORT, "Teilen", OTHER, THIRD)


def test_a_label_that_the_next_line_goes_on_with_stays() -> None:
    verses = (
        "Anmelden\nmit dem, was du hast",
        "Teilen\nwas übrig bleibt vom Brot",
        "Ein Licht\nin der Küche brennt noch",
    )
    assert left(*verses, SHORT) == [*"\n".join(verses).split("\n"), SHORT]


def test_a_label_over_a_row_of_cells_stays() -> None:
    rows = [
        "\n".join((name, "ja", "nein", "ja")) for name in ("Bild", "Preis", "Untertitel", "Gewicht")
    ]
    assert left(*rows, SHORT) == [*"\n".join(rows).split("\n"), SHORT]


def test_a_label_over_a_headed_block_stays_where_others_stand_so() -> None:
    parts = (
        "Behoben",
        "Ton\nEr war zu leise.",
        "Neu",
        "Licht\nEs ist jetzt hell.",
        "Bekannt",
        "Bild\nEs ruckelt.",
    )
    assert left(*parts, SHORT) == [*"\n".join(parts).split("\n"), SHORT]


def test_labels_that_a_colon_introduces_stay() -> None:
    touching = "Unzulässig sind diese Aufschriften:\nWeiter\nAnmelden"
    parted = (
        "Dazwischen liegt alles in vier Kacheln:",
        "Mein Profil\nMeine Kurse\nMerkliste\nKarte",
    )
    assert left(touching, *parted, SHORT)[:-1] == "\n".join((touching, *parted)).split("\n")
    player = ("Die Rettung ist im Film zu sehen:", "Abspielen\n00:31\nVollbild")
    assert left(*player, SHORT) == [player[0], SHORT]


def test_a_few_buttons_amid_a_list_stay() -> None:
    listed = "Im Menü\nKarten\nTeilen\nAusweis\nLöschen\nFundbüro"
    assert left(listed, SHORT) == [*listed.split("\n"), SHORT]


def test_a_label_whose_evidence_goes_does_not_stay() -> None:
    same = ("Anfahrt\n" + SHORT, "Der Grund\n" + SHORT, "Termine\nMontag\nDienstag")
    letter = "Newsletter\nMir war der Donnerstag lieber, schreibt eine Leserin."
    kept = cleaner.clean(page(*same, letter, SHORT))
    assert (
        "Newsletter" not in kept
    )  # the sentence said again is gone, and with it the headed blocks
    assert cleaner.clean(kept) == kept


def test_teasers_end_where_a_list_begins() -> None:
    teasers = ("Mehr zum Thema", "Poller verschwindet über Nacht aus der Altstadt")
    plan = ("Der Zeitplan", "- Juli: Träger", "- Mai: Eröffnung")
    assert left(*teasers, *plan, SHORT) == [*plan, SHORT]


def test_a_byline_ends_the_menu_in_its_block() -> None:
    head = ("Gedicht", "Anweisung für Gäste", "Von Orla Penhallow", "März 2025")
    menu = ("Home", "Lyrik", "Prosa", "Spenden")
    kept = cleaner.clean("\n\n".join(("\n".join((*menu, *head)), LONG, SHORT)))
    assert kept.split("\n")[: len(head)] == list(head)


def test_rows_that_read_like_counts_and_buttons_stay_amid_others() -> None:
    for rows in (
        "Der Wagen\nTüren: 3\nKommentare: 41\nLesezeit: 8 Minuten\nFarbe: rot\nSitze: 5",
        "Taste | Wirkung\nTeilen | Merken | Drucken\nM | stumm",
        "Im Menü\n- Teilen\n- Anmelden\n- Kommentare lesen",
    ):
        assert left(rows, SHORT) == [*rows.split("\n"), SHORT]
    assert left("Kommentare: 41\nLesezeit: 8 Minuten\nFarbe: rot", SHORT) == ["Farbe: rot", SHORT]


def test_a_label_between_texts_stays_where_others_stand_so() -> None:
    texts = (OTHER, THIRD, LONG.replace("Brücke", "Fähre"), LONG.replace("Brücke", "Schleuse"))
    parts = [*("Anfahrt", texts[0], SHORT), *("Teilen", texts[1]), *("Der Grund", texts[2])]
    parts += ["Die Folgen", texts[3], LONG.replace("Brücke", "Werft")]
    assert left(*parts) == parts


def test_a_list_that_an_advertisement_interrupts_keeps_its_label() -> None:
    dump = page("Anzeige\nZutaten\nArtikel drucken\n" + OTHER, SHORT)
    assert "Zutaten" in cleaner.clean(dump)
