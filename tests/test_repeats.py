"""Lines said twice: which of both goes."""

from __future__ import annotations

import cleaner

HEADLINE = "Die Stadt lässt ihren Wasserturm schief stehen"
BODY = tuple(
    f"Die Sanierung der {place} dauert länger als geplant, teilte die Stadt am Montag mit. "
    "Der Grund sind Schäden am dritten Pfeiler, die erst beim Abtragen auffielen."
    for place in ("Brücke", "Bahn")
)


def cleaned(*above: str) -> list[str]:
    return cleaner.clean("\n\n".join((*above, *BODY, "Teilen"))).split("\n\n")


def test_a_headline_said_again_below_its_date_is_a_players_title() -> None:
    head = (HEADLINE, "Stand: 10.11.2026, 18:14 Uhr")
    assert cleaned(*head, "Zu hören", HEADLINE) == [*head, "Zu hören", *BODY]


def test_a_headline_said_first_in_a_menu_goes_there() -> None:
    date = "Stand: 10.11.2026, 18:14 Uhr"
    assert cleaned(HEADLINE, "Menü", HEADLINE, date)[:2] == [HEADLINE, date]


def test_a_date_said_twice_above_the_body_dates_two_things() -> None:
    dated = ("14. Oktober 2023", "Gartenfreund77", "Aus dem Tal", "14. Oktober 2023")
    assert cleaned(HEADLINE, *dated)[1:5] == list(dated)
