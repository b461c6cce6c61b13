"""Phrase files: strict reading, slots, word ends, languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.columns import build_columns
from cleaner.errors import CleanerError, PhraseFileError
from cleaner.phrase_files import entries_of, read_tables, read_words
from cleaner.phrases import Index
from cleaner.read_text import read_text

# --- strict reading


GOOD = """\
[closed]
about = "Notice that an article takes no comments."
[closed.de]
whole = ["kommentare sind geschlossen"]
drop = ["Kommentare sind geschlossen."]
keep = ["Kommentare waren unerwünscht."]
"""


def read(folder: Path, text: str, **others: str) -> tuple[object, ...]:
    (folder / "comments.toml").write_text(text, encoding="utf-8")
    for name, other in others.items():
        (folder / f"{name}.toml").write_text(other, encoding="utf-8")
    return read_tables(folder)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (table,) = read(tmp_path, GOOD)
    assert table.rule == "comments/closed"
    assert table.about == "Notice that an article takes no comments."
    assert table.langs["de"].whole == ("kommentare sind geschlossen",)
    assert table.langs["de"].starts == ()


def list_of(how: str, *phrases: str) -> tuple[str, str]:
    listed = ", ".join(f'"{phrase}"' for phrase in phrases)
    return 'whole = ["kommentare sind geschlossen"]', f"{how} = [{listed}]"


DROP, KEEP = 'drop = ["Kommentare sind geschlossen."]', 'keep = ["Kommentare waren unerwünscht."]'
ABOUT = 'about = "Notice that an article takes no comments."'
HEADING = "[closed.de]"

BROKEN = {
    "unknown key beside phrases": (HEADING, f"{HEADING}\nends = ['x']", "unknown key 'ends'"),
    "unknown key beside about": (ABOUT, f"{ABOUT}\nlimit = 3", "unknown key 'limit'"),
    "unknown language key": (HEADING, "[closed.german]", "unknown key 'german'"),
    "no language": (GOOD[GOOD.index(HEADING) :], "", "has no language"),
    "no about": (ABOUT, "", "needs `about`"),
    "empty about": (ABOUT, 'about = ""', "needs `about`"),
    "about that is no text": (ABOUT, "about = 3", "needs `about`"),
    "no phrases": (list_of("")[0], "", "needs phrases"),
    "empty list": (*list_of("whole"), "`whole` must be a list of one or more texts"),
    "empty phrase": (*list_of("whole", ""), "`whole` must be a list of one or more texts"),
    "a text for a list": (list_of("")[0], 'whole = "abspielen"', "`whole` must be a list"),
    "numbers in a list": (list_of("")[0], "whole = [3]", "`whole` must be a list"),
    "no drop": (DROP, "", "needs `drop`"),
    "no keep": (KEEP, "", "needs `keep`"),
    "empty drop": (DROP, "drop = []", "`drop` must be a list of one or more texts"),
    "empty keep": (KEEP, "keep = []", "`keep` must be a list of one or more texts"),
    "dot at the end": (*list_of("whole", "kommentare zu."), "not in folded form"),
    "two blanks": (*list_of("whole", "kommentare  zu"), "not in folded form"),
    "twice in one list": (*list_of("whole", "alles zu", "alles zu"), "listed twice"),
    "short start": (*list_of("starts", "mehr z"), "too short"),
    "short part": (*list_of("holds", "mehr zu"), "too short"),
    "part of one word": (*list_of("holds", "kommentarfunktion"), "too short"),
    "unknown slot": (*list_of("whole", "noch {x} kommentare"), "cannot take these slots"),
    "name at a start": (*list_of("starts", "alle kommentare von {name}"), "cannot take these"),
    "number in a part": (*list_of("holds", "noch {n} kommentare hier"), "cannot take these"),
    "two names": (*list_of("whole", "kommentar von {name} an {name}"), "cannot take these"),
    "hardly more than a name": (*list_of("whole", "zu {name}"), "too little beside the name"),
    "table not in kebab-case": ("closed", "Closed_Now", "kebab-case"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_table_is_refused_with_file_and_table(tmp_path: Path, case: str) -> None:
    old, new, message = BROKEN[case]
    assert old in GOOD
    with pytest.raises(PhraseFileError) as raised:
        read(tmp_path, GOOD.replace(old, new))
    said = str(raised.value)
    assert message in said
    assert "comments" in said
    assert "closed" in said.casefold()
    assert isinstance(raised.value, CleanerError)


@pytest.mark.parametrize("phrase", ["Kommentare zu", "don’t comment"])
def test_a_phrase_that_only_case_or_quotes_unfold_is_refused(tmp_path: Path, phrase: str) -> None:
    with pytest.raises(PhraseFileError, match="not in folded form"):
        read(tmp_path, GOOD.replace(*list_of("whole", phrase)))


@pytest.mark.parametrize("text", ["[closed", "= 3", 'x = "\n'])
def test_broken_toml_is_refused_with_its_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(PhraseFileError, match=r"comments\.toml.*TOML"):
        read(tmp_path, text)


def test_a_file_that_is_no_utf_8_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "comments.toml").write_bytes(GOOD.encode("cp1252"))
    with pytest.raises(PhraseFileError, match=r"comments\.toml"):
        read_tables(tmp_path)


def test_a_phrase_may_not_stand_in_two_ways_of_one_table(tmp_path: Path) -> None:
    both = 'whole = ["kommentare sind geschlossen"]\nstarts = ["kommentare sind geschlossen"]'
    with pytest.raises(PhraseFileError, match="listed twice in comments/closed"):
        read(tmp_path, GOOD.replace(list_of("")[0], both))


@pytest.mark.parametrize("other", ["comments", "footer"])
def test_a_phrase_may_not_stand_in_two_tables(tmp_path: Path, other: str) -> None:
    again = GOOD.replace("closed]", "shut]").replace("closed.de]", "shut.de]")
    files = {"comments": GOOD + again} if other == "comments" else {"comments": GOOD, other: again}
    with pytest.raises(PhraseFileError, match="listed twice") as raised:
        read(tmp_path, files.pop("comments"), **files)
    assert "comments/closed" in str(raised.value)
    assert f"{other}/shut" in str(raised.value)


def test_two_languages_of_one_table_may_share_a_phrase(tmp_path: Path) -> None:
    other = GOOD[GOOD.index(HEADING) :].replace(".de]", ".nl]")
    (table,) = read(tmp_path, GOOD + other)
    assert sorted(table.langs) == ["de", "nl"]


WORDS = '[month]\nabout = "Months."\n[month.de]\nwords = ["mai"]\n'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('["mai"]', "[]"),
        ('about = "Months."', ""),
        ("words =", "wordz ="),
        ('["mai"]', '["mai"]\nmore = ["juni"]'),
        ("[month.de]", "[month.german]"),
    ],
)
def test_vocabularies_are_read_as_strictly(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "words.toml"
    path.write_text(WORDS, encoding="utf-8")
    assert read_words(tmp_path) == {"month": {"de": ("mai",)}}
    path.write_text(WORDS.replace(old, new), encoding="utf-8")
    with pytest.raises(PhraseFileError, match=r"words\.toml \[month"):
        read_words(tmp_path)


# --- what a phrase matches


def hit(folder: Path, how: str, phrase: str, line: str, lang: str = "de") -> bool:
    """Tell whether a table of one phrase marks a line."""
    text = GOOD.replace(*list_of(how, phrase)).replace(HEADING, f"[closed.{lang}]")
    return bool(marks_of(folder, text, line))


def marks_of(folder: Path, text: str, line: str, lang: str | None = None) -> list[object]:
    index = Index(build_columns(entries_of(read(folder, text))))
    return list(index.find(read_text(line, lang)))


@pytest.mark.parametrize(
    ("how", "phrase", "yes", "no"),
    [
        (
            "whole",
            "noch {n} sekunden",
            ["Noch 10 Sekunden", "noch 1.000 Sekunden …", "NOCH 3,5 SEKUNDEN", "Noch ５ Sekunden"],
            ["Noch Sekunden", "Noch zehn Sekunden", "Noch 10 Sekunden Zeit", "Noch 10Sekunden"],
        ),
        (
            "whole",
            "noch {t} übrig",
            ["Noch 1:23 übrig", "Noch 00:00 übrig", "Noch -1:02:03 übrig"],
            ["Noch 12 übrig", "Noch 1:2 übrig", "Noch 1:23:45:67 übrig"],
        ),
        (
            "whole",
            "folgen sie {name}",
            ["Folgen Sie Anna", "Folgen Sie Anna von der Berg", "FOLGEN SIE a b c d e f"],
            ["Folgen Sie", "Folgen Sie a b c d e f g", "Bitte folgen Sie Anna"],
        ),
        (
            "whole",
            "{name} folgen sie",
            ["Anna folgen Sie", "Anna von der Berg folgen Sie"],
            ["folgen Sie", "a b c d e f g folgen Sie", "Anna folgen Sie mir"],
        ),
        (
            "whole",
            "abspielen",
            ["Abspielen", "▶ ABSPIELEN", "abspielen …", "Ab\u00adspielen", "Ａｂｓｐｉｅｌｅｎ"],
            ["Abspielen?", "„Abspielen“", "Abspielend", "ab spielen", "Abspielen."],
        ),
        (
            "whole",
            "straße schließen",
            ["Straße schließen", "STRASSE SCHLIESSEN", "Strasse schliessen"],
            ["Strafe schließen"],
        ),
        (
            "starts",
            "lesen sie auch",
            ["Lesen Sie auch", "Lesen Sie auch: ein Test", "  Lesen Sie auch – ein Test"],
            ["Lesen Sie auchs", "Bitte lesen Sie auch", "Lesen Sie"],
        ),
        (
            "starts",
            "lesen sie auch:",
            ["Lesen Sie auch: ein Test"],
            ["Lesen Sie auch dies", "Lesen Sie auchs: x"],
        ),
        (
            "starts",
            "noch {n} kommentare",
            ["Noch 12 Kommentare", "Noch 12 Kommentare lesen"],
            ["Noch 12 Kommentarex", "Noch Kommentare"],
        ),
        (
            "holds",
            "teile mit freunden",
            [
                "Teile mit Freunden",
                "Jetzt: teile mit Freunden!",
                "Urteile, dann teile mit Freunden",
            ],
            ["Urteile mit Freunden", "teile mit Freundentum", "teile nun mit Freunden"],
        ),
        (
            "holds",
            "更多相关新闻",
            ["更多相关新闻", "请看：更多相关新闻！"],
            ["更多相关的新闻"],
        ),
    ],
)
def test_slots_and_word_ends(
    tmp_path: Path, how: str, phrase: str, yes: list[str], no: list[str]
) -> None:
    assert [line for line in yes if not hit(tmp_path, how, phrase, line)] == []
    assert [line for line in no if hit(tmp_path, how, phrase, line)] == []


def test_a_phrase_is_found_in_a_sentence_without_blanks(tmp_path: Path) -> None:
    assert hit(tmp_path, "holds", "更多相关新闻", "请看更多相关新闻吧")


def test_a_mark_names_the_phrase(tmp_path: Path) -> None:
    (mark,) = marks_of(tmp_path, GOOD, "Ein Satz\nKommentare sind geschlossen")
    assert (mark.start, mark.stop, mark.rule) == (1, 2, "comments/closed")
    assert mark.because == "“kommentare sind geschlossen”"


def test_a_phrase_is_found_anywhere_in_a_short_line_only(tmp_path: Path) -> None:
    phrase = "kein kommentieren mehr möglich"
    assert hit(tmp_path, "holds", phrase, f"Hier ist {phrase}, leider.")
    assert not hit(tmp_path, "holds", phrase, f"Hier ist {phrase}, {'leider ' * 40}.")


@pytest.mark.parametrize(
    ("table_lang", "page_lang", "found"),
    [
        ("de", None, True),
        ("de", "de", True),
        ("de", "fr", False),
        ("fr", "de", False),
        ("en", "de", True),
        ("any", "de", True),
    ],
)
def test_a_language_leaves_out_the_others_but_english(
    tmp_path: Path, table_lang: str, page_lang: str | None, found: bool
) -> None:
    text = GOOD.replace(HEADING, f"[closed.{table_lang}]")
    assert bool(marks_of(tmp_path, text, "Kommentare sind geschlossen", page_lang)) is found
