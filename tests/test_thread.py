"""Threads of readers' comments, and copies of the article for others to reprint."""

from __future__ import annotations

import cleaner

STORY = [
    "Die Sanierung der Brücke dauert länger als geplant, teilte die Stadt am Montag mit. Grund "
    "sind Schäden am dritten Pfeiler, die erst beim Abtragen der Fahrbahn zu sehen waren.",
    "Der Umweg über Neudorf bleibt bis zum Herbst bestehen. Die Buslinie 7 fährt weiter alle "
    "zwanzig Minuten, hält aber nicht mehr am Bahnhof, weil dort die Kräne stehen.",
    "Im Rathaus rechnet man mit Mehrkosten von zwei Millionen Euro. Woher das Geld kommen soll, "
    "entscheidet der Rat im Mai, und die Opposition hat schon Widerspruch angekündigt.",
]
POST = "Ich fahre seit dreißig Jahren über diese Brücke, und so lange hat es nie gedauert. " * 4


def cleaned(*lines: str) -> cleaner.Cleaned:
    return cleaner.explain("\n".join(lines), skip="model")


def thread(opening: str, *dates: str) -> list[str]:
    posts = [line for date in dates for line in ("Gast", date, POST + date, "Antworten")]
    return [opening, *posts]


def test_a_counted_and_dated_thread_may_be_longer_than_the_article() -> None:
    dates = [f"{day}. Mai 2024 um 10:17 Uhr" for day in range(1, 6)]
    kept = [line.text for line in cleaned(*STORY, *thread("5 Kommentare", *dates)).kept]
    assert kept == STORY


def test_a_long_thread_that_nothing_counts_may_be_a_forum() -> None:
    dates = [f"{day}. Mai 2024 um 10:17 Uhr" for day in range(1, 6)]
    text = cleaned(*STORY, *thread("Kommentare", *dates)).text
    assert POST + dates[0] in text


def test_a_count_that_no_dated_comment_follows_opens_no_thread() -> None:
    after = ["5 Kommentare", *(POST + str(n) for n in range(4)), "Antworten", "Antworten"]
    assert POST + "0" in cleaned(*STORY, *after).text


def copy_of(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p> " for paragraph in paragraphs)


def test_a_line_that_holds_the_article_again_goes() -> None:
    story = [f"{n}. {paragraph}" for n in range(3) for paragraph in STORY]
    again = cleaned(*story, "Teilen", copy_of(*story))
    assert [line.text for line in again.kept] == story
    (mark,) = (mark for line, mark in again.removed if line.text.startswith("<p>"))
    assert (mark.rule, mark.because) == ("repeat/copy", "holds 9 other paragraphs")


def test_a_long_paragraph_that_quotes_some_others_stays() -> None:
    long = " ".join(f"Satz {n} steht nur hier und sonst nirgends auf der Seite." for n in range(60))
    assert long + STORY[0] in cleaned(*STORY, "Teilen", long + STORY[0]).text
