"""Every rule: `RULES` look at each line alone, `CONTEXT_RULES` at its neighbours too."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.mark import Mark, Marks
from cleaner.page import Page
from cleaner.phrase_cache import shipped
from cleaner.rule import ContextRule, Rule
from cleaner.rules import apart, body, repeats, runs, shapes, tail

PHRASE_RULES: tuple[Rule, ...] = tuple(
    Rule(name, shipped().index.find, about) for name, about in shipped().rules.items()
)


def _markup(page: Page) -> list[Mark]:
    if page.markup is None:
        return []
    from cleaner.rules.markup import blocks  # only HTML has markup

    return blocks(page)


def _model(page: Page, marks: Marks) -> Iterable[Mark]:
    if page.markup is None or not page.filled:
        return ()
    from cleaner.model.html_judge import judge  # imports numpy

    return judge(page, marks)


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

def _site(page: Page) -> list[Mark]:
    if page.site is None:
        return []
    from cleaner.site import site_marks  # few dumps come with a site file

    return site_marks(page, page.site)


RULES: tuple[Rule, ...] = (
    *PHRASE_RULES,
    Rule("label/symbols", shapes.symbols, "A line of symbols that is no section break."),
    Rule("footer/copyright-year", shapes.copyright_notice, "A copyright sign and a year."),
    Rule("site/listed", _site, "A line that the site file lists."),
    Rule("nav/link-row", shapes.link_row, "Several labels in one line."),
    Rule("nav/landmark", _markup, "In HTML: the page's menus and its head."),
    Rule("footer/landmark", _markup, "In HTML: the foot of the page."),
    Rule("related/landmark", _markup, "In HTML: what stands aside and holds no paragraph."),
    *(Rule(f"{group}/block", _markup, about) for group, about in _NAMED_BLOCKS.items()),
)

CONTEXT_RULES: tuple[ContextRule, ...] = (
    ContextRule("player/run", runs.runs, "A short line between two controls of a player."),
    ContextRule("label/in-furniture", runs.runs, "A label in a block of furniture."),
    ContextRule("nav/menu-block", runs.runs, "An entry of a menu above the head."),
    ContextRule("nav/contents-entry", repeats.repeats, "An entry of a table of contents."),
    ContextRule("nav/path", runs.runs, "A path of sections above the first paragraph."),
    ContextRule("nav/arrow", runs.runs, "A line outside the body that an arrow leads or ends."),
    ContextRule("share/counter", runs.runs, "A bare number beside a button."),
    ContextRule("related/teasers", tail.teasers, "Headlines below a heading of related stories."),
    ContextRule("comments/thread-text", tail.thread, "Readers' comments below the article."),
    ContextRule("footer/tail", tail.tail, "What follows an end marker after the last paragraph."),
    ContextRule("repeat/alt-text", repeats.repeats, "A caption said again without its credit."),
    ContextRule("repeat/line", repeats.repeats, "A long line, or one of the head, said twice."),
    ContextRule("head/headline", apart.head, "Kicker, headline and section."),
    ContextRule("head/date", apart.head, "A date or a time ago near the headline."),
    ContextRule("head/byline", apart.head, "Who wrote the article."),
    ContextRule(apart.ABOVE, apart.above_body, "With body_only: all above the first paragraph."),
    ContextRule("model/head", _model, "In HTML: what the model holds for the head."),
    ContextRule("model/markup", _model, "In HTML: what the model does not hold for the article."),
    ContextRule("caption/credited", apart.picture, "A picture's caption that names its source."),
    ContextRule("credit/alone", apart.picture, "A picture's credit on a line of its own."),
    ContextRule("body/subhead", tail.subhead, "Keeps a subhead that reads like a label."),
    ContextRule("body/quoted-list", body.quoted_list, "Keeps labels that the article lists."),
)
