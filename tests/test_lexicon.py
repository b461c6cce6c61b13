from __future__ import annotations

import doctest
import io
import json
import lzma
import struct
import tarfile
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from cleaner.columns import build_columns
from cleaner.errors import PhraseFileError
from cleaner.folding import make_key
from cleaner.lexicon import FOLDER, read_lexicon, read_settings
from cleaner.phrases import Index
from cleaner.read_text import read_text
from lab import fetch_packages, lexicon, lexicon_formats, lexicon_labels, lexicon_sources
from lab.lexicon_sources import Package, read_catalogue, read_packages

FILES = sorted(FOLDER.glob("*.toml"))
HEAD = '[sources]\nisso = "isso 0.14.0 MIT"\n'

LANGUAGES = {
    "player": 55,
    "comments": 50,
    "settings": 45,
    "share": 50,
    "newsletter": 50,
    "nav": 55,
    "consent": 45,
    "sign-in": 50,
    "paywall": 50,
    "label": 50,
    "related": 50,
    "ads": 15,
}
"""Group -> languages that have a phrase in it, at least."""

LABELS = {
    "af": "Spring na die hoofinhoud",
    "am": "ኩኪዎችን አቀናብር",
    "ar": "انتقل إلى المحتوى الرئيسي",
    "az": "Şəkil içində şəkil rejimi",
    "be": "Хуткасць прайгравання",
    "bg": "Сподели във Facebook",
    "bn": "এই মন্তব্য লুকানো হয়েছে",
    "bs": "Ovaj komentar je uklonjen.",
    "ca": "Passa a pantalla completa",
    "cs": "Odmítnout všechny cookies",
    "cy": "Cau blwch deialog moddol",
    "da": "Ingen kommentarer endnu",
    "de": "10 Sekunden zurückspulen",
    "el": "Συμμετέχετε στη συζήτηση",
    "eo": "Pli malnovaj artikoloj",
    "es": "Velocidad de reproducción",
    "et": "Liigu peamise sisu juurde",
    "eu": "Erakutsi emaitza gehiago",
    "fa": "مدیریت کوکی‌ها",
    "fi": "Siirry koko näytön tilaan",
    "fil": "Ibahagi ang pahinang ito",
    "fr": "Accepter tous les cookies",
    "gd": "'S mathaid an ceann greis",
    "gl": "Velocidade de reprodución",
    "gu": "તમારું ઇમેઇલ ઍડ્રેસ",
    "he": "דיווח על שימוש לרעה",
    "hi": "क्लिपबोर्ड में कॉपी करें",
    "hr": "Dodaj na popis za čitanje",
    "hu": "Továbbiak megjelenítése",
    "id": "Lanjutkan ke konten utama",
    "is": "Til baka á aðal valmynd",
    "it": "Condividi questa pagina",
    "ja": "お探しのページが見つかりませんでした",
    "kk": "Барлығын көрсету",
    "kn": "ಕುಕೀಗಳನ್ನು ನಿರ್ವಹಿಸಿ",
    "ko": "링크를 클립보드에 복사했습니다.",
    "lb": "Méi liesen",
    "lt": "Rodyti daugiau rezultatų",
    "lv": "Šis komentārs ir paslēpts.",
    "mk": "Овој коментар беше скриен",
    "ml": "വായന ലിസ്റ്റിൽ ചേർക്കുക",
    "mn": "Энэ сэтгэгдэл хасагдсан",
    "mr": "मुख्य सामग्रीकडे जा",
    "ms": "Masuk ke mod skrin penuh",
    "ne": "सदस्यता रद्द गर्नुहोस्",
    "nl": "Volledig scherm afsluiten",
    "no": "Tilbake til hovedmenyen",
    "oc": "Publicacions mai recentas",
    "pa": "ਇਹ ਟਿੱਪਣੀ ਹਟਾ ਦਿੱਤੀ ਗਈ ਹੈ",
    "pl": "Udostępnij przez WhatsApp",
    "pt": "Compartilhar no Pinterest",
    "ro": "Partajează pe Pinterest",
    "ru": "Скорость воспроизведения",
    "si": "සියල්ල පෙන්වන්න",
    "sk": "Tento komentár bol skrytý",
    "sl": "Upravljanje piškotkov",
    "sq": "Shfaq më shumë rezultate",
    "sr": "Управљајте колачићима",
    "sv": "Hoppa till huvudinnehåll",
    "sw": "Anwani yako ya barua pepe",
    "ta": "குக்கீகளை நிர்வகியுங்கள்",
    "te": "క్లిప్‌బోర్డ్‌కు కాపీ చేయి",
    "th": "เพิ่มไปยังเรื่องรออ่าน",
    "tk": "Nawigasiýa panelini ýap",
    "tr": "Okuma listesine ekle",
    "uk": "Поділитися цією сторінкою",
    "ur": "پوری اسکرین میں داخل ہوں",
    "uz": "Ko'proq shunga o'xshash",
    "vi": "Chuyển đến nội dung chính",
    "zh": "在Flipboard上分享",
}
"""Language -> a label as a page shows it."""


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(build_columns(read_lexicon()))


# --- the shipped lexicon


@pytest.mark.parametrize("group", LANGUAGES)
def test_a_group_speaks_many_languages(group: str) -> None:
    languages = tomllib.loads((FOLDER / f"{group}.toml").read_text(encoding="utf-8"))
    assert len(languages.keys() - {"sources"}) >= LANGUAGES[group]


def test_phrases_are_folded_and_belong_to_one_group_in_a_language() -> None:
    owners: dict[tuple[str, str], str] = {}
    for phrase, how, rule, lang in read_lexicon():
        assert how == "whole"
        filled = phrase.replace("{n}", "0").replace("{t}", "0:00").replace("{name}", "x")
        assert make_key(filled) == filled
        assert owners.setdefault((lang, phrase), rule) == rule
    assert len(owners) > 10_000


def test_what_english_says_no_other_language_repeats() -> None:
    spoken = defaultdict(set)
    for phrase, _, _, lang in read_lexicon():
        spoken[lang].add(phrase)
    english = spoken.pop("en")
    assert not english.intersection(*spoken.values())
    assert [lang for lang, phrases in spoken.items() if phrases & english] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_phrase_is_traced_to_a_package_and_its_version(path: Path) -> None:
    origins = {package.name: package.origin for package in read_packages()}
    languages = tomllib.loads(path.read_text(encoding="utf-8"))
    sources = languages.pop("sources")
    assert sources.items() <= origins.items()
    assert {source for table in languages.values() for source in table} == sources.keys()
    notice = (FOLDER / "NOTICE").read_text(encoding="utf-8")
    assert [origin for origin in sources.values() if origin not in notice] == []


def test_only_permissive_licences() -> None:
    assert {p.licence for p in read_packages()} == {"MIT", "BSD-3-Clause", "Apache-2.0"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_as_the_builder_writes_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    languages = tomllib.loads(text)
    sources = languages.pop("sources")
    by_phrase = {
        lang: {phrase: source for source, phrases in table.items() for phrase in phrases}
        for lang, table in languages.items()
    }
    assert lexicon.to_toml(by_phrase, sources) == text


def test_the_files_can_be_reviewed() -> None:
    assert sum(path.stat().st_size for path in FILES) < 700_000
    lines = "".join(path.read_text(encoding="utf-8") for path in FILES).splitlines()
    assert max(map(len, lines)) < 160  # a long phrase stands alone


def test_what_is_left_out_is_out() -> None:
    limits = lexicon.read_limits()
    phrases = {phrase for phrase, _, _, lang in read_lexicon() if lang == "en"}
    assert not phrases & (limits.plain | limits.phrases)
    assert limits.stay <= phrases


@pytest.mark.parametrize("lang", LABELS)
def test_a_label_is_found(index: Index, lang: str) -> None:
    page = read_text(f"{LABELS[lang]}\n\n{LABELS[lang]} {LABELS[lang]}", lang=lang)
    marks = [mark for mark in index.find(page) if mark.rule.endswith("/lexicon")]
    assert {mark.start for mark in marks} == {0}


@pytest.mark.parametrize(
    "line",
    [
        "Er wollte das Video abspielen, doch der Ton blieb weg.",
        "„Abspielen“",
        "Volume",
        "Beschreibung",
        "Lautstärke",
        "Sprache",
        "Cast",
        "Kommentar",
        "Descripción",
        "Размер",
    ],
)
def test_an_article_may_say_this(index: Index, line: str) -> None:
    assert list(index.find(read_text(line))) == []


# --- reading


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[de", "TOML"),
        ('[de]\nisso = ["antworten"]', "sources"),
        (f'{HEAD}[german]\nisso = ["antworten"]', "no language"),
        (f"{HEAD}[de]", "no language"),
        (f'{HEAD}[de]\nklaro = ["antworten"]', "klaro"),
        (f"{HEAD}[de]\nisso = []", "one or more"),
        (f"{HEAD}[de]\nisso = [1]", "no text"),
        (f'{HEAD}[de]\nisso = ["Antworten"]', "folded"),
        (f'{HEAD}[de]\nisso = ["antworten", "antworten"]', "twice"),
        (f'{HEAD}[de]\nisso = ["schließen", "schliessen"]', "twice"),
        (f'{HEAD}[de]\nisso = ["{{x}} antworten"]', "slot"),
        (f'{HEAD}[de]\nisso = ["{{name}} antwortet {{name}}"]', "slot"),
        (f'{HEAD}[de]\nisso = ["{{n}} / {{n}}"]', "short"),
    ],
)
def test_a_broken_file_is_refused_by_name(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "comments.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PhraseFileError, match=rf"comments\.toml.*{why}"):
        list(read_lexicon(tmp_path))


def test_settings_may_be_short_but_are_folded(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f'{HEAD}[de]\nisso = ["weiß", "an"]', encoding="utf-8")
    assert read_settings(tmp_path) == {"de": ("weiss", "an")}
    assert list(read_lexicon(tmp_path)) == []
    path.write_text(f'{HEAD}[de]\nisso = ["An"]', encoding="utf-8")
    with pytest.raises(PhraseFileError, match=r"settings\.toml.*folded"):
        read_settings(tmp_path)


def test_entries_are_ready_for_the_index(tmp_path: Path) -> None:
    (tmp_path / "nav.toml").write_text(f'{HEAD}[de]\nisso = ["schließen"]', encoding="utf-8")
    assert list(read_lexicon(tmp_path)) == [("schliessen", "whole", "nav/lexicon", "de")]


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
