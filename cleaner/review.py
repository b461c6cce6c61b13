"""``cleaner review``: a page of one's own machine on which furniture is marked by hand."""

from __future__ import annotations

import argparse
import secrets
import socket
from collections.abc import Sequence
from pathlib import Path

from cleaner.commands import Parser, run
from cleaner.errors import CleanerError
from cleaner.fixture_command import FOLDER
from cleaner.review_app import make_app
from cleaner.review_shelf import Shelf

HOST = "127.0.0.1"
"""Loopback: nobody else's machine reaches it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``cleaner review`` until it is interrupted: 0 done, 2 bad usage or unreadable input."""
    return run("review", lambda: _serve(_arguments(argv)))


def _serve(asked: argparse.Namespace) -> int:
    try:
        import uvicorn
    except ImportError:
        need = "starlette and uvicorn; run: pip install 'cleaner[review]'"
        raise CleanerError(f"needs {need}") from None
    shelf = Shelf(asked.places or [FOLDER], asked.into)
    with _listening(asked.port) as listening:
        port, token = listening.getsockname()[1], secrets.token_urlsafe(24)
        address = f"http://{HOST}:{port}/{token}/"
        app = make_app(shelf, token, port)
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off")
        print(f"{address}\nOpen this in a browser; Ctrl-C ends.", flush=True)
        if asked.open:
            import webbrowser

            webbrowser.open(address)
        uvicorn.Server(config).run(sockets=[listening])
    return 0


def _listening(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()  # from now on a browser may come, and waits
    except OSError as error:
        listening.close()
        raise CleanerError(f"port {port}: {error.strerror}; give another --port") from error
    return listening


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = Parser("cleaner review", description=__doc__, allow_abbrev=False)
    add = parser.add_argument
    add("places", nargs="*", type=Path, metavar="FIXTURES|DUMP", help="default: ./fixtures")
    add("--into", type=Path, default=FOLDER, metavar="FOLDER", help="where a DUMP's fixture goes")
    add("--port", type=_port, default=0, help="default: any that is free")
    add("--open", action="store_true", help="open the page in the default browser")
    return parser.parse_args(argv)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give 0 to 65535")
    return int(text)
