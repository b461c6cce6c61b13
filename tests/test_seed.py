"""The dump that the project began with; it lies beside the repository, not in it."""

from __future__ import annotations

import pytest

from cleaner import clean, explain

KICKER = "Konstruktives Gespräch"
HEADLINE = "Blinken-Lawrow-Treffen mit Bemühung um Dialog"
HEAD = (KICKER, HEADLINE, "Ausland", "20.05.2021 07:47")
CAPTION = (
    "US-Außenminister Antony Blinken mit seinem russischen Amtskollegen Sergej Lawrow (Bild: AFP)"
)
ALT_TEXT = CAPTION.removesuffix(" (Bild: AFP)")
SUBHEADS = (
    "Bereitschaft zum Dialog",
    "„Konstruktives“ Gespräch",
    "Spannungen zwischen den Großmächten",
)
QUOTE = "Es ist auch kein Geheimnis, dass wir unsere Differenzen haben."
SPEAKER = "US-Außenminister Antony Blinken"

# Each line to be removed, with the groups that may have it.
GONE = [
    (ALT_TEXT, {"repeat"}),
    ("Zitat Icon", {"label"}),
    ("Loading...", {"player", "label"}),
    ("00:00 / 00:00", {"player"}),
    ("Abspielen", {"player"}),
    ("Schließen", {"player"}),
    ("Aufklappen", {"player"}),
    ("Loading...", {"player", "label"}),
    ("Vorige 10 Sekunden", {"player"}),
    ("Zum Vorigen Wechseln", {"player"}),
    ("Abspielen", {"player"}),
    ("Zum Nächsten Wechseln", {"player"}),
    ("Nächste 10 Sekunden", {"player"}),
    ("00:00", {"player"}),
    ("00:00", {"player"}),
    ("1.0x Geschwindigkeit", {"player"}),
    ("Loading", {"player", "label"}),
    ("Kommentare", {"comments"}),
    ("Da dieser Artikel älter als 18 Monate ist, ist zum jetzigen Zeitpunkt ", {"comments"}),
    ("Wir laden Sie ein, bei einer aktuelleren themenrelevanten Story ", {"comments"}),
    ("Bei Fragen können Sie sich gern an das Community-Team per Mail an ", {"comments"}),
    ("Kostenlose Spiele", {"promo"}),
    ("Vorteilswelt", {"promo"}),
]


def filled(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def test_exactly_the_furniture_goes(seed: str) -> None:
    removed = [line.text for line, _ in explain(seed).removed]
    assert len(removed) == len(GONE)
    for text, (begin, _) in zip(removed, GONE, strict=True):
        assert text.startswith(begin)
    tail = filled(seed[seed.index("Loading...") :])
    assert len(tail) == 21
    assert removed[2:] == tail


def test_every_line_goes_for_a_reason_of_its_kind(seed: str) -> None:
    for (line, mark), (_, groups) in zip(explain(seed).removed, GONE, strict=True):
        assert mark.group in groups, line.text
        assert mark.because


def test_the_article_stays_to_the_byte(seed: str) -> None:
    lines = filled(seed[: seed.index("Loading...")])
    lines.remove("Zitat Icon")
    lines.remove(ALT_TEXT)
    assert filled(clean(seed)) == lines
    assert {*HEAD, CAPTION, *SUBHEADS, QUOTE, SPEAKER} <= set(lines)
    assert len([line for line in lines if len(line) > 200]) == 6


def test_the_text_is_one_piece_of_the_dump_where_nothing_goes(seed: str) -> None:
    text = clean(seed)
    begin, quote = seed.index(KICKER), seed.index(ALT_TEXT + "\n")
    assert text.startswith(seed[begin:quote])
    body = seed[seed.index(QUOTE) : seed.index("Loading...")].rstrip("\n")
    assert text.endswith(f"\n\n{body}")


def test_the_head_is_known(seed: str) -> None:
    assert tuple(line.text for line in explain(seed).head) == HEAD


def test_body_only_leaves_out_head_captions_and_credits(seed: str) -> None:
    whole, body = filled(clean(seed)), filled(clean(seed, body_only=True))
    gone = {*HEAD, CAPTION, "(Bild: AFP)"}
    assert body == [line for line in whole if line not in gone]
    assert {QUOTE, SPEAKER, *SUBHEADS} <= set(body)


@pytest.mark.parametrize("lang", ["de", "de-AT", "DE"])
def test_naming_the_language_changes_nothing(seed: str, lang: str) -> None:
    assert clean(seed, lang=lang) == clean(seed)


@pytest.mark.parametrize("body_only", [False, True])
def test_a_second_clean_finds_nothing(seed: str, body_only: bool) -> None:
    once = clean(seed, body_only=body_only)
    assert clean(once, body_only=body_only) == once
    assert explain(once, body_only=body_only).removed == ()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_do_not_matter(seed: str, end: str) -> None:
    assert clean(seed.replace("\n", end)) == clean(seed)
