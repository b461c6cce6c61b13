"""Every rule: `RULES` look at each line alone, `CONTEXT_RULES` at its neighbours too."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.look import DIGITS, Look
from cleaner.mark import Mark, Marks
from cleaner.model.rule import HEAD, OF_BODY, UNLIKELY, unlikely
from cleaner.page import Page
from cleaner.phrase_cache import shipped
from cleaner.rule import ContextRule, Rule
from cleaner.rules import (
    above,
    after,
    apart,
    author,
    beside,
    boxes,
    figures,
    forum,
    labels,
    listed,
    picture,
    repeats,
    runs,
    shapes,
    signs,
    tail,
    teasers,
)
from cleaner.traits import ENTRY, ITEM, SECTION

PHRASE_RULES: tuple[Rule, ...] = tuple(
    Rule(name, shipped().index.find, about) for name, about in shipped().rules.items()
)


def markup(page: Page) -> list[Mark]:
    """Mark the blocks of HTML that their markup names as furniture."""
    if page.markup is None:
        return []
    from cleaner.rules.markup import blocks  # few dumps are HTML

    return blocks(page)


def model(page: Page, marks: Marks) -> Iterable[Mark]:
    """Mark the lines of HTML that the model does not hold for the article."""
    if page.markup is None or not page.filled:
        return ()
    from cleaner.model.html_judge import judge  # imports numpy

    return judge(page, marks)


def title(page: Page, _: Marks) -> Iterable[Mark]:
    """Mark the headline of HTML."""
    if page.markup is None:
        return ()
    from cleaner.rules.title import title

    return title(page)


_NAMED_BLOCKS = {
    "player": "In HTML: a block named as a player.",
    "comments": "In HTML: a block named as a comment box or its buttons.",
    "share": "In HTML: a block named as share buttons.",
    "newsletter": "In HTML: a block named as a newsletter form.",
    "related": "In HTML: a block named as links to other pages.",
    "consent": "In HTML: a block named as a consent banner.",
    "paywall": "In HTML: a block named as a paywall.",
    "sign-in": "In HTML: a block named as a form to sign in.",
    "ads": "In HTML: a block named as an advertisement.",
    "nav": "In HTML: a block named as a menu, a path or a dialog.",
    "footer": "In HTML: a block named as the foot of the page.",
}


def site(page: Page) -> list[Mark]:
    """Mark what the site file lists, if the page comes with one."""
    if page.site is None:
        return []
    from cleaner.site import site_marks  # few dumps come with a site file

    return site_marks(page, page.site)


RULES: tuple[Rule, ...] = (
    *PHRASE_RULES,
    Rule("label/symbols", shapes.symbols, "A line of symbols that is no section break."),
    Rule("nav/hashtags", shapes.hashtags, "Hashtags in a row."),
    Rule("footer/copyright-year", shapes.copyright_notice, "A copyright sign and a year."),
    Rule("site/listed", site, "A line that the site file lists."),
    Rule("related/teaser", shapes.teaser, "A sentence that a link to the rest follows."),
    Rule("share/networks-glued", shapes.glued_networks, "Names of networks run together."),
    Rule("nav/link-row", shapes.link_row, "Several labels in one line."),
    Rule("nav/landmark", markup, "In HTML: the page's menus and its head."),
    Rule("footer/landmark", markup, "In HTML: the foot of the page."),
    Rule("related/landmark", markup, "In HTML: what stands aside and holds no paragraph."),
    *(Rule(f"{group}/block", markup, about) for group, about in _NAMED_BLOCKS.items()),
)

TRAITS: dict[int, Look] = {
    SECTION: Look(
        above.names_section, above.LONGEST, above.JOINING, says="section", holds=above.JOINING_WORDS
    ),
    ENTRY: Look(above.could_be_entry, above.LONGEST, above.NO_ENTRY, opens="byline", usual=True),
    ITEM: Look(runs.reads_as_item, runs.MENU_ITEM, labels.SENTENCE_ENDS, usual=True),
}
"""What many lines look like; pass one remembers it as a bit of a byte, see `Page.traits`."""

LOOKS: tuple[Look, ...] = (
    Look(author.is_initials, author.INITIALS, ("(", "@", ".")),
    Look(author.is_address, author.INITIALS, ("@",)),
    Look(after.names_tags, after.TAGS, (":",)),
    Look(beside.names_network, beside.NETWORK, ("@",), says="network"),
    Look(beside.is_count, beside.COUNT, DIGITS),
    Look(beside.is_rating, beside.RATING, says="rating"),
    Look(forum.is_post_number, forum.POST_NUMBER, DIGITS),
    Look(forum.is_rank, forum.RANK, says="rank"),
    Look(forum.profile_field, forum.FIELD, ("·",), opens="profile"),
    Look(shapes.asks, shapes.QUESTION, shapes.ASKS),
    Look(boxes.names_piece, boxes.PIECE, (":",)),
    Look(boxes.names_kind, boxes.KIND, says="medium"),
    Look(boxes.is_running_time, boxes.RUNNING_TIME, DIGITS),
    Look(picture.split_credit, signs=picture.SIGNS),
    Look(repeats.before_brackets, signs=(")",)),
    Look(repeats.before_source, repeats.CAPTION, ("=", "＝", "。", ".")),
    Look(signs.path_sections, signs=tuple(signs.PATH_SIGNS)),
    Look(signs.pointing_sign, signs.ARROW_LINE, signs.ARROWS),
    Look(tail.announces_more, labels.LABEL, opens="more"),
    Look(tail.tells_time_ago, labels.LABEL, DIGITS),
)
"""What else context rules ask of each line; pass one remembers the answers, see `LineMemory`."""

CONTEXT_RULES: tuple[ContextRule, ...] = (
    ContextRule("player/run", runs.runs, "A short line between two controls of a player."),
    ContextRule("label/in-furniture", runs.runs, "A label in a block of furniture."),
    ContextRule("label/post", forum.posts, "Numbers, votes and profiles beside a forum's posts."),
    ContextRule("nav/menu-block", runs.runs, "An entry of a menu above the head."),
    ContextRule("nav/page-top", runs.runs, "A line between two menus above the headline."),
    ContextRule("nav/trail", runs.runs, "A section in the path from the home page."),
    ContextRule("nav/menu-below", after.below, "Labels below the article: menus, topics."),
    ContextRule("nav/menu-between", after.between, "A menu between paragraphs."),
    ContextRule(
        "nav/tag-entry", after.tag_entries, "A topic below a label such as “Schlagwörter”."
    ),
    ContextRule("nav/contents-entry", repeats.repeats, "An entry of a table of contents."),
    ContextRule("nav/path", runs.runs, "A path of sections above the first paragraph."),
    ContextRule("nav/arrow", runs.runs, "A line outside the body that an arrow leads or ends."),
    ContextRule("share/counter", runs.runs, "A bare number beside a button."),
    ContextRule("share/network-beside", beside.beside, "A network's name beside furniture."),
    ContextRule("comments/stars", beside.beside, "What readers give, beside a button."),
    ContextRule("promo/appeal", beside.beside, "A line that speaks to the reader, by furniture."),
    ContextRule("paywall/price", beside.beside, "A line with a price beside a paywall's."),
    ContextRule("related/teasers", teasers.teasers, "Headlines below a heading of links."),
    ContextRule("comments/thread-text", tail.thread, "Readers' comments below the article."),
    ContextRule("footer/tail", tail.tail, "What follows an end marker after the last paragraph."),
    ContextRule("footer/end", after.end, "The end of a page, though paragraphs stand in it."),
    ContextRule("promo/poll", boxes.boxes, "A question to readers, with the answers to choose."),
    ContextRule("newsletter/box", boxes.boxes, "What a newsletter promises, by its form."),
    ContextRule("player/piece", boxes.boxes, "A piece to play: its kind, time and title."),
    ContextRule("repeat/alt-text", repeats.repeats, "A caption said again without its credit."),
    ContextRule("repeat/line", repeats.repeats, "A long line, or one of the head, said twice."),
    ContextRule("repeat/copy", repeats.repeats, "A line that holds the whole article again."),
    ContextRule("head/headline", apart.head, "Kicker, headline and section."),
    ContextRule("head/title", title, "In HTML: the heading that says the page's title."),
    ContextRule("head/date", apart.head, "A date or a time ago near the headline."),
    ContextRule("head/byline", apart.head, "Who wrote the article."),
    ContextRule(apart.ABOVE, apart.above_body, "With body_only: all above the first paragraph."),
    ContextRule(HEAD, model, "What the model holds for the head."),
    ContextRule("model/markup", model, "In HTML: what the model does not hold for the article."),
    ContextRule("caption/credited", apart.picture, "A picture's caption that names its source."),
    ContextRule("credit/alone", apart.picture, "A picture's credit on a line of its own."),
    ContextRule("body/subhead", after.subhead, "Keeps a subhead that reads like a label."),
    ContextRule("body/figures", figures.figures, "Keeps figures below links or a form."),
    ContextRule("body/initials", author.initials, "Keeps the initials that sign an article."),
    ContextRule(UNLIKELY, unlikely, "In text: a line that the model holds for furniture."),
    ContextRule(OF_BODY, unlikely, "With body_only: what is head to rules, body to the model."),
    ContextRule("body/listed-control", listed.listed, "Keeps a control that a list names."),
    ContextRule("body/quoted-list", listed.introduced, "Keeps labels that the article lists."),
)
