r"""The command line: dumps in, clean texts out.

Imports what cleaning a UTF-8 dump takes and nothing more; all else is imported where it is used.
Output is UTF-8; a lone surrogate, which UTF-8 cannot hold, is written as its escape (``\ud800``),
in JSON thus as itself.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NoReturn

from cleaner import __version__
from cleaner.decode import FORM_FEED, check_encoding
from cleaner.errors import CleanerError, UnreadableInput
from cleaner.mark import Cleaned, Mark
from cleaner.page import THRESHOLD, check_probability
from cleaner.sources import STDIN, Dump, check, read

COMMANDS = {
    "score": "cleaner.score_command",
    "fixture": "cleaner.fixture_command",
    "review": "cleaner.review",
}
"""Subcommand -> the module whose `main` runs it."""

_THRESHOLD_HELP = f"likelihood of article below which a line of text goes (default {THRESHOLD})"

_USAGE = f"cleaner [OPTIONS] [FILE ...]\n       cleaner {'|'.join(COMMANDS)} --help"
_EXAMPLES = """\
examples:
  cleaner < dump.txt > clean.txt           clean one dump
  cleaner --explain dump.txt > /dev/null   see which rule removes which lines, and why
  cleaner --skip share,player/clock a.txt  leave share buttons and player times in
  cleaner --body-only --lang de a.txt      no headline, date, byline, captions; German phrases
  cleaner --json *.txt | jq -r .text       one JSON object a dump
  cleaner --separator '=====' < all.txt    many dumps in one stream, parted by such lines
  cleaner --body-only page.html            HTML is told from text by looking
  cleaner --markdown page.html             keep headings, lists, links, tables, code
  cleaner --site example.org.txt a.txt     drop the lines that a site repeats on all its pages too

Several dumps, from several FILEs or parted by form feeds, come out parted likewise.
Exit status: 0 done, 2 bad usage or unreadable input. A file named `score` is given as ./score.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    A reader that closes the pipe early, such as `head`, has what it wants: that is no error.
    """
    args = sys.argv[1:] if argv is None else argv
    try:
        if sys.stdout is None:
            raise CleanerError("stdout is closed; send it to a file or a pipe")
        try:
            return _dispatch(args)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _hush()
        return 0
    except KeyboardInterrupt:
        return 130
    except CleanerError as error:
        print(f"cleaner: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"cleaner: {error}; nothing more can be written", file=sys.stderr)
        _hush()
        return 2


def _dispatch(argv: Sequence[str]) -> int:
    if argv and argv[0] in COMMANDS:
        from importlib import import_module

        command: Callable[[Sequence[str]], int] = import_module(COMMANDS[argv[0]]).main
        return command(argv[1:])
    args = _parser().parse_args(argv)
    if args.rules:
        from cleaner.commands import listed_rules

        _write(listed_rules())
    else:
        _filter(args)
    return 0


def _hush() -> None:
    """Point the broken stream elsewhere, or Python complains when it flushes it at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # a stand-in that has no file behind it
            os.dup2(nowhere, stream.fileno())


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CleanerError(f"{message}; `cleaner --help` shows how it is used")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="cleaner",
        usage=_USAGE,
        description="Strip players, comment notices, promo links and other furniture from dumps.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("files", nargs="*", metavar="FILE", help="a dump; `-`, or no FILE at all, reads stdin")
    add("--explain", action="store_true", help="write every mark to stderr, one a line")
    add("--json", action="store_true", help="write one object a dump; --explain adds the marks")
    names: dict[str, Any] = {"type": _names, "action": "extend", "default": []}
    add("--skip", **names, metavar="NAMES", help="GROUP or GROUP/NAME that shall remove nothing")
    add("--only", **names, metavar="NAMES", help="GROUP or GROUP/NAME that alone shall remove")
    add("--body-only", action="store_true", help="remove head, captions and credits too")
    add("--lang", metavar="CODE", help="language of the dumps, such as de (default: try all)")
    add("--threshold", type=_probability, default=THRESHOLD, metavar="P", help=_THRESHOLD_HELP)
    add("--site", metavar="FILE", help="the site's own furniture, one line of it a line")
    add("--format", choices=("auto", "text", "html"), default="auto", help="default: by looking")
    add("--url", metavar="URL", help="where an HTML page is from; evidence on what it is")
    add("--accurate", action="store_true", help="of HTML ask the line model too; slower by a fifth")
    add("--markdown", action="store_true", help="of HTML keep headings, lists, links, tables, code")
    add("--encoding", type=_encoding, metavar="NAME", help="default: UTF-8, else found out")
    add("--separator", type=_separator, metavar="TEXT", help="line that parts dumps (form feed)")
    add("--rules", action="store_true", help="list every rule and what it finds")
    add("--version", action="version", version=f"cleaner {__version__}")
    return parser


def _names(value: str) -> list[str]:
    names = [name.strip() for name in value.split(",") if name.strip()]
    if not names:
        raise argparse.ArgumentTypeError("names no group or rule; `cleaner --rules` lists them")
    return names


def _encoding(name: str) -> str:
    try:
        return check_encoding(name)
    except UnreadableInput as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _probability(text: str) -> float:
    try:
        return check_probability(float(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no probability from 0 to 1") from error


def _separator(text: str) -> str:
    if not text or "\n" in text or "\r" in text:
        raise argparse.ArgumentTypeError("must be the text of one line that is not blank")
    return text


def _filter(args: argparse.Namespace) -> None:
    clean = _cleaners(args)
    clean(Dump(STDIN, 1, True, ""))  # complains of a bad option now, not when stdin has ended
    sources = args.files or [STDIN]
    for source in sources:
        check(source, args)
    parting = FORM_FEED if args.separator is None else f"{args.separator}\n"
    render: Callable[[Dump, Cleaned], str] = _as_text
    if args.json:
        parting, render = "", partial(_as_json, with_marks=args.explain)
    elif args.markdown:
        render = _as_markdown
    dumps = (dump for source in sources for dump in read(source, args))
    for count, dump in enumerate(dumps):
        cleaned = clean(dump)
        if args.explain and not args.json:
            sys.stderr.write(_explanation(dump, cleaned, len(sources) > 1))
        _write((parting if count else "") + render(dump, cleaned))


def _cleaners(args: argparse.Namespace) -> Callable[[Dump], Cleaned]:
    """Return what cleans a dump, text or HTML."""
    # here, so that a broken phrase file is an error like others
    from cleaner.pipeline import explain, explain_html

    options: dict[str, Any] = {
        name: getattr(args, name) for name in ("skip", "only", "body_only", "lang", "site")
    }
    only_html = {name: getattr(args, name) for name in ("url", "markdown", "accurate")}

    def clean(dump: Dump) -> Cleaned:
        if dump.html:
            return explain_html(dump.text, **only_html, **options)
        return explain(dump.text, threshold=args.threshold, **options)

    return clean


def _write(text: str) -> None:
    """Write to stdout at once: who sends dumps one by one waits for the answers."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def _as_text(dump: Dump, cleaned: Cleaned) -> str:
    return f"{cleaned.text}\n" if cleaned.text else ""


def _as_markdown(dump: Dump, cleaned: Cleaned) -> str:
    if not dump.html:
        return _as_text(dump, cleaned)
    from cleaner.markdown import to_markdown

    text = to_markdown(cleaned)
    return f"{text}\n" if text else ""


def _as_json(dump: Dump, cleaned: Cleaned, with_marks: bool) -> str:
    import json

    data = {"source": dump.source, "dump": dump.number, **cleaned.to_dict()}
    if with_marks:
        data["marks"] = [
            {
                "first": mark.start + 1,
                "last": mark.stop,
                "verdict": mark.verdict.value,
                "rule": mark.rule,
                "because": mark.because,
            }
            for mark in _in_order(cleaned)
        ]
    return json.dumps(data, ensure_ascii=False) + "\n"


def _explanation(dump: Dump, cleaned: Cleaned, several: bool) -> str:
    """Print the marks of a dump, each line with the dump's place where there are several."""
    place = [dump.source] if several else []
    place += [] if dump.alone else [str(dump.number)]
    prefix = ":".join(place) + ": " if place else ""
    return "".join(f"{prefix}{mark}\n" for mark in _in_order(cleaned))


def _in_order(cleaned: Cleaned) -> list[Mark]:
    return sorted(cleaned.marks, key=lambda mark: (mark.start, mark.stop))
