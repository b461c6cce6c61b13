"""``cleaner score --report``: one page that shows all fixtures, in one file.

Figures stand in the page; a fixture's lines lie in it as data, which the page's script lays out
when the fixture is opened, so that 500 of them open as fast as one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from cleaner import __version__
from cleaner.floors import down
from cleaner.score import Figures, Scored, furniture_of, group_figures, total, totals
from cleaner.score_changes import Changed, counted
from cleaner.score_table import wrong_line

_WEB = Path(__file__).parent / "web"
_PLACE = re.compile(r"\{\{(\w+)\}\}")


def render_report(
    scored: Sequence[Scored],
    fallen: Sequence[str],
    changed: Sequence[Changed] | None,
    shown: Collection[str],
) -> str:
    """Render the page.

    Args:
        scored: the fixtures, worst first.
        fallen: what the scorer says of floors that do not hold.
        changed: what changed since the baseline; `None` without one.
        shown: names of the fixtures whose lines may be shown.
    """
    since = {one.name: one for one in changed or ()}
    parts = {
        "version": escape(__version__),
        "style": _web("groups.css") + _web("report.css"),
        "script": _web("report.js"),
        "tiles": "".join(_tiles(total([one.figures for one in scored]))),
        "floors": "".join(f'<p class="fallen">{escape(said)}</p>' for said in fallen),
        "changes": "" if changed is None else _changes(changed),
        "groups": "".join(_group_rows(scored)),
        "languages": "".join(_rows(totals(scored, lambda one: one.lang).items())),
        "splits": "".join(_rows(totals(scored, lambda one: one.part).items())),
        "fixtures": "".join(
            _fixture(one, since.get(one.fixture.name), one.fixture.name in shown) for one in scored
        ),
    }
    return _PLACE.sub(lambda place: parts[place[1]], _web("report.html"))


def _web(name: str) -> str:
    return (_WEB / name).read_text(encoding="utf-8")


def _tiles(figures: Figures) -> Iterator[str]:
    shares = {
        "furniture F1": figures.f1,
        "precision": figures.precision,
        "recall": figures.recall,
        "word F1": figures.word_f1,
    }
    counts = {
        "article lines lost": figures.lines_lost,
        "article words lost": figures.words_lost,
        "to the letter": f"{figures.exact} of {figures.fixtures}",
    }
    for name, value in {**{n: _shown(s) for n, s in shares.items()}, **counts}.items():
        yield f"<div><dt>{name}</dt><dd>{value}</dd></div>"


def _shown(share: float | None) -> str:
    return "–" if share is None else f"{down(share):.3f}"


def _bar(share: float | None, name: str) -> str:
    cell = _meter(share, name) if share is not None else ""
    return f'<td class="bar">{cell}<span class="share">{_shown(share)}</span></td>'


def _meter(share: float, name: str) -> str:
    drawn = f'class="meter" style="--share:{share:.2%}"'
    return f'<span {drawn} role="img" aria-label="{name}"></span>'


def _group_rows(scored: Sequence[Scored]) -> Iterator[str]:
    for g in group_figures(scored):
        bars = _bar(g.recall, "recall") + _bar(g.precision, "precision")
        counts = f"<td>{g.furniture}</td><td>{g.removed}</td>"
        name = escape(g.group)
        yield f'<tr data-group="{name}"><th scope="row">{name}</th>{counts}{bars}</tr>'


def _rows(parts: Iterable[tuple[str, Figures]]) -> Iterator[str]:
    for name, f in parts:
        counts = f"<td>{f.fixtures}</td><td>{f.lines_lost}</td>"
        bars = _bar(f.f1, "furniture F1") + _bar(f.word_f1, "word F1")
        yield f'<tr><th scope="row">{escape(name)}</th>{counts}{bars}</tr>'


def _changes(changed: Sequence[Changed]) -> str:
    said = f"{counted(changed)}, in {len(changed)} fixtures"
    listed = "".join(_changed(one) for one in changed)
    heading = f"<h2>Since the baseline</h2><p>{said}.</p>"
    return f'<section id="changes" tabindex="0">{heading}{listed}</section>'


def _changed(one: Changed) -> str:
    lines = (
        f'<li class="{word}"><b>{word}</b> <code>{line.number}</code> '
        f'<span dir="auto">{escape(line.text)}</span> '
        f"<i>{escape(f'{line.wrongly}: {line.rule} {line.because}')}</i></li>"
        for word, entries in (("broken", one.broken), ("fixed", one.fixed))
        for line in map(wrong_line, entries)
    )
    moved = f"{_shown(one.before)} → {_shown(one.after)}"
    name = escape(one.name)
    heading = f'<h3><a href="#fixture-{name}">{name}</a> <small>{moved}</small></h3>'
    return f"{heading}<ul>{''.join(lines)}</ul>"


def _fixture(one: Scored, changed: Changed | None, shown: bool) -> str:
    fixture, figures = one.fixture, one.figures
    missed = figures.furniture - figures.right
    facts = [fixture.lang, fixture.part, fixture.kind]
    facts += [f"loses {figures.lines_lost}"] if figures.lines_lost else []
    facts += [f"misses {missed}"] if missed else []
    facts += [_moved(changed)] if changed else []
    name = escape(fixture.name)
    body = (
        f'<script type="application/json">{_json(_lines(one, changed))}</script>'
        if shown
        else '<p class="hidden">No rule may be made looking at its lines: '
        "<code>--split held-out</code> shows them.</p>"
    )
    data = f'data-split="{fixture.split}"{" data-changed" if changed else ""}'
    return (
        f'<details id="fixture-{name}" {data}>'
        f"<summary>{_meter(figures.f1, 'furniture F1')} "
        f'<span class="share">{_shown(figures.f1)}</span> <b>{name}</b> '
        f"<small>{escape(' · '.join(facts))}</small></summary>"
        f"<p>{escape(fixture.about)}</p>{body}</details>\n"
    )


def _moved(changed: Changed) -> str:
    counts = {"broken": len(changed.broken), "fixed": len(changed.fixed)}
    said = [f"{count} {word}" for word, count in counts.items() if count]
    return ", ".join(said) or f"was {_shown(changed.before)}"


def _lines(one: Scored, changed: Changed | None) -> list[Any]:
    """Return a fixture's lines: a text that rightly stays, else text, what became of it and why.

    What became of it: ``right`` went rightly, ``lost`` went wrongly, ``missed`` stayed wrongly; a
    line that stays and broke or was fixed since the baseline says so behind it.
    """
    group_of = furniture_of(one.fixture, one.cleaned)
    removed = {line.number: mark for line, mark in one.cleaned.removed}
    keeps = {n: m for m in one.cleaned.marks for n in range(m.start, m.stop)}
    since = {
        line["line"] - 1: word
        for word, entries in (
            ("fixed", changed.fixed if changed else ()),
            ("broken", changed.broken if changed else ()),
        )
        for line in entries
    }
    lines: list[Any] = []
    for number, text in enumerate(one.fixture.page.texts):
        group, mark = group_of.get(number, ""), removed.get(number)
        if mark is None and not group and number not in since:
            lines.append(text)
            continue
        state = ("right" if group else "lost") if mark else ("missed" if group else "")
        why = mark or (keeps.get(number) if group else None)
        kept = "kept by " if why and not mark else ""
        reason = f"{kept}{why.rule} {why.because}" if why else ""
        lines.append(
            [text, state, group or (mark.group if mark else ""), reason, since.get(number, "")]
        )
    return lines


def _json(data: object) -> str:
    """Render data for a script element, which ends at its end tag whatever that stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").encode("utf-8", "backslashreplace").decode()
