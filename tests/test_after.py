"""What stands below the article, though it holds paragraphs."""

from __future__ import annotations

import cleaner

ARTICLE = "\n\n".join(
    f"Die Sanierung der Brücke dauert {months} Monate länger als geplant, teilte die Stadt mit. "
    "Der Grund sind Schäden am dritten Pfeiler, die erst beim Abtragen der Fahrbahn auffielen."
    for months in (2, 3, 5, 7)
)
CONSENT = (
    "Alle akzeptieren",
    "Auswahl speichern",
    "Impressum",
    "Cookie-Einstellungen",
    "Kommentare",
    "Damit Sie Kommentare schreiben können, setzt der Anbieter ein Cookie ein, sagt er.",
    "Datenschutz",
)


def test_a_subhead_goes_with_the_end_whose_paragraph_it_heads() -> None:
    page = ARTICLE + "\n\n" + "\n\n".join(CONSENT)
    assert cleaner.clean(page) == ARTICLE


def test_what_has_been_cleaned_of_its_end_stays() -> None:
    once = cleaner.clean(ARTICLE + "\n\n" + "\n\n".join(CONSENT))
    assert cleaner.clean(once) == once


def test_a_control_amid_lines_of_a_player_is_in_no_list() -> None:
    first, last = ARTICLE.split("\n\n")[:2]
    block = "\n".join(("verstrichen 00:00 44:44", "übrig -00:00 -44:44", "Live", "Mitschnitt"))
    cleaned = cleaner.clean(f"{first}\n\nUntertitel\n\nAus\n\n{block}\n\n{last}")
    assert "Live" not in cleaned.split("\n")


def test_a_button_that_follows_each_post_is_no_end() -> None:
    question = ARTICLE.replace("Brücke", "Bahn")
    answers = [ARTICLE.replace("Brücke", place) for place in ("Straße", "Allee", "Gasse")]
    last = "Bei uns an der Promenade war das auch so, und gesagt hat es vorher niemand."
    buttons = "\n\nShare\nImprove this answer\nFollow\n\nAdd a comment\n\n"
    thread = buttons.join((question, *answers, last, "Der Umweg dauert seitdem eine Stunde."))
    assert last in cleaner.clean(thread)


def test_the_initials_that_sign_an_article_stay_in_its_tail() -> None:
    page = f"{ARTICLE}\n\nMehr zum Thema\n\nBrücken in Not\n\n(jpf/rn)\n\nImpressum\n\nDatenschutz"
    assert cleaner.clean(page) == f"{ARTICLE}\n\n(jpf/rn)"


def test_a_table_of_contents_may_cut_its_subheads_short() -> None:
    contents = "Inhaltsverzeichnis\nTestsieger\nSo wurde geprüft\nTipps\n\n"
    parts = ARTICLE.split("\n\n")
    heads = ("Testsieger: Splitt aus Ton", "So wurde geprüft", "Tipps für den Gehweg")
    body = "\n\n".join(f"{head}\n\n{part}" for head, part in zip(heads, parts, strict=False))
    assert cleaner.clean(f"{parts[3]}\n\n{contents}{body}") == f"{parts[3]}\n\n{body}"


def test_a_caption_below_a_heading_of_other_stories_is_no_teaser() -> None:
    first, last = ARTICLE.split("\n\n")[:2]
    teaser, caption = "Wie ein Rentner eine Fähre baute", "Der dritte Pfeiler im Herbst."
    box = f"Lesen Sie auch:\n{teaser}\n{caption}\nFoto: Anna Berg"
    assert cleaner.clean(f"{first}\n\n{box}\n\n{last}").split("\n")[2] == caption


def test_a_subhead_among_furniture_in_a_dump_without_blank_lines_stays() -> None:
    first, last = ARTICLE.split("\n\n")[:2]
    buttons = "\n".join(("Anzeige", "Teilen", "Drucken", "Merken", "Kommentare", "Abspielen"))
    assert "Später fertig" in cleaner.clean(f"{first}\n{buttons}\nSpäter fertig\n{last}\n{buttons}")


def test_a_sentence_about_a_copyright_is_no_notice() -> None:
    line = "Copyright 2024 is stamped on the newest envelope of seeds, she said."
    assert cleaner.clean(f"{ARTICLE}\n\n{line}\n\nCopyright 2024 Sentinel Ltd") == (
        f"{ARTICLE}\n\n{line}"
    )


def test_a_credit_between_buttons_stays() -> None:
    credit = "Illustration by Anna Berg"
    page = f"Die Brücke am Kanal\nSave this story\n{credit}\nListen to this story\n\n{ARTICLE}"
    assert credit in cleaner.clean(page).split("\n")


def test_a_heading_without_links_stays_where_the_paragraph_below_says_it() -> None:
    first, rest = ARTICLE.split("\n\n", 1)
    page = f"{first}\n\nMost popular\n\nMost popular is the bridge by night. {rest}"
    assert cleaner.clean(page) == page


def test_what_a_blank_line_parts_from_named_teasers_is_a_subhead() -> None:
    first, rest = ARTICLE.split("\n\n", 1)
    teaser = "Article réservé aux abonnés Le pont qui ne finit jamais"
    page = f"{first}\n\nLire aussi\n{teaser}\n\n« S’abonner au retard »\n\n{rest}"
    assert cleaner.clean(page) == f"{first}\n\n« S’abonner au retard »\n\n{rest}"


def test_a_japanese_paragraph_that_ends_in_speech_ends_no_article_above_it() -> None:
    paragraph = "橋の工事は予定より二カ月長くかかると市が月曜日に発表した。" * 4
    last = "　こんな一言があった。橋を待つ人が書いたという。「次の春まで、あと何日待てますか」"
    assert len(last) >= 40
    page = f"{paragraph}\n\n{paragraph}\n{paragraph}\n{paragraph}\n\n関連記事\n橋の歴史\n\n{last}"
    assert last in cleaner.clean(page + "\n\nコメント\nプライバシーポリシー").split("\n")


def test_a_name_over_its_address_stays_below_links() -> None:
    page = f"{ARTICLE}\n\n관련기사\n다리 공사가 늦어진다\n\n김하나 기자\nhana@a.example"
    assert cleaner.clean(page).endswith("김하나 기자\nhana@a.example")


def test_headlines_that_read_more_heads_amid_the_text_go() -> None:
    first, rest = ARTICLE.split("\n\n", 1)
    links = "Läs mer\nSkärgårdsbåten får nya tider i sommar\nHär är fyrarna du kan övernatta i"
    assert cleaner.clean(f"{first}\n\n{links}\n\n{rest}") == ARTICLE
    hours = "Read more\nMuseum on the hill, open from 9 to 17"
    assert hours.split("\n")[1] in cleaner.clean(f"{first}\n\n{hours}\n\n{rest}")


def test_a_video_over_its_button_and_its_title_is_no_list() -> None:
    first, rest = ARTICLE.split("\n\n", 1)
    player = "Video\nVideo abspielen\nSo schwebten die Velos über den Platz.\n20sek"
    assert "Video abspielen" not in cleaner.clean(f"{first}\n\n{player}\n\n{rest}")


def test_a_line_of_tags_goes_outside_the_text_and_stays_amid_it() -> None:
    assert cleaner.clean(f"{ARTICLE}\n\nTags: Ofen, Umbau, Kamin\n\nKommentare") == ARTICLE
    first, rest = ARTICLE.split("\n\n", 1)
    page = f"{first}\n\nTags: Das steht auf dem Zettel am Tor.\n\n{rest}\n\nKommentare"
    assert "Tags: Das steht auf dem Zettel am Tor." in cleaner.clean(page).split("\n")


def test_a_heading_of_contents_is_no_label_of_the_text() -> None:
    blocks = "\n\n".join(
        f"{name}\nNebenan steht das Wasser hoch." for name in ("Ost", "West", "Süd")
    )
    cleaned = cleaner.clean(
        f"{ARTICLE}\n\nIn diesem Artikel:\nOst\nWest\n\n{blocks}\n\n{ARTICLE[:180]}."
    )
    assert "In diesem Artikel:" not in cleaned


def test_the_kind_of_a_piece_and_its_length_are_no_head() -> None:
    title = "Die Brücke am Kanal bleibt zu"
    page = f"{title}\nVideo\n2 Min\n\n{ARTICLE}\n\nKommentare"
    assert cleaner.clean(page) == f"{title}\n\n{ARTICLE}"


def test_a_count_beside_the_reading_time_is_no_head() -> None:
    head = "Die Brücke am Kanal bleibt zu\n05.02.2025 06:00\n88\nLesezeit 5 Minuten"
    assert "88" not in cleaner.clean(f"{head}\n\n{ARTICLE}").split("\n")


def test_a_table_of_ranks_that_the_article_ends_in_stays() -> None:
    rows = "So steht die Liga\n1. Altmoor 34\n2. Villarn 31\n3. Ostholm 30"
    page = f"{ARTICLE}\n\n{rows}\nImpressum\nDatenschutz\nKontakt"
    assert cleaner.clean(page).endswith(rows)
