"""The pages and the requests of ``cleaner review``, for its own page and for nobody else."""

from __future__ import annotations

import json
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.errors import FixtureChanged, FixtureError
from cleaner.fixture_note import FURNITURE, SPLITS
from cleaner.review_shelf import KEYS, Shelf

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Receive, Scope, Send

WEB = Path(__file__).parent / "web"

_PAGE = "review.html"
_FILES = {
    _PAGE: "text/html",
    "review.js": "text/javascript",
    "review_text.js": "text/javascript",
    "review.css": "text/css",
    "groups.css": "text/css",
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",  # the address holds the token
    "X-Content-Type-Options": "nosniff",
}


def make_app(shelf: Shelf, token: str, port: int) -> ASGIApp:
    """Make the application, which answers below ``/TOKEN/`` and at this port of loopback alone."""
    from starlette.applications import Starlette
    from starlette.routing import Mount

    return _guarded(
        Starlette(routes=[Mount(f"/{token}", routes=_Desk(shelf).routes())]), token, port
    )


def refusal(headers: dict[str, str], path: str, token: str, port: int) -> str:
    """Say why a request is refused; the empty text is welcome.

    Any page in the reader's browser can send requests here, and a name that resolves to loopback
    makes them its own; so host and origin must be ours too, beside the token.

    >>> refusal({"host": "localhost:80"}, "/secret/", "secret", 80)
    ''
    >>> refusal({"host": "rebound.example:80"}, "/secret/", "secret", 80)
    'host'
    """
    hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
    host = headers.get("host", "")
    if host not in hosts:
        return "host"
    if headers.get("origin", f"http://{host}") != f"http://{host}":
        return "origin"
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return "site"
    given = path.split("/")[1] if path.count("/") > 1 else ""
    return "" if compare_digest(given.encode(), token.encode()) else "token"


def _guarded(app: ASGIApp, token: str, port: int) -> ASGIApp:
    from starlette.datastructures import Headers
    from starlette.responses import PlainTextResponse

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = dict(Headers(scope=scope).items())
            reason = refusal(headers, scope["path"], token, port)
            if reason:
                said = f"Refused: {reason}. Open the address that `cleaner review` printed.\n"
                return await PlainTextResponse(said, 403, _HEADERS)(scope, receive, send)
        return await app(scope, receive, send)

    return guarded


class _Desk:
    """Answers the page's requests about a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def routes(self) -> list[BaseRoute]:
        from starlette.routing import Route

        return [
            Route("/", self.file),
            Route("/fixtures", self.overview),
            Route("/fixtures/{name}", self.fixture),
            Route("/fixtures/{name}", self.saved, methods=["POST"]),
            Route("/{file}", self.file),
        ]

    def file(self, request: Request) -> Response:
        from starlette.exceptions import HTTPException
        from starlette.responses import Response

        name = request.path_params.get("file", _PAGE)
        if name not in _FILES:
            raise HTTPException(404)
        return Response((WEB / name).read_bytes(), 200, _HEADERS, _FILES[name])

    def overview(self, _: Request) -> Response:
        groups = [(group, key, group in FURNITURE) for group, key in KEYS.items()]
        found = self._shelf.summaries()
        return _answer({"groups": groups, "splits": SPLITS, "fixtures": found})

    def fixture(self, request: Request) -> Response:
        try:
            return _answer(self._shelf.open(self._named(request)))
        except FixtureError as error:
            return _answer({"error": str(error)}, 422)

    async def saved(self, request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        name, body = self._named(request), await request.body()
        return await run_in_threadpool(self._save, name, body)

    def _save(self, name: str, body: bytes) -> Response:
        try:
            return _answer({"version": self._shelf.save(name, json.loads(body))})
        except FixtureChanged as error:
            said = str(error)
        except (KeyError, TypeError, ValueError) as error:  # broken, or not from our page
            return _answer({"error": str(error)}, 422)
        try:
            return _answer({"error": said, "theirs": self._shelf.open(name)}, 409)
        except FixtureError as error:
            return _answer({"error": str(error)}, 422)

    def _named(self, request: Request) -> str:
        from starlette.exceptions import HTTPException

        name: str = request.path_params["name"]
        if name not in self._shelf:
            raise HTTPException(404)
        return name


def _answer(data: Any, status: int = 200) -> Response:  # noqa: ANN401 - plain data
    from starlette.responses import Response

    body = json.dumps(data, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(body, status, _HEADERS, "application/json")
