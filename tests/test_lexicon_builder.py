"""How the lexicon is built from packages, on packages that the tests write."""

from __future__ import annotations

import doctest
import io
import json
import lzma
import struct
import tarfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from cleaner.lexicon import read_lexicon, read_settings
from lab import fetch_packages, lexicon, lexicon_formats, lexicon_labels, lexicon_sources
from lab.lexicon_sources import Package, read_catalogue, read_packages

# --- building


def write_tar(path: Path, files: Mapping[str, str], mode: str = "w:gz") -> None:
    with tarfile.open(path, mode) as tar:  # type: ignore[call-overload]
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            tar.addfile(entry, io.BytesIO(text.encode()))


def pak(texts: Mapping[int, str]) -> bytes:
    head = struct.pack("<IBxxxHH", 5, 1, len(texts), 0)
    at = len(head) + 6 * (len(texts) + 1)
    entries = b""
    for number, text in [*texts.items(), (0, "")]:
        entries += struct.pack("<HI", number, at)
        at += len(text.encode())
    return head + entries + "".join(texts.values()).encode()


def deb(files: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    packed = lzma.compress(data.getvalue())
    header = f"{'data.tar.xz':<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(packed):<10}`\n"
    return b"!<arch>\n" + header.encode() + packed


VIDEO = {
    "en": {"Mute": "Mute", "Unmute": "Unmute", "Fullscreen": "Fullscreen"},
    "de": {
        "Mute": "Ton aus",
        "Unmute": "Ton aus",  # an error in translation
        "Fullscreen": "Vollbild",
        "Replay": "Lautstärke",  # what the other package gives for a plain word
        "Close Modal Dialog": "Dialog schließen",
        "Skip forward {1} seconds": "{1} Sekunden vorwärts",
        "Skip backward {1} seconds": "{2} Sekunden zurück",
        "Progress Bar": "Unmute",
        "Loaded": "<b>Geladen</b>",
        "Language": "Sprache",
    },
    "zh-Hans": {"Fullscreen": "全屏", "Mute": "静"},
}
KLARO = {
    "en": "acceptAll: Accept all\npurposes:\n  x: Volume\n",
    "de": "acceptAll: 'Alle akzeptieren'\ndecline:\n  long text\npurposes:\n  x: Lautstärke\n",
}
BROWSER = {
    "en-GB": pak({7: "&Show more", 8: "Rewind 10 seconds", 9: "Print"}),
    "de": pak({7: "&Mehr anzeigen", 8: "10 Sekunden zurückspulen", 9: "Drucken"}),
}


@pytest.fixture
def packages(tmp_path: Path) -> list[Package]:
    chosen = [p for p in read_packages() if p.name in {"video.js", "klaro", "chromium-l10n"}]
    browser, klaro, video = (tmp_path / package.archive for package in chosen)
    browser.write_bytes(deb({f"./usr/locales/{lang}.pak": data for lang, data in BROWSER.items()}))
    write_tar(klaro, {f"package/src/translations/{lang}.yml": t for lang, t in KLARO.items()})
    write_tar(video, {f"package/dist/lang/{lang}.json": json.dumps(t) for lang, t in VIDEO.items()})
    return chosen


def test_the_same_packages_give_the_same_bytes(packages: list[Package], tmp_path: Path) -> None:
    for out, order in (("one", packages), ("two", packages[::-1])):
        lexicon.write_lexicon(tmp_path, tmp_path / out, order)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / out).iterdir()}
        for out in ("one", "two")
    )
    assert one == two
    groups = ("consent", "nav", "player", "settings", "share")
    assert one.keys() == {"NOTICE", *(f"{group}.toml" for group in groups)}


def test_what_is_built(packages: list[Package], tmp_path: Path) -> None:
    unknown = lexicon.write_lexicon(tmp_path, tmp_path / "out", packages)
    found = defaultdict(set)
    for phrase, _, rule, lang in read_lexicon(tmp_path / "out"):
        found[rule, lang].add(phrase)
    assert found["player/lexicon", "de"] == {
        "vollbild",
        "dialog schliessen",
        "{n} sekunden vorwärts",
        "{n} sekunden zurückspulen",
    }
    assert found["player/lexicon", "zh"] == {"全屏"}
    assert found["consent/lexicon", "de"] == {"alle akzeptieren"}
    assert found["share/lexicon", "de"] == {"drucken"}
    assert found["nav/lexicon", "de"] == {"mehr anzeigen"}
    assert {"mute", "unmute", "fullscreen", "rewind {n} seconds"} <= found["player/lexicon", "en"]
    assert ("share/lexicon", "en") not in found  # "print" is a line of the gold
    settings = read_settings(tmp_path / "out")
    assert settings["de"] == ("lautstärke", "sprache")
    assert settings["zh"] == ("静",)  # too short to stand alone
    assert "leave a comment" in unknown
    assert "mute" not in unknown


def test_a_missing_package_says_how_to_fetch_it(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"lab\.fetch_packages"):
        read_catalogue(read_packages()[0], tmp_path)


def test_a_package_that_changed_is_noticed(tmp_path: Path) -> None:
    video = next(package for package in read_packages() if package.name == "video.js")
    write_tar(tmp_path / video.archive, {"package/other.txt": ""})
    with pytest.raises(SystemExit, match="holds no messages"):
        read_catalogue(video, tmp_path)


def test_the_white_list_holds_each_text_once() -> None:
    wanted = lexicon.read_white_list()
    listed = {choice.phrase for choice in (*wanted.texts.values(), *wanted.chromium.values())}
    unknown = {text for text in lexicon.read_limits().opposites if text not in listed}
    assert unknown == set()


def test_a_text_on_the_white_list_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "messages.toml"
    path.write_text('[a]\ntexts = ["x"]\nchromium = []\n[b]\ntexts = ["x"]\nchromium = []\n')
    with pytest.raises(ValueError, match="twice"):
        lexicon.read_white_list(path)


def test_a_resource_pack_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version 4"):
        lexicon_formats.read_pak(struct.pack("<IBxxxHH", 4, 1, 0, 0))


@pytest.mark.parametrize("text", ["x", "{a b}", "{'a': 'b'", "{a: /x/}"])
def test_what_is_no_literal_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no literal"):
        lexicon_formats.read_literal(f"={text}", 0 if text == "x" else 1)


@pytest.mark.parametrize(
    "module",
    [fetch_packages, lexicon, lexicon_formats, lexicon_labels, lexicon_sources],
    ids=lambda module: module.__name__,
)
def test_the_examples_in_the_builder_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
