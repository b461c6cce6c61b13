from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from cleaner.columns import build_columns
from cleaner.errors import PhraseFileError
from cleaner.folding import make_key
from cleaner.lexicon import FOLDER, read_lexicon, read_settings
from cleaner.phrases import Index
from cleaner.read_text import read_text
from lab import lexicon
from lab.lexicon_sources import read_packages

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
