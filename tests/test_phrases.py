"""Phrase files: the lines that prove each table, strict reading, slots, word ends, the store."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner import explain
from cleaner.columns import build_columns
from cleaner.errors import CleanerError, PhraseFileError
from cleaner.phrase_files import FOLDER, entries_of, read_tables, read_words
from cleaner.phrases import Index
from cleaner.read_text import read_text

TABLES = read_tables()
TABLE_RULES = frozenset(table.rule for table in TABLES)
PROOFS = [(t.rule, lang, held) for t in TABLES for lang, held in sorted(t.langs.items())]
NAMES = [f"{rule}.{lang}" for rule, lang, _ in PROOFS]
each_table = pytest.mark.parametrize(("rule", "lang", "held"), PROOFS, ids=NAMES)


def phrase_rules_on(line: str, lang: str | None = None) -> set[str]:
    return {mark.rule for mark in explain(line, lang=lang).marks if mark.rule in TABLE_RULES}


# --- every table does what its lines say


@each_table
def test_a_table_marks_each_line_that_it_must_drop(rule: str, lang: str, held: object) -> None:
    missed = [line for line in held.drop if rule not in phrase_rules_on(line)]
    assert missed == []


@each_table
def test_naming_its_language_loses_none_of_them(rule: str, lang: str, held: object) -> None:
    spoken = None if lang == "any" else lang
    missed = [line for line in held.drop if rule not in phrase_rules_on(line, spoken)]
    assert missed == []


@each_table
def test_no_phrase_of_any_table_takes_a_near_miss(rule: str, lang: str, held: object) -> None:
    taken = {line: found for line in held.keep if (found := phrase_rules_on(line))}
    assert taken == {}


@pytest.mark.parametrize(
    "around",
    [
        "Die Brücke wird später fertig als gedacht, teilte die Stadt am Montag den Reportern mit.",
        "Мост откроется позже, чем планировалось, сообщила в понедельник городская администрация.",
        "市政府星期一表示，由于天气原因，这座桥将比原计划更晚开放，市民需要继续绕行一段时间。",
    ],
    ids=["latin", "cyrillic", "han"],
)
def test_lines_are_found_on_a_page_of_any_script(around: str) -> None:
    pairs = ((rule, line) for rule, _, held in PROOFS for line in held.drop)
    lines = [(rule, line) for rule, line in pairs if rule in phrase_rules_on(line)]
    found: set[tuple[str, str]] = set()
    for start in range(0, len(lines), 40):
        page = [
            around if n % 2 else line for _, line in lines[start : start + 40] for n in range(6)
        ]
        cleaned = explain("\n".join(page))
        found |= {(m.rule, cleaned.page.texts[m.start]) for m in cleaned.marks}
    assert [pair for pair in lines if pair not in found] == []


def test_every_line_that_proves_a_table_is_one_line() -> None:
    for _, _, held in PROOFS:
        for line in (*held.drop, *held.keep):
            assert line.strip()
            assert len(read_text(line).texts) == 1


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


# --- the store of phrases, on a copy of the package


CALL = """
import sys
from pathlib import Path
import cleaner
assert Path(cleaner.__file__).parent.parent == Path(sys.argv[1]), cleaner.__file__
print(cleaner.clean(sys.argv[2]))
"""


@pytest.fixture
def copy() -> Iterator[Path]:
    """A copy of the package where any user may read it, without its stores."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        root.chmod(0o755)
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(FOLDER.parent, root / "cleaner", ignore=ignore)
        yield root
        for path in (root, *(p for p in root.rglob("*") if p.is_dir())):
            path.chmod(0o755)


def clean_by(root: Path, dump: str, user: int | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "-c", CALL, str(root), dump],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        user=user,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.removesuffix("\n")


def stores(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file() and path.suffix in (".marshal",)]


DUMP = "Abspielen\nEin Satz, der bleibt.\nKommentare"
CLEAN = "Ein Satz, der bleibt."


def test_the_first_clean_stores_the_phrases_and_the_second_reads_them(copy: Path) -> None:
    assert clean_by(copy, DUMP) == CLEAN
    (store,) = stores(copy)
    written = store.stat().st_mtime_ns
    assert clean_by(copy, DUMP) == CLEAN
    assert stores(copy) == [store]
    assert store.stat().st_mtime_ns == written


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"no store at all",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: b"\0" * len(data),
        lambda data: b"\xe9\x05\x00\x00\x00",
        lambda data: b"N",
        lambda data: b")\x04NNNN",
    ],
    ids=["empty", "text", "half", "one byte short", "zeros", "a number", "none", "four nones"],
)
def test_a_damaged_store_is_rebuilt(copy: Path, damage: object) -> None:
    clean_by(copy, DUMP)
    (store,) = stores(copy)
    whole = store.read_bytes()
    store.write_bytes(damage(whole))
    assert clean_by(copy, DUMP) == CLEAN
    assert stores(copy) == [store]
    assert len(store.read_bytes()) == len(whole)


def test_a_stale_store_is_rebuilt(copy: Path) -> None:
    assert clean_by(copy, "Quarkhobel\nEin Satz") == "Quarkhobel\nEin Satz"
    table = copy / "cleaner" / "phrases" / "label.toml"
    new = '\n[quark]\nabout = "Quark."\n[quark.de]\nwhole = ["quarkhobel"]\n'
    new += 'drop = ["Quarkhobel"]\nkeep = ["Ein Quarkhobel."]\n'
    old = table.read_text(encoding="utf-8")
    table.write_text(old + new, encoding="utf-8")
    assert clean_by(copy, "Quarkhobel\nEin Satz") == "Ein Satz"
    table.write_text(old, encoding="utf-8")
    assert clean_by(copy, "Quarkhobel\nEin Satz") == "Quarkhobel\nEin Satz"


def test_a_broken_phrase_file_is_told_though_a_store_is_there(copy: Path) -> None:
    clean_by(copy, DUMP)
    (copy / "cleaner" / "phrases" / "label.toml").write_text("[broken", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"PhraseFileError.*label\.toml"):
        clean_by(copy, DUMP)


def test_a_folder_that_cannot_be_written_still_cleans(copy: Path) -> None:
    """For a user without the right to write, as `pip install` by an administrator leaves it."""
    user = 65534 if os.geteuid() == 0 else None  # root may write everywhere
    if user is not None:
        try:
            subprocess.run([sys.executable, "-c", ""], user=user, check=True, cwd="/")
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("root may write everywhere, and no other user may run this Python")
    for path in copy.rglob("*"):
        path.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH | (0o111 if path.is_dir() else 0))
    copy.chmod(0o555)
    assert clean_by(copy, DUMP, user) == CLEAN
    assert clean_by(copy, DUMP, user) == CLEAN
    assert stores(copy) == []


def test_a_store_that_cannot_be_placed_is_done_without(copy: Path) -> None:
    (copy / "cleaner" / "phrases" / "__pycache__").write_bytes(b"in the way")
    assert clean_by(copy, DUMP) == CLEAN
