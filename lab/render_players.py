r"""Articles of ours with real players in them: rendered in Chromium, written as fixtures, checked.

::

    apt-get install chromium; pip install playwright
    npm install --prefix /tmp/players --ignore-scripts \
        video.js mediaelement mediaelement-plugins shaka-player media-chrome plyr
    python -m lab.render_players /tmp/players/node_modules
    python -m lab.render_players --check
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
import wave
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar, NamedTuple

from cleaner import explain
from cleaner.fixtures import Fixture, read_fixture
from lab.player_pages import MARKER, PLAYERS, READ, Article, Player, player_page

ARTICLES = Path(__file__).with_name("player_articles.toml")

CHROMIUM = Path("/usr/bin/chromium")

HELD_OUT = frozenset({"he", "it", "ko", "pl", "tr"})
"""Languages whose labels no rule may be written from."""

SECONDS, RATE = 72, 3000
"""The silent clip that every player is given: so small that Chromium loads it at one go."""

_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    "--autoplay-policy=no-user-gesture-required",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing outside this machine
)

_CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:02.000\n~\n"


class Rendered(NamedTuple):
    """What a scraper reads on a page.

    Attributes:
        before: text above the player.
        labels: the player's labels, a line each.
        after: text below the player.
    """

    before: str
    labels: tuple[str, ...]
    after: str


def read_articles() -> dict[str, Article]:
    """Read our articles: language -> article."""
    tables = tomllib.loads(ARTICLES.read_text(encoding="utf-8"))
    return {lang: Article(lang=lang, **table) for lang, table in tables.items()}


def lacking() -> str | None:
    """Say what has to be installed before a page can be rendered; None where nothing has."""
    if not CHROMIUM.is_file():
        return f"{CHROMIUM} is missing; run: apt-get install chromium"
    if find_spec("playwright") is None:
        return "playwright is missing; run: pip install playwright"
    return None


def silence() -> bytes:
    """Make the clip, a WAV file."""
    file = BytesIO()
    with wave.open(file, "wb") as clip:
        clip.setparams((1, 1, RATE, 0, "NONE", "NONE"))
        clip.writeframes(b"\x80" * RATE * SECONDS)
    return file.getvalue()


class _Handler(SimpleHTTPRequestHandler):
    """Answers from `made`, path -> type and body, and else from a folder."""

    made: ClassVar[Mapping[str, tuple[str, bytes]]]

    def do_GET(self) -> None:
        if self.path not in self.made:
            super().do_GET()
            return
        kind, body = self.made[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(packages: Path, pages: Mapping[str, str]) -> Iterator[str]:
    """Serve pages, clip, captions and packages on loopback; yields the address."""

    class Handler(_Handler):
        made: ClassVar = {
            "/clip.wav": ("audio/wav", silence()),
            "/captions.vtt": ("text/vtt", _CAPTIONS),
            **{path: ("text/html; charset=utf-8", page.encode()) for path, page in pages.items()},
        }

    handler = partial(Handler, directory=str(packages))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@contextmanager
def chromium() -> Iterator[Any]:
    """Start Debian's Chromium without a window.

    Raises:
        SystemExit: something is missing; it says what, and how to install it.
    """
    if reason := lacking():
        raise SystemExit(reason)
    with import_module("playwright.sync_api").sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def render(
    packages: Path, wanted: Iterable[tuple[Player, Article]]
) -> Iterator[tuple[Player, Article, Rendered]]:
    """Open the page of each player and article, and read it once the player is built."""
    pairs = {f"/{player.name}-{article.lang}": (player, article) for player, article in wanted}
    pages = {path: player_page(*pair) for path, pair in pairs.items()}
    with serving(packages, pages) as address, chromium() as browser:
        for path, (player, article) in pairs.items():
            page = browser.new_page(locale=player.locales[article.lang])
            page.on("pageerror", partial(print, path))
            page.goto(address + path)
            page.wait_for_function("window.built")
            seen = page.evaluate(READ)
            page.close()
            yield player, article, _rendered(seen, article, path)


def _rendered(seen: Mapping[str, Any], article: Article, path: str) -> Rendered:
    before, _, after = seen["text"].partition(MARKER)
    read = [line for line in f"{before}\n{after}".split("\n") if line]
    if read != article.lines:
        raise SystemExit(f"{path}: the page's text is not the article's: {read}")
    labels = _squashed("".join(seen["labels"]))
    for line in seen["shown"].split("\n"):
        if _squashed(line) not in labels:
            raise SystemExit(f"{path}: the page shows {line!r}, which is no label")
    return Rendered(before.strip("\n"), tuple(seen["labels"]), after.strip("\n"))


def _squashed(text: str) -> str:
    return re.sub(r"\s", "", text)


def origin(player: Player, packages: Path) -> str:
    """Name the packages with their versions."""
    notes = (json.loads((packages / p / "package.json").read_bytes()) for p in player.packages)
    named = " with ".join(f"{note['name']} {note['version']}" for note in notes)
    return f"{named} rendered in Chromium around own prose."


def write_fixture(
    player: Player, article: Article, rendered: Rendered, source: str, fixtures: Path
) -> Fixture:
    """Write the fixture's folder, and read it back, which checks it."""
    before, labels, after = rendered.before, "\n".join(rendered.labels), rendered.after
    first = before.count("\n") + 3
    last = first + len(rendered.labels) - 1
    locale = player.locales[article.lang]
    about = f"Short report around {player.packages[0]} set to {locale}, with every label it has."
    folder = fixtures / f"player-{player.name}-{article.lang}"
    folder.mkdir(parents=True, exist_ok=True)
    parts = {
        "dump.txt": _joined(before, labels, after),
        "clean.txt": _joined(before, after),
        "note.toml": f'''\
about = "{about}"
lang = "{article.lang}"
kind = "player"
split = "{"held-out" if article.lang in HELD_OUT else "develop"}"
origin = "{source}"

[furniture]
player = ["{first}-{last}"]

[body_only]
head = ["1", "3"]
''',
    }
    for name, text in parts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return read_fixture(folder)


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def figures(fixture: Fixture) -> Counter[str]:
    """Count the `labels` of a fixture, those of them `removed`, and the article lines `lost`."""
    removed = {line.number for line, _ in explain(fixture.dump).removed}
    return Counter(
        labels=len(fixture.group_of),
        removed=len(removed & fixture.group_of.keys()),
        lost=len(removed.intersection(fixture.article)),
    )


def staying(fixture: Fixture) -> list[str]:
    """List the labels that the rules leave, numbers in them alike."""
    kept = {line.number: line.text for line in explain(fixture.dump).kept}
    return [re.sub(r"\d+", "0", kept[n]) for n in sorted(kept.keys() & fixture.group_of.keys())]


def check(folder: Path) -> None:
    """Print what the rules remove, a row a language, and the labels that stay in `develop`."""
    fixtures = {path.name: read_fixture(path) for path in sorted(folder.glob("player-*"))}
    print("      " + "".join(f"{player.name:>14}" for player in PLAYERS) + "   share  lost")
    for lang in read_articles():
        names = [f"player-{player.name}-{lang}" for player in PLAYERS]
        found = {name: figures(fixtures[name]) for name in names if name in fixtures}
        cells = (f"{c['removed']}/{c['labels']}" if (c := found.get(n)) else "" for n in names)
        total = sum(found.values(), Counter[str]())
        share = total["removed"] / max(1, total["labels"])
        star = "*" if lang in HELD_OUT else " "
        row = "".join(f"{cell:>14}" for cell in cells)
        print(f"{lang:>4}{star} {row}  {share:6.3f} {total['lost']:5}")
    develop = (f for f in fixtures.values() if f.split == "develop")
    stay = Counter(label for fixture in develop for label in staying(fixture))
    print(f"\n* held out. Labels that stay in the others: {stay.total()}, {len(stay)} distinct")
    for label, count in stay.most_common():
        print(f"{count:4}  {label}")


def write(packages: Path, folder: Path) -> None:
    """Render every player in every language that it has, and write the fixtures anew."""
    for player in PLAYERS:
        for package in player.packages:
            if not (packages / package).is_dir():
                raise SystemExit(f"{packages / package} is missing; run: npm install {package}")
    articles = read_articles()
    wanted = [(player, articles[lang]) for player in PLAYERS for lang in player.locales]
    for player, article, rendered in render(packages, wanted):
        fixture = write_fixture(player, article, rendered, origin(player, packages), folder)
        print(f"{fixture.name:24} {len(rendered.labels)} labels")


def main() -> None:
    """Write the fixtures from a folder of npm packages, or check those that are there."""
    parser = argparse.ArgumentParser(prog="python -m lab.render_players", description=__doc__)
    parser.add_argument("packages", nargs="?", type=Path, help="npm's node_modules")
    parser.add_argument("--fixtures", type=Path, default=Path("fixtures"))
    parser.add_argument("--check", action="store_true", help="print what the rules remove")
    given = parser.parse_args()
    if given.packages is None and not given.check:
        parser.error("give the folder of npm packages, or --check")
    if given.packages is not None:
        write(given.packages, given.fixtures)
    if given.check:
        check(given.fixtures)


if __name__ == "__main__":
    main()
