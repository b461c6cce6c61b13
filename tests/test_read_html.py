"""Reading HTML: lines as a browser shows them, the evidence on each, what goes by it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import clean_html, explain_html, read_html
from cleaner.markup import Place, words_of_names
from cleaner.rules.markup import blocks


def lines(html: str | bytes) -> tuple[str, ...]:
    return read_html.read_html(html).texts


# --- lines


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Ein<b>zel</b>teile", ("Einzelteile",)),
        ("<p>eins\n  zwei</p>", ("eins zwei",)),
        ("<span>a</span><span>b</span>", ("ab",)),
        ("<p>a<p>b", ("a", "", "b")),
        ("<div>a</div><div>b</div>", ("a", "b")),
        ("a<br>b<br><br>c", ("a", "b", "", "c")),
        ("<p>Mehr <a href=/>dazu</a>.", ("Mehr dazu.",)),
        ("<h1>Titel</h1><p>Text", ("Titel", "", "Text")),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", ("a", "", "b", "", "c")),
        ("<pre>a\n  b\n\nc</pre>", ("a", "  b", "", "c")),
        ("a<hr>b", ("a", "", "b")),
        ("a<script>1 < 2</script>b<style>p{}</style>c", ("abc",)),
        ("<select><option>Rot<option>Blau</select>", ("Rot", "Blau")),
        ("<button>Ja</button><button>Nein</button>", ("Ja", "Nein")),
        ("<svg><title>Pfeil</title><text>x</text></svg>a", ("a",)),
        ("<textarea>schreib</textarea>a", ("a",)),
        ("<template><p>später</template>a", ("a",)),
        ("<title>Titel</title><p>a", ("a",)),
        ("a&nbsp;b &amp; c", ("a\xa0b & c",)),
        ("<p>\u3000東京は晴れ", ("\u3000東京は晴れ",)),
        ("<p>&nbsp;</p><p>a", ("a",)),
        ("<p>\t a\n\n b\f\r c \x0bd\n", ("a b c \x0bd",)),
        ("<p>\u2009a\n \u2009b", ("\u2009a \u2009b",)),
        ("a<b hidden>b<b>c</b><i>d</i>e</b>f<b>g</b>", ("a", "bcde", "fg")),
        ("<x-card>a</x-card>", ("a",)),
        ("", ()),
        ("nur Text", ("nur Text",)),
    ],
)
def test_lines_are_as_a_browser_shows_them(html: str, expected: tuple[str, ...]) -> None:
    assert lines(html) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><th>Jahr<th>Meter<tr><td>1954<td>1,80", ("Jahr\tMeter", "1954\t1,80")),
        ("<tr><td><p>Jahr</p><td><div>1954</div>", ("Jahr\t1954",)),
        ("<tr><td>a<td><td>c", ("a\t\tc",)),
        ("<tr><td>Menü<br>Sport<td>Artikel", ("Menü", "Sport", "Artikel")),
        ("<tr><td><table><tr><td>a<td>b</table><td>c", ("a\tb\tc",)),
        ("<caption>Pegel</caption><tr><td>a<td>b", ("Pegel", "a\tb")),
    ],
)
def test_a_row_of_a_data_table_is_a_line(rows: str, expected: tuple[str, ...]) -> None:
    found = tuple(line for line in lines(f"<table>{rows}</table>") if line)
    assert found == expected


def test_columns_are_as_long_as_the_page() -> None:
    page = read_html.read_html("<ul><li>a<li>b</ul><table><tr><td>x<td>y</table><p>z")
    assert page.markup is not None
    assert len(page.texts) == len(page.markup.rows) == len(page.markup.linked)
    assert len({len(column) for column in page.markup.blocks}) == 1
    assert page.source == "\n".join(page.texts)


TAGS = (
    *("<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<a>", "</a>", "<b>"),
    *("<pre>", "</pre>", "<ul>", "<li>", "</ul>", "<svg>", "</svg>", "<br>", "<script>", "<title>"),
    *("</script>", "<select>", "<option>", "<form>", "</form>", "<td hidden>", "<!--", "-->"),
    *(
        "<plaintext>",
        "<body>",
        "</body>",
        "</html>",
        "\ud800",
        "\0",
        "&",
        "<",
        ">",
        "\n",
        " ",
        "wort",
    ),
)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    parts=st.lists(
        st.sampled_from(TAGS),
        max_size=40,
    )
)
def test_no_page_breaks_the_columns(parts: list[str]) -> None:
    page = read_html.read_html("".join(parts))
    assert page.markup is not None
    assert len(page.texts) == len(page.markup.rows) == len(page.markup.linked)
    assert not any("\n" in text or "\r" in text for text in page.texts)
    size = len(page.texts)
    blocks = page.markup.blocks
    assert all(
        a <= size and b <= size + 2 * size for a, b in zip(blocks.begins, blocks.ends, strict=True)
    )
    assert explain_html("".join(parts)).page == page


# --- evidence


def test_a_line_knows_where_it_stands() -> None:
    html = (
        "<main id=content><article class='post hentry'><h2>Titel</h2>"
        "<div role=navigation><a>Mehr</a> dazu</div></article></main>"
    )
    page = read_html.read_html(html)
    title, _, menu = page.lines
    assert title.markup is not None
    assert menu.markup is not None
    assert title.markup["path"] == "body/main/article/h2"
    assert menu.markup["names"] == ("navigation", "post", "hentry", "content")
    assert menu.markup["link_density"] == 0.44
    assert page.markup is not None
    assert Place.NAV in page.markup.place(2)
    assert Place.HEADING in page.markup.place(0)


@pytest.mark.parametrize(
    "attribute", ["hidden", "style='display: none'", "style=visibility:hidden", "hidden=''"]
)
@pytest.mark.parametrize("tag", ["p", "span", "div", "x-y"])
def test_hidden_elements_are_known_as_such(tag: str, attribute: str) -> None:
    page = read_html.read_html(f"<p>a<{tag} {attribute}>psst</{tag}><p>b")
    assert page.markup is not None
    hidden = [t for n, t in enumerate(page.texts) if Place.HIDDEN in page.markup.place(n) and t]
    assert hidden == ["psst"]


def test_what_is_shown_later_is_not_hidden() -> None:
    page = read_html.read_html("<p hidden=until-found>a")
    assert page.markup is not None
    assert Place.HIDDEN not in page.markup.place(0)


def test_the_head_of_the_document_is_kept_beside_the_lines() -> None:
    page = read_html.read_html(
        "<html lang=de><title>Die\n Brücke</title><meta property='OG:Title' content=Brücke>"
        "<meta name=author content='Anna Berg'><script type=application/ld+json>"
        '{"@context": "https://schema.org"}</script><script>x</script>',
        "https://example.org/a",
    )
    assert page.markup is not None
    assert page.markup.title == "Die Brücke"
    assert page.markup.meta == {"og:title": "Brücke", "author": "Anna Berg"}
    assert page.markup.data == ('{"@context": "https://schema.org"}',)
    assert (page.markup.lang, page.markup.url) == ("de", "https://example.org/a")


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("relatedArticles site-nav XMLFeed a1", "related articles site nav xml feed a"),
        ("site-nav\n\ta1b__c", "site nav a b c"),
        ("größe übersicht", "gr öß e ü bersicht"),
        ("12 -_", ""),
    ],
)
def test_names_fall_into_words(names: str, words: str) -> None:
    assert words_of_names(names) == tuple(words.split())


@pytest.mark.parametrize(
    "html", ["<p>\ud800", "<p class=\ud800>a", "<p \ud800=1>a", "<x\ud800>a", "<title>\ud800"]
)
def test_lone_surrogates_are_replaced_wherever_they_stand(html: str) -> None:
    page = read_html.read_html(html)
    assert page.markup is not None
    kept = (page.source, page.markup.title, *page.markup.blocks.tags, *page.markup.blocks.names)
    "".join(kept).encode()
    assert page.texts or page.markup.title


# --- cleaning


def test_every_line_that_stays_is_a_line_of_the_page() -> None:
    html = "<nav><a>Home</a></nav><h1>Titel</h1><p>Es war einmal.<div class=newsletter>Jetzt"
    cleaned = explain_html(html)
    assert set(cleaned.text.split("\n")) <= set(cleaned.page.texts)
    assert clean_html(html) == cleaned.text


@pytest.mark.parametrize(
    ("block", "rule", "because"),
    [
        ("<nav>Sport</nav>", "nav/landmark", "in <nav>"),
        ("<div role=contentinfo>Sport</div>", "footer/landmark", "in <footer>"),
        ("<aside>Sport</aside>", "related/landmark", "in <aside>, no paragraph in it"),
        (
            "<header><a>Sport</a></header>",
            "nav/landmark",
            "in <header>, link density 1.00 > 0.50",
        ),
        ("<div id=newsletter-box>Sport</div>", "newsletter/block", "class token newsletter"),
        (
            "<div class=relatedArticles><a>Sport</a></div>",
            "related/block",
            "class token related, link density 1.00 > 0.50",
        ),
        (
            "<div class=social-bar>Sport</div>",
            "share/block",
            "class token social, no paragraph in it",
        ),
    ],
)
def test_markup_is_a_reason(block: str, rule: str, because: str) -> None:
    text = "Die Brücke wird später fertig als gedacht, teilte die Stadt am Montag mit. " * 3
    cleaned = explain_html(f"<p>{text}{block}<p>{text}")
    found = {(line.text, m.rule, m.because) for line, m in cleaned.removed}
    assert ("Sport", rule, because) in found
    skipped = explain_html(f"<p>{text}{block}<p>{text}", skip=rule)
    assert rule not in {mark.rule for mark in skipped.marks}


@pytest.mark.parametrize(
    "block",
    [
        "<header><h1>Sport</h1></header>",
        "<div class=has-social><p>{text}</div>",
        "<aside><p>{text}</aside>",
        "<body class=newsletter-open><p>{text}",
        "<div class=sharepoint>Sport am Abend</div>",
    ],
)
def test_near_misses_stay(block: str) -> None:
    text = "Die Brücke wird später fertig als gedacht, teilte die Stadt am Montag mit. "
    html = block.format(text=text * 2) + f"<p>{text * 2}<p>{text * 4}"
    assert blocks(read_html.read_html(html)) == []
