"""Polls, newsletters' forms and pieces to play, set between paragraphs."""

from __future__ import annotations

import cleaner

ABOVE = "Die Sanierung der Brücke dauert länger als geplant, teilte die Stadt am Montag mit."
BELOW = "Der Grund sind Schäden am dritten Pfeiler, die erst beim Abtragen der Fahrbahn auffielen."


def left(*lines: str, rule: str) -> list[str]:
    """Return the lines between two paragraphs that stay; what goes must go by this rule."""
    cleaned = cleaner.explain("\n".join((ABOVE, "", *lines, "", BELOW, "", "Kommentare")))
    of_boxes = {"promo/poll", "newsletter/box", "player/piece"}
    assert {mark.rule for _, mark in cleaned.removed} & of_boxes <= {rule}
    return [line.text for line in cleaned.kept if line.text not in (ABOVE, BELOW, "")]


def test_a_poll_goes_with_its_button() -> None:
    poll = ("Torte oder Pommes?", "Torte, was sonst", "Pommes", "Mir egal", "Abstimmen")
    assert left(*poll, rule="promo/poll") == []


def test_a_poll_is_told_by_shares_of_yes_and_no() -> None:
    poll = ("Braucht der Hafen eine Tafel?", "Ja, das ist zeitgemäß 31 %", "Nein, nie 69 %")
    assert left(*poll, rule="promo/poll") == []


def test_questions_and_answers_of_an_interview_stay() -> None:
    talk = ["Würden Sie es wieder tun?", "Ja, sofort.", "Nein, sagt sein Bruder."]
    assert left(*talk, rule="") == talk
    asked = ["Kaffee?", "Ja.", "Hund?", "Nein."]
    assert left(*asked, rule="") == asked


def test_what_a_newsletter_is_called_and_promises_goes_with_its_form() -> None:
    form = ("Der Brelinger Morgen", "Jeden Werktag um 6 Uhr.", "E-Mail-Adresse", "Jetzt anmelden")
    assert left(*form, "Newsletter abonnieren", rule="newsletter/box") == []


def test_a_sentence_that_a_form_follows_stays() -> None:
    sentence = "Erna bleibt vorerst geschlossen."
    form = (sentence, "Newsletter abonnieren", "E-Mail-Adresse")
    assert left(*form, rule="newsletter/box") == [sentence]


def test_a_line_between_the_labels_of_a_form_goes() -> None:
    form = ("Newsletter abonnieren", "Wie unser Magazin entsteht.", "Kostenlos abonnieren")
    assert left(*form, rule="newsletter/box") == []


def test_a_paragraph_about_a_newsletter_stays() -> None:
    line = "Ihr erster Newsletter hatte elf Leser"
    assert left(line, rule="") == [line]


def test_the_kind_of_a_piece_goes_with_its_time_and_its_title_with_a_control() -> None:
    assert left("Video", "2:38", rule="player/piece") == []
    title = "Video: So läuft die Sanierung der Brücke"
    assert left(title, "", "Vollbild", rule="player/piece") == []


def test_a_time_alone_and_a_credit_stay() -> None:
    assert left("2:38", rule="") == ["2:38"]
    credit = "Video: Anna Berg"
    assert left("Vollbild", "", credit, rule="player/piece") == [credit]


def test_a_poll_is_told_by_how_many_voted() -> None:
    poll = ("Wo stellst du dein Velo ab?", "Im Keller.", "Vor dem Haus.", "2'431 Abstimmungen")
    assert left(*poll, rule="promo/poll") == []
    talk = ["Wo stellst du es ab?", "Im Keller.", "Vor dem Haus.", "2431 Franken"]
    assert left(*talk, rule="") == talk


def test_a_question_right_above_its_button_is_a_poll() -> None:
    assert left("War das die schönste Torte?", "Abstimmen", rule="promo/poll") == []


def test_a_newsletter_named_in_quotation_marks_goes_with_its_form() -> None:
    form = (
        "Newsletter",
        "« Le goût des villes »",
        "Chaque jeudi, la vie des communes",
        "S’inscrire",
    )
    assert left(*form, rule="newsletter/box") == []
