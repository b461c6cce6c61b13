from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.fixtures import read_fixture
from lab import render_players
from lab.player_pages import CLIP, PLAYERS, Article, Player
from lab.render_players import (
    HELD_OUT,
    Rendered,
    check,
    figures,
    lacking,
    origin,
    read_articles,
    render,
    staying,
    write,
    write_fixture,
)

SHIPPED = Path(__file__).parents[1] / "fixtures"

ARTICLE = Article(
    "de", "Deutsch", ["Das Wehr", "Von Ada Bruch"], ["Es rauscht.", "Ein Müller ruht."]
)

TOY = Player(
    name="toy",
    packages=["toy"],
    place=1,
    locales={"de": "de"},
    styles=[],
    scripts=["toy/{locale}.js"],
    body=f'<div id="toy" aria-label="Spieler">{CLIP}</div>',
    setup="build(document.getElementById('toy'));",
)

TOY_SCRIPT = """
customElements.define("toy-tip", class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({mode: "open"}).innerHTML =
      "<button aria-label='Ton'><slot></slot></button><slot name='more'><i>Mehr</i></slot>";
  }
});
const build = (toy) => toy.insertAdjacentHTML("beforeend", `
  <button title="Spielen"><span>Spielen</span></button>
  <button aria-label="Stumm" title="Ton aus"></button>
  <p>Geladen: <span>10</span> %</p>
  <div role="slider" aria-label="Suche" aria-valuetext="0:00 von 1:12"></div>
  <div hidden><span>Tempo</span><span>1x</span>
    <select><option>Rot<option selected>Blau</select></div>
  <toy-tip>Lauter</toy-tip><style>toy-tip {color: red}</style>`);
"""

LABELS = (
    *("Spieler", "Spielen", "Stumm", "Ton aus", "Geladen: 10 %", "Suche", "0:00 von 1:12"),
    *("Tempo", "1x", "Blau", "Ton", "Lauter", "Mehr"),
)

RENDERED = Rendered("Das Wehr\n\nVon Ada Bruch\n\nEs rauscht.", LABELS, "Ein Müller ruht.")


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    folder = tmp_path / "node_modules"
    (folder / "toy").mkdir(parents=True)
    (folder / "toy" / "de.js").write_text(TOY_SCRIPT)
    (folder / "toy" / "package.json").write_text('{"name": "toy", "version": "1.2.3"}')
    return folder


@pytest.fixture
def browser_there() -> None:
    if reason := lacking():
        pytest.skip(reason)


@pytest.mark.slow
@pytest.mark.usefixtures("browser_there")
def test_a_player_is_read_where_it_stands_a_label_a_line(packages: Path) -> None:
    [(player, article, rendered)] = render(packages, [(TOY, ARTICLE)])
    assert (player, article) == (TOY, ARTICLE)
    assert rendered == RENDERED


@pytest.mark.slow
@pytest.mark.usefixtures("browser_there")
@pytest.mark.parametrize(
    ("setup", "message"),
    [
        ("document.querySelector('p').remove();", "/toy-de: the page's text is not the article's"),
        ("toy.innerHTML += '<b style=text-transform:uppercase>Auf</b>';", "the page shows 'AUF'"),
    ],
)
def test_what_a_page_shows_is_article_or_label(packages: Path, setup: str, message: str) -> None:
    player = replace(TOY, setup=f"const toy = document.getElementById('toy'); {setup}")
    with pytest.raises(SystemExit, match=message):
        list(render(packages, [(player, ARTICLE)]))


def test_what_is_missing_is_said_with_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match=r"video\.js is missing; run: npm install video\.js"):
        write(tmp_path, tmp_path)
    monkeypatch.setattr(render_players, "CHROMIUM", tmp_path / "chromium")
    assert str(lacking()).endswith("chromium is missing; run: apt-get install chromium")
    with pytest.raises(SystemExit, match="apt-get install chromium"):
        list(render(tmp_path, []))


def test_a_fixture_is_the_article_and_the_labels(packages: Path, tmp_path: Path) -> None:
    source = origin(TOY, packages)
    fixture = write_fixture(TOY, ARTICLE, RENDERED, source, tmp_path)
    assert fixture.name == "player-toy-de"
    assert fixture.origin == "toy 1.2.3 rendered in Chromium around own prose."
    assert [line for line in fixture.clean.split("\n") if line] == ARTICLE.lines
    assert tuple(fixture.page.texts[n] for n in fixture.group_of) == LABELS
    assert [fixture.page.texts[n] for n in fixture.apart] == ARTICLE.head


def test_figures_count_what_the_rules_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = ("Abspielen", "00:00 / 01:12", "Vollbild", "Eine Mühle, die kein Regler ist, mahlt 3.")
    rendered = RENDERED._replace(labels=labels)
    fixture = write_fixture(TOY, ARTICLE, rendered, "Own prose.", tmp_path)
    assert figures(fixture) == {"labels": 4, "removed": 3, "lost": 0}
    assert staying(fixture) == ["Eine Mühle, die kein Regler ist, mahlt 0."]
    fixture = write_fixture(replace(TOY, name="plyr"), ARTICLE, rendered, "Own prose.", tmp_path)
    check(tmp_path)
    table = capsys.readouterr().out.split("\n")
    assert table[1].split() == ["de", "3/4", "0.750", "0"]
    assert "   2  Eine Mühle, die kein Regler ist, mahlt 0." in table


def test_articles_are_short_and_hold_a_line_that_looks_like_a_label() -> None:
    articles = read_articles()
    assert len(articles) >= 12
    for article in articles.values():
        assert len(article.head) == 2
        assert 3 <= len(article.paragraphs) <= 5
        assert min(map(len, article.paragraphs)) <= 40
        assert all(line == " ".join(line.split(" ")).strip() for line in article.lines)


@pytest.mark.parametrize("player", PLAYERS, ids=lambda player: player.name)
def test_every_language_of_a_player_has_its_fixture(player: Player) -> None:
    articles = read_articles()
    for lang in player.locales:
        fixture = read_fixture(SHIPPED / f"player-{player.name}-{lang}")
        assert (fixture.lang, fixture.kind) == (lang, "player")
        assert fixture.split == ("held-out" if lang in HELD_OUT else "develop")
        assert [fixture.page.texts[n] for n in fixture.article] == articles[lang].lines
