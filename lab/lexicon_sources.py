"""The packages that the lexicon is read from: where each keeps its messages, and in what format."""

from __future__ import annotations

import io
import json
import re
import tarfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from lab.lexicon_formats import Messages, flatten, read_literal, read_pak, read_po, read_yaml

TABLE = Path(__file__).with_name("lexicon_packages.toml")

Catalogue = dict[str, list[Messages]]
"""Language -> its messages, a table for each regional variant or file."""

_ALIASES = {
    "ba": "bs",  # video.js: the country, not Bashkir
    "base": "en",
    "cn": "zh",
    "cz": "cs",
    "default": "en",
    "iw": "he",
    "kz": "kk",
    "nb": "no",
    "nn": "no",
    "np": "ne",
    "se": "sv",  # tarteaucitronjs: the country, not Northern Sami
    "tl": "fil",
    "vn": "vi",
}
_ACCELERATOR = re.compile(r"\(&\w\)|&(?=\w)")  # the letter of a menu entry that a key chooses
_NO_LANGUAGE = {"en-XA", "ar-XB", "sjn", "source"}  # pseudo locales, Sindarin, notes to translators


class Package(NamedTuple):
    """A package at the version that the lexicon is read from."""

    name: str
    version: str
    client: str
    licence: str
    holder: str

    @property
    def archive(self) -> str:
        """File name that the package's client gives it."""
        if self.client == "apt":
            return f"{self.name}_{self.version}_all.deb"
        ending = "tgz" if self.client == "npm" else "tar.gz"
        return f"{self.name.lstrip('@').replace('/', '-')}-{self.version}.{ending}"

    @property
    def origin(self) -> str:
        """Name, version and licence, by which each phrase is traced."""
        return f"{self.name} {self.version} {self.licence}"


class Source(NamedTuple):
    """Where a package keeps its messages: files whose name holds the language, and their reader."""

    path: str
    read: Callable[[str, bytes], Iterator[tuple[str, Messages]]]


def read_packages(table: Path = TABLE) -> list[Package]:
    """Read the table of packages, in order of name."""
    rows = tomllib.loads(table.read_text(encoding="utf-8"))
    return [
        Package(name, row["version"], row["from"], row["licence"], row["holder"])
        for name, row in sorted(rows.items())
    ]


def read_catalogue(package: Package, folder: Path) -> Catalogue:
    """Read a package's messages from its archive.

    Raises:
        SystemExit: the archive is not there, or holds no messages.
    """
    path = folder / package.archive
    if not path.is_file():
        raise SystemExit(f"{path} is missing; fetch it with python -m lab.fetch_packages {folder}")
    catalogue: Catalogue = {}
    for source in SOURCES[package.name]:
        for lang, data in _files(path, source.path):
            for code, messages in source.read(lang, data):
                if code not in _NO_LANGUAGE:
                    catalogue.setdefault(base_language(code), []).append(messages)
    if not catalogue:
        raise SystemExit(f"{path} holds no messages where {package.name} is known to keep them")
    return catalogue


def base_language(code: str) -> str:
    """Reduce a locale to the code of its language.

    >>> base_language("pt-BR"), base_language("nn_NO"), base_language("sr_cyrl")
    ('pt', 'no', 'sr')
    """
    base = re.split("[-_@]", code.lower())[0]
    return _ALIASES.get(base, base)


def _files(archive: Path, path: str) -> Iterator[tuple[str, bytes]]:
    """Yield the language and the content of the files of an archive whose path fits."""
    inner, _, path = path.rpartition("!")
    if archive.suffix == ".deb":
        data = _deb_data(archive.read_bytes())
    elif inner:
        data = next(data for _, data in _members(archive.read_bytes(), inner))
    else:
        data = archive.read_bytes()
    yield from sorted(_members(data, path))


def _members(data: bytes, path: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        for member in tar:
            found = re.search(f"/{path}$", member.name)
            content = tar.extractfile(member) if found and member.isfile() else None
            if found and content:
                yield found[found.lastindex or 0], content.read()


def _deb_data(deb: bytes) -> bytes:
    at = len(b"!<arch>\n")
    while at < len(deb):
        name, size = deb[at : at + 16], int(deb[at + 48 : at + 58])
        if name.startswith(b"data.tar"):
            return deb[at + 60 : at + 60 + size]
        at += 60 + size + size % 2
    raise ValueError("no data in the Debian package")


def _json(lang: str, data: bytes) -> Iterator[tuple[str, Messages]]:
    yield lang, dict(flatten(json.loads(data)))


def _yaml(lang: str, data: bytes) -> Iterator[tuple[str, Messages]]:
    yield lang, read_yaml(data.decode())


def _po(lang: str, data: bytes) -> Iterator[tuple[str, Messages]]:
    yield lang, read_po(data.decode())


def _pak(lang: str, data: bytes) -> Iterator[tuple[str, Messages]]:
    yield lang, {id_: _ACCELERATOR.sub("", text) for id_, text in read_pak(data).items()}


def _literal_at(start: str) -> Callable[[str, bytes], Iterator[tuple[str, Messages]]]:
    def read(lang: str, data: bytes) -> Iterator[tuple[str, Messages]]:
        text = data.decode()
        if found := re.search(start, text):
            yield lang, dict(flatten(read_literal(text, found.end())))

    return read


def _languages_at(start: str) -> Callable[[str, bytes], Iterator[tuple[str, Messages]]]:
    """Read files that hold every language: a literal of language -> messages."""

    def read(_: str, data: bytes) -> Iterator[tuple[str, Messages]]:
        text = data.decode()
        found = re.search(start, text)
        languages = read_literal(text, found.end()) if found else None
        if isinstance(languages, Mapping):
            for lang, messages in languages.items():
                yield lang, dict(flatten(messages))

    return read


def _mediaelement_plugin(_: str, data: bytes) -> Iterator[tuple[str, Messages]]:
    text = data.decode()
    for found in re.finditer(r"i18n(?:\.(\w+)|\['([\w-]+)'\])\['(mejs\.[\w-]+)'\] *= *", text):
        texts = read_literal(text, found.end())
        yield found[1] or found[2], dict(flatten(texts, found[3]))


def _shariff_service(service: str, data: bytes) -> Iterator[tuple[str, Messages]]:
    text = data.decode()
    for found in re.finditer(r"(shareText|title): (?=\{)", text):
        for lang, label in flatten(read_literal(text, found.end())):
            yield lang, {f"{service}.{found[1]}": label}


_LANG = r"([\w-]+)"
SOURCES: dict[str, tuple[Source, ...]] = {
    "@clappr/core": (
        Source("src/plugins/strings/strings.js", _languages_at("defaultMessages = ")),
    ),
    "@docusaurus/theme-translations": (Source(f"locales/{_LANG}/theme-common.json", _json),),
    "artalk": (
        Source(rf"dist/i18n/{_LANG}\.mjs", _literal_at(r"(?=\{\s*/\* Editor)")),
        Source(r"dist/Artalk\.mjs", lambda _, data: _literal_at("const en = ")("en", data)),
    ),
    "bitmovin-player-ui": (Source(rf"src/ts/localization/languages/{_LANG}\.json", _json),),
    "chromium-l10n": (Source(r"locales/([a-z]+(?:-[A-Z0-9]+)?)\.pak", _pak),),
    "django-blog-zinnia": (Source(rf"zinnia/locale/{_LANG}/LC_MESSAGES/django\.po", _po),),
    "django-contrib-comments": (
        Source(rf"django_comments/locale/{_LANG}/LC_MESSAGES/django\.po", _po),
    ),
    "ghost": (
        Source(
            rf"components/tryghost-i18n-.*\.tgz!locales/{_LANG}/"
            r"(?:comments|ghost|portal|search|signup-form)\.json",
            _json,
        ),
    ),
    "gitalk": (Source(rf"src/i18n/{_LANG}\.json", _json),),
    "hexo-theme-icarus": (Source(rf"languages/{_LANG}\.yml", _yaml),),
    "hexo-theme-landscape": (Source(rf"languages/{_LANG}\.yml", _yaml),),
    "indigo-player": (Source(r"src/ui/i18n\.ts", _languages_at("translations = ")),),
    "isso": (Source(rf"js/app/i18n/{_LANG}\.js", _literal_at(r"module\.exports *= *")),),
    "klaro": (Source(rf"src/translations/{_LANG}\.yml", _yaml),),
    "media-chrome": (Source(rf"dist/lang/{_LANG}\.js", _literal_at(r"const [\w$]+ = ")),),
    "mediaelement": (
        Source(rf"build/lang/{_LANG}\.js", _literal_at(r"= (?=\{\s*['\"]mejs)")),
        Source(r"src/js/languages/(en)\.js", _literal_at("EN = ")),
    ),
    "mediaelement-plugins": (Source(r"src/[\w-]+/[\w-]+\.js", _mediaelement_plugin),),
    "nikola": (Source(rf"themes/base/messages/messages_{_LANG}\.py", _literal_at("MESSAGES = ")),),
    "orejime": (Source(rf"dist/orejime-standard-{_LANG}\.js", _literal_at(r"(?=\{banner:\{)")),),
    "shaka-player": (Source(rf"ui/locales/{_LANG}\.json", _json),),
    "shariff": (Source(rf"src/js/services/{_LANG}\.js", _shariff_service),),
    "tarteaucitronjs": (Source(r"lang/tarteaucitron\.(\w+)\.js", _literal_at(r"\.lang = ")),),
    "video.js": (Source(rf"dist/lang/{_LANG}\.json", _json),),
}
