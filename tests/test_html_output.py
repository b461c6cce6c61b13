"""HTML on its way out: Markdown, head, the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from story import PROSE, STORY

from cleaner import clean_html, explain, explain_html
from cleaner.cli import main
from cleaner.decode_html import looks_like_html
from cleaner.markdown import to_markdown
from cleaner.read_html import read_html

# --- head


def test_the_head_is_read_from_meta() -> None:
    head = explain_html(STORY).head
    assert (head.title, head.author) == ("Brücke wird später fertig", "Anna Berg")
    assert (head.date, head.site) == ("2024-05-01", "Wesselbote")
    assert head[0].text == "Brücke wird später fertig"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            '{"@context":"https://schema.org","@type":"NewsArticle","headline":"Damm &amp; Deich",'
            '"datePublished":"20240203","author":[{"name":"A"},{"name":"B"},{"name":"A"}],'
            '"publisher":{"name":"Bote"}}',
            ("Damm & Deich", "A, B", "2024-02-03", "Bote"),
        ),
        (
            '[{"@context":"http://schema.org","@graph":[{"@type":"WebPage","headline":"Seite"},'
            '{"@type":["Article"],"headline":"Damm","author":"https://example.org/a"}]}]',
            ("Damm", None, None, "example.org"),
        ),
        (  # headlines are cut in the middle of an emoji, too
            '{"@context":"schema.org","@type":"Article","headline":"Damm \\ud83c\\udf0a \\ud83c"}',
            ("Damm \U0001f30a \ufffd", None, None, "example.org"),
        ),
        ('{"@context": "schema.org", broken', ("Titel", None, None, "example.org")),
        (
            '{"@context":"schema.org","@type":"Article","datePublished":"gestern"}',
            ("Titel", None, None, "example.org"),
        ),
    ],
)
def test_json_ld_is_a_second_witness(data: str, expected: tuple[str | None, ...]) -> None:
    html = f"<title>Titel</title><script type=application/ld+json>{data}</script><p>{PROSE * 5}"
    head = explain_html(html, url="https://www.example.org/a/b").head
    assert (head.title, head.author, head.date, head.site) == expected


def test_a_text_dump_has_no_such_fields() -> None:
    cleaned = explain(f"Abspielen\n\n{PROSE}")
    assert cleaned.head.title is None
    assert "title" not in cleaned.to_dict()


# --- Markdown


def markdown(html: str, url: str | None = None) -> str:
    return to_markdown(explain_html(html, skip=("model", "nav"), markdown=True, url=url))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h3>Was <em>bleibt</em></h3>", "### Was bleibt"),
        ("<p>Ein <a href='b c'>Weg</a> dahin", "Ein [Weg](https://e.org/d/b%20c) dahin"),
        ("<p>Ein <a>Anker</a>, <a href=#x>Sprung</a>", "Ein Anker, Sprung"),
        ("<a href=/x><div>eins</div><div>zwei</div></a>", "[eins](/x)\n\n[zwei](/x)"),
        ("<ul><li>a<ol><li>b<li>c</ol><li>d</ul>", "- a\n  1. b\n  2. c\n- d"),
        ("<ul><li>eins<p>weiter</ul>", "- eins\n\n  weiter"),
        ("<ul><li>eins<br>weiter</ul>", "- eins\n  weiter"),
        ("<ol><li>a<pre>x\ny</pre><li>b</ol>", "1. a\n\n   ```\n   x\n   y\n   ```\n\n2. b"),
        ("<pre>```\nx\n```</pre>", "````\n```\nx\n```\n````"),
        ("<ol><li><pre>x</pre></ol>", "1. ```\n   x\n   ```"),
        ("<ul><li><ul><li>a<li>b</ul></ul>", "- a\n- b"),
        ("<ul><li>a<blockquote>b<p>c</blockquote></ul>", "- a\n\n  > b\n  >\n  > c"),
        (
            "<ol><li><h2>Eins</h2><p>Satz.<ul><li>a</ul><li><h2>Zwei</h2></ol>",
            "## Eins\n\nSatz.\n\n- a\n\n## Zwei",
        ),
        ("<p>nimm <code>x_y</code>, nicht a_b", "nimm `x_y`, nicht a\\_b"),
        ("<pre>if x:\n    y\n\nz</pre><p>so", "```\nif x:\n    y\n\nz\n```\n\nso"),
        (
            "<table><tr><th>Jahr<th>Meter<tr><td>1954<td><a href=/p>1|8</a></table>",
            "| Jahr | Meter |\n| --- | --- |\n| 1954 | [1\\|8](/p) |",
        ),
        (
            "<table><tr><td><table><tr><td>a<td>b</table><td><a href=/c>c</a></table>",
            "| a | b | [c](/c) |\n| --- | --- | --- |",
        ),
        ("<blockquote><p>Sie sagte<h4>So</h4></blockquote>", "> Sie sagte\n>\n> #### So"),
        (
            "<blockquote><p>Sie<p>er<pre>x</pre></blockquote><blockquote>wir</blockquote>",
            "> Sie\n>\n> er\n>\n> ```\n> x\n> ```\n\n> wir",
        ),
        ("<p># kein Titel<p>1. kein Punkt", "\\# kein Titel\n\n1\\. kein Punkt"),
        ("<p>a*b [c]", "a\\*b \\[c\\]"),
    ],
)
def test_structure_is_kept_as_markdown(html: str, expected: str) -> None:
    url = "https://e.org/d/" if "b c" in html else None
    assert markdown(html, url) == expected


def test_lines_are_the_same_with_and_without_markdown() -> None:
    with_it, without = read_html(STORY, markdown=True), read_html(STORY)
    assert with_it.texts == without.texts
    assert with_it.markup is not None
    assert with_it.markup.marked is not None
    assert len(with_it.markup.marked) == len(with_it.texts)


# --- the command line


def test_html_is_told_from_text_by_looking(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    page = tmp_path / "page.html"
    page.write_text(STORY, encoding="utf-8")
    assert main(["--body-only", str(page)]) == 0
    assert capfdbinary.readouterr().out.decode() == clean_html(STORY, body_only=True) + "\n"
    assert main(["--format", "text", str(page)]) == 0
    assert b"<h1>" in capfdbinary.readouterr().out


def test_json_has_the_fields_of_the_head(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(STORY.encode("utf-16"))
    assert main(["--json", "--url", "https://wesselbote.example/a", str(page)]) == 0
    data = json.loads(capfdbinary.readouterr().out)
    assert data["title"] == "Brücke wird später fertig"
    assert data["date"] == "2024-05-01"


def test_markdown_on_the_command_line(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    page = tmp_path / "page.html"
    page.write_text(STORY, encoding="utf-8")
    assert main(["--markdown", str(page)]) == 0
    out = capfdbinary.readouterr().out.decode()
    assert out.startswith("# Brücke wird später fertig\n")
    assert "\n## Was es kostet\n" in out


def test_an_archive_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html.gz"
    page.write_bytes(b"\x1f\x8b\x08rest")
    assert main(["--format", "html", str(page)]) == 2
    assert "unpack it first" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("begin", "html"),
    [
        (b"<!DOCTYPE html>", True),
        (b"\xef\xbb\xbf\n<!-- x -->\n<HTML lang=de>", True),
        (b"<?xml version='1.0'?><html>", True),
        ("<html><p>".encode("utf-16"), True),
        (b"<p>Es war</p><p>einmal</p>", True),
        (b"Es war einmal.\n\n<3", False),
        (b"Use <b> for bold and <i> for italics, <p> for paragraphs.", False),
        (b"<Anna> hi\n<Berg> hallo", False),
        (b"Es war einmal.\n\nEine Br\xc3\xbccke.\n\n" + b"<p>Es war</p>" * 9, False),  # to reprint
        (b"Es war\n<p>einmal</p>\n" * 9, True),
        (b"", False),
    ],
)
def test_what_looks_like_html(begin: bytes, html: bool) -> None:
    assert looks_like_html(begin) is html


CODE = "if (x) {\n  play();\n}\nlogin\n00:00\nif (x) {\n  play();\n}\n"


@pytest.mark.parametrize("skip", [(), "model"])
def test_lines_of_code_are_no_labels_and_said_as_often_as_they_stand(skip: str) -> None:
    prose = "<p>Der Zähler im Wehr zählt jede Umdrehung des Rades und meldet sie weiter.</p>"
    page = f"<h1>Zähler</h1>{prose * 6}<pre>{CODE}</pre><p>Das Rad steht nur im Winter still.</p>"
    assert CODE in clean_html(page, skip=skip)


def test_code_goes_with_the_block_that_it_stands_in() -> None:
    page = f"<p>{'Ein Satz, der hier steht. ' * 9}</p><footer><pre>{CODE}</pre></footer>"
    assert "play" not in clean_html(page)
