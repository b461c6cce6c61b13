"""What stands above the headline: the page's top, and the path from the home page."""

from __future__ import annotations

import cleaner

HEADLINE = "Die Brücke im Tal wird später fertig als geplant, die Stadt schweigt dazu"
BODY = (
    "Die Sanierung der Brücke dauert länger als geplant, teilte die Stadt am Montag mit.",
    "Der Grund sind Schäden am dritten Pfeiler, die erst beim Abtragen der Fahrbahn auffielen.",
)
TOP = ("Zum Inhalt springen", "Menü", "Anmelden")


def left(*above: str, headline: str = HEADLINE) -> list[str]:
    """Return the lines above the headline that stay."""
    text = cleaner.clean("\n".join((*above, headline, "", "\n\n".join(BODY), "", "Teilen")))
    lines = text.split("\n")
    return lines[: lines.index(headline)]


def test_what_stands_between_menus_goes() -> None:
    assert left("Zum Inhalt springen", "Kicker & Co.", "Menü", "Lust & Leben", "Anmelden") == []


def test_the_weather_and_an_index_below_the_menus_go() -> None:
    assert left(*TOP, "Köhlstedt 19° leicht bewölkt", "DAX 18.204,11 +0,42 %") == []


def test_a_kicker_below_the_menus_stays() -> None:
    assert left(*TOP, "Panne auf der Landstraße") == ["Panne auf der Landstraße"]


def test_no_top_ends_below_a_byline_or_a_date() -> None:
    head = ["Von Anna Berg", "3. Mai"]
    assert left(*TOP, *head, "Anmelden") == head


def test_a_short_headline_above_a_menu_stays() -> None:
    short = "Torte rollt auf den Acker"
    assert left("Menü", "Startseite", "Anmelden", headline=short) == []
    page = "\n".join((*TOP, short, "Zum Inhalt springen", "", "\n\n".join(BODY)))
    assert cleaner.clean(page).split("\n")[0] == short


def test_the_one_section_below_home_goes() -> None:
    assert left("Startseite", "Garten") == []


def test_the_last_of_more_sections_may_be_the_kicker() -> None:
    assert left("Startseite", "Garten", "Sanierung") == ["Sanierung"]


def test_kickers_below_a_paywalls_badge_stay() -> None:
    kickers = ["GESELLSCHAFT", "GESCHICHTE"]
    menu = ("Politik", "Wirtschaft", "Kultur", "Sport", "Nur für Abonnenten")
    assert left(*menu, *kickers, "") == [*kickers, ""]


def test_a_section_below_the_button_to_sign_in_is_the_kicker() -> None:
    menu = ("Menü", "Politik", "Wirtschaft", "Kultur", "Sport", "Anmelden")
    assert left(*menu, "Justiz", headline="Ehrenamt im Namen des Volkes") == ["Justiz"]


def test_more_than_two_lines_over_a_sure_headline_are_a_menu_though_no_rule_names_one() -> None:
    menu = ("Fernziele", "Schlechtwettertipps", "Bilderbogen", "Bergpfade")
    assert left(*menu) == ["Bilderbogen", "Bergpfade"]


def test_a_title_among_them_ends_the_menu() -> None:
    title = "Warum das so lange dauert"
    assert left("Stadtleben", "Brückenbau", title) == ["Stadtleben", "Brückenbau", title]


def test_a_path_that_names_an_author_is_the_head() -> None:
    line = "Köhlstedt | Stand: 22. Mai, 9.15 Uhr | von Arnulf Zeck"
    assert left(*TOP, line) == [line]


def test_a_block_of_entries_over_the_headline_is_a_menu_but_for_kickers_in_capitals() -> None:
    menu = ("Fernziele", "Schlechtwettertipps", "Bilderbogen", "")
    assert left(*menu, "Bergpfade") == ["Bergpfade"]
    assert left("FERNZIELE", "BERGPFADE", "NAHES", "")[-3:] == ["BERGPFADE", "NAHES", ""]
