"""``cleaner fixture``: a new dump becomes a fixture, fixtures are checked and read anew."""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cleaner.commands import Parser, run
from cleaner.decode import FORM_FEED, decode
from cleaner.decode_html import looks_like_html
from cleaner.errors import FixtureError, UnreadableInput
from cleaner.fixture_check import check
from cleaner.fixture_note import UNKNOWN
from cleaner.fixture_writing import draft, reread, version, write_fixture
from cleaner.fixtures import Fixture, unchecked
from cleaner.sources import SNIFFED

FOLDER = Path("fixtures")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANG = re.compile(r"[a-z]{2,3}")
_LONGEST_NAME = 60


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``cleaner fixture``: 0 done, 2 bad usage, unreadable input or a fixture to mend."""
    return run("fixture", lambda: _run(_arguments(argv)))


def _run(asked: argparse.Namespace) -> int:
    match asked.command:
        case "add":
            return _add(asked)
        case "reread":
            return _reread(asked.folder)
        case _:
            return _check(asked.folder)


def _add(asked: argparse.Namespace) -> int:
    fixture = draft_of(asked.dump, asked.name, asked.lang, asked.url)
    folder = asked.fixtures / fixture.name
    if folder.exists():
        raise FixtureError(f"{folder}: is there already; give another --name")
    write_fixture(fixture, folder)
    removed = len(fixture.group_of)
    print(f"{folder}: a draft, {removed} of {len(fixture.page.filled)} lines are furniture.")
    print(f"Look it over with `cleaner review {folder}`, or mend note.toml and clean.txt by hand.")
    return 0


def draft_of(
    path: Path, name: str | None = None, lang: str | None = None, url: str | None = None
) -> Fixture:
    """Draft a fixture of a file, ``-`` for stdin.

    Raises:
        UnreadableInput: the file cannot be opened or decoded, or holds several dumps or none.
    """
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        dump = data if looks_like_html(data[:SNIFFED]) else _one_dump(data)
    except OSError as error:
        raise UnreadableInput(f"{path}: {error.strerror}; name a file that can be read") from error
    except UnreadableInput as error:
        raise UnreadableInput(f"{path}: {error}") from error
    stem = url or ("dump" if str(path) == "-" else path.stem)
    return draft(dump, name or name_of(stem, lang), lang or UNKNOWN, url or f"{path.name}.")


def _one_dump(data: bytes) -> str:
    dump = decode(data)
    if not dump.strip():
        raise UnreadableInput("is blank; name a file that holds a dump")
    if FORM_FEED in dump:
        raise UnreadableInput("holds several dumps, parted by form feeds; split it")
    return dump


def name_of(stem: str, lang: str | None = None) -> str:
    """Make a fixture's name of a file's name or an address.

    >>> name_of("Brücke wird später fertig", "de")
    'de-brucke-wird-spater-fertig'
    >>> name_of("https://www.example.org/lokales/2024/bruecke.html?ref=rss")
    'example-org-lokales-2024-bruecke'
    """
    bare = re.sub(r"^\w+://(www\.)?|[?#].*$|\.html?\b", "", stem)
    plain = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain) or ["page"]
    if lang and words[0] != lang:
        words.insert(0, lang)
    return "-".join(words)[:_LONGEST_NAME].rstrip("-")


def _reread(folder: Path) -> int:
    fixture, seen = unchecked(folder), version(folder)
    if fixture.html is None:
        raise FixtureError(f"{folder}: has no dump.html to read; its lines are dump.txt")
    fresh = reread(fixture)
    write_fixture(fresh, folder, seen)
    lines = Counter(fresh.page.texts) - Counter(fixture.dump.split("\n"))
    print(f"{folder}: {lines.total()} lines that were not there; they count as the article's.")
    return 0


def _check(folder: Path) -> int:
    found = check(folder)
    for said in found.remarks:
        print(f"remark: {said}")
    for said in found.problems:
        print(f"cleaner fixture: {said}", file=sys.stderr)
    print(f"{len(found.fixtures)} fixtures read, {len(found.problems)} problems.")
    return 2 if found.problems else 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = Parser("cleaner fixture", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="add|check|reread")
    about = "draft a fixture from a dump, as the rules clean it by now"
    add = commands.add_parser("add", help=about, description=about).add_argument
    add("dump", type=Path, metavar="DUMP", help="a file, text or HTML; `-` reads stdin")
    add("--name", type=_name, help="of the fixture's folder (default: from DUMP or the address)")
    add("--url", help="the page's address")
    add("--lang", type=_lang, help="the page's language, such as de")
    add("--fixtures", type=Path, default=FOLDER, metavar="FOLDER", help="default: ./fixtures")
    about = "read the lines of a fixture's dump.html anew; each keeps its group"
    add = commands.add_parser("reread", help=about, description=about).add_argument
    add("folder", type=Path, metavar="FIXTURE")
    about = "tell what is broken, double or still a draft"
    add = commands.add_parser("check", help=about, description=about).add_argument
    add("folder", nargs="?", type=Path, default=FOLDER, help="default: ./fixtures")
    return parser.parse_args(argv)


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no name; write one such as de-local-bridge")
    return text


def _lang(text: str) -> str:
    if not _LANG.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no code; write one such as de")
    return text
