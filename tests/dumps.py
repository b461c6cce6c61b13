"""Dumps that Hypothesis makes up, of lines as real pages have them and of odd ones."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from cleaner.phrase_files import read_tables

SENTENCES = (
    "Die Brücke wird später fertig als gedacht, teilte die Stadt am Montag bei einem Termin mit.",
    "„Wir haben das Geld, aber nicht die Leute“, sagte der Bürgermeister den Reportern vor Ort.",
    "Unter dem Artikel standen früher Kommentare, und in den Kommentaren stand die Wahrheit.",
    "The bridge will open later than planned, the council said on Monday, blaming the weather.",
    "Le pont ouvrira plus tard que prévu, a annoncé lundi la mairie, qui accuse la météo du mois.",
    "Мост откроется позже, чем планировалось, сообщила в понедельник городская администрация.",
    "市政府星期一表示，由于天气原因，这座桥将比原计划更晚开放，市民需要继续绕行一段时间。",
    "Wer über die Brücke will, muss warten; wer nicht will, wartet auch, denn einen anderen Weg "
    "gibt es seit dem Hochwasser im Mai nicht mehr, und die Fähre fährt nur an den Tagen, an denen "
    "der Fährmann Lust dazu hat, was er an keinem Tag vor dem Mittag zu sagen weiß.",
)
HEADINGS = (
    *("Brücke wird später fertig", "Lokales", "Konstruktives Gespräch", "Kommentare", "Video"),
    *("Bridge to open late", "Ein Jahr danach: was bleibt?", "Mehr zum Thema", "Wetter", "Sport"),
)
AROUND = (
    *("20.05.2021 07:47", "12. März 2024, 08:15 Uhr", "vor 3 Stunden", "Von Anna Berg", "By Ann B"),
    *("Das Rathaus am Abend (Foto: dpa)", "Das Rathaus am Abend", "(Bild: AFP)", "© Anna Berg"),
    *("Home > Lokales > Wesselburg", "Start | Sport | Kultur", "© 2024 Tageblatt", "3", "1.204"),
    *("00:00", "1,5x", "-03:12", "***", "—", "✓", "★★★☆☆", "Anna_77", "Guter Text, danke!"),
)
ODD = (
    *("", "", " ", "\t \t", "\u00a0", "\u3000\u2003", "\u200b", "\ufeff", "\u00ad", "\f", "\x0b"),
    *("\u2028", "a\u2028b", "a\x85b", "\x1c", "\x00", "\ud800", "\udfffAbspielen", "ABSPIELEN"),
    *(
        "A\u0308",
        "Schlie\u00dfen",
        "SCHLIESSEN",
        "\u1e9e",
        "\u202eneliepsbA",
        "Ａｂｓｐｉｅｌｅｎ",
        "İ",
        "ﬁ",
    ),
    *(
        "{n}",
        "{name} {t}",
        "\\d+",
        "(" * 80,
        '"' * 9,
        "a" * 301,
        "Teilen" * 60,
        "👍🏽",
        "e" + "́" * 40,
    ),
)


@cache
def furniture() -> tuple[str, ...]:
    """Every line that a phrase table must drop."""
    tables = read_tables()
    return tuple(line for t in tables for p in t.langs.values() for line in p.drop)


def lines() -> st.SearchStrategy[str]:
    """Lines of every kind, those of real pages more often than the made-up ones."""
    real = [furniture(), furniture(), SENTENCES, SENTENCES, HEADINGS, AROUND]
    some = [*map(st.sampled_from, real), st.just(""), st.just("")]
    return st.one_of(*some, st.sampled_from(ODD), st.text(max_size=12))


def blocks() -> st.SearchStrategy[list[str]]:
    """Runs of lines as pages have them: a player, a menu, teasers, a thread, a paragraph."""
    controls = [line for line in furniture() if len(line) < 25]
    short = st.sampled_from((*HEADINGS, *AROUND, *controls))
    return st.one_of(
        st.lists(st.sampled_from(controls), min_size=1, max_size=6),
        st.lists(short, min_size=1, max_size=6),
        st.sampled_from(SENTENCES).map(lambda line: [line]),
        st.sampled_from(SENTENCES).map(lambda line: [line]),
        st.tuples(st.sampled_from(HEADINGS), st.sampled_from(SENTENCES)).map(list),
        st.lists(lines(), min_size=1, max_size=4),
    )


def dumps() -> st.SearchStrategy[str]:
    """Dumps: loose lines with any line ends, whole pages, or any text at all."""
    ends = st.sampled_from(("\n", "\n", "\n\n", "\r\n", "\r", "\n \n"))
    loose = st.lists(st.tuples(lines(), ends).map("".join), max_size=14).map("".join)
    parted = st.lists(blocks().map("\n".join), min_size=2, max_size=9)
    pages = st.tuples(st.sampled_from(("\n\n", "\n", "\r\n\r\n")), parted).map(_joined)
    return st.one_of(loose, pages, pages, st.text(st.characters(), max_size=60))


def _joined(parts: tuple[str, list[str]]) -> str:
    return parts[0].join(parts[1])
