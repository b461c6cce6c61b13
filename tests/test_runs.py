from __future__ import annotations

import cleaner

PROSE = "Die Sanierung der Brücke dauert länger als geplant, teilte die Stadt am Montag mit."
SETTINGS = ("Farbe", "Weiß", "Deckkraft", "Aus", "Sprache", "Deutsch", "1,25", "0,5×", "100 %")


def left(*lines: str) -> list[str]:
    """Return the lines that stay besides the paragraphs around them."""
    text = cleaner.clean("\n".join((PROSE, "", *lines, "", PROSE.replace("Brücke", "Bahn"))))
    return [line for line in text.split("\n") if line][1:-1]


def test_any_number_of_settings_between_two_controls_goes() -> None:
    assert left("Stummschalten", *SETTINGS, "Vollbild") == []


def test_settings_at_the_ends_of_a_player_go() -> None:
    assert left("Farbe", "Abspielen", "Stummschalten", "Vollbild", "Sprache", "Deutsch") == []


def test_settings_beside_fewer_controls_stay() -> None:
    assert left("Abspielen", "Stummschalten", "Sprache") == ["Sprache"]


def test_settings_alone_stay() -> None:
    assert left(*SETTINGS) == list(SETTINGS)


def test_few_unknown_labels_in_a_row_between_controls_go() -> None:
    assert left("Abspielen", "Eins", "Zwei", "Drei", "Sprache", "Vier", "Fünf", "Vollbild") == []
    four = ["Eins", "Zwei", "Drei", "Vier"]
    assert left("Abspielen", *four, "Vollbild") == four


def test_a_paragraph_between_controls_parts_two_players() -> None:
    assert left("Abspielen", "Sprache", PROSE.replace("Brücke", "Straße"), "Vollbild") == [
        "Sprache",
        PROSE.replace("Brücke", "Straße"),
    ]


def test_amid_furniture_a_name_below_a_paragraph_and_a_headline_of_many_words_stay() -> None:
    block = ("Ada Bruch", "Teilen", "Drucken", "Link kopieren", "Eine Suppe für kalte Tage", "Mehr")
    assert left(*block, "Auf Facebook teilen", "Kommentare") == [
        "Ada Bruch",
        "Eine Suppe für kalte Tage",
    ]


def test_names_of_sections_above_the_head_are_a_menu_and_the_last_is_the_kicker() -> None:
    head = ["Wirtschaft", "Brücke im Tal wird später fertig als geplant, die Stadt schweigt"]
    menu = ["Startseite", "Politik", "Kreis Wesselburg", "Sport", "Anmelden"]
    text = cleaner.clean("\n".join([*menu, *head, "", PROSE, "", PROSE.replace("Stadt", "Bahn")]))
    assert text.split("\n")[:2] == head


def test_two_names_of_sections_are_no_menu() -> None:
    lines = ["Politik", "Sport", PROSE, "", PROSE.replace("Stadt", "Bahn"), "", "Kommentare"]
    assert cleaner.clean("\n".join(lines)).split("\n")[:2] == ["Politik", "Sport"]


def test_hashtags_in_a_row_go_and_a_lone_one_stays() -> None:
    assert left("#Brücke", "#두림장", "", "#Bahn #Stadt") == []
    assert left("#endif") == ["#endif"]
    assert left("# Brücke", "# Bahn") == ["# Brücke", "# Bahn"]


def test_a_role_before_a_name_stays_in_a_block_of_furniture() -> None:
    block = ("Mitarbeit: Pia Senst", "Kommentieren", "Drucken", "Teilen", "Merken", "Versenden")
    assert "Mitarbeit: Pia Senst" in left(*block)


def test_hashtags_go_whatever_other_pages_held_before() -> None:
    assert left("#Fähre") == ["#Fähre"]
    assert left("#Fähre", "#Weiher") == []
    assert left("#Weiher", "Ein Wort", "#Fähre") == ["#Weiher", "Ein Wort", "#Fähre"]


def test_counts_in_a_chain_beside_a_button_go() -> None:
    assert left("Teilen", "17", "+5", "", "Merken") == []
    assert left("17", "+5") == ["17", "+5"]


def test_what_names_something_above_the_first_button_of_a_block_stays() -> None:
    buttons = ("Teilen", "Drucken", "Link kopieren", "Kommentare", "Merken")
    for named in ("Dauer: 2 Stunden", "Алёна ГОРЮНОВА"):
        assert left(named, *buttons) == [named]


def test_a_title_above_and_a_time_below_a_player_go() -> None:
    assert left("Video: Die Stimmen zur Halbzeit", "Abspielen", "01:34") == []


def test_the_heading_over_what_a_button_unfolds_stays() -> None:
    table = ("Motor 110 kW", "Gewicht 1,4 t", "Leistung 90 PS")
    block = ("Teilen", "Technische Daten", "Alle Abschnitte aufklappen", *table)
    assert left(*block) == ["Technische Daten", *table]
