"""The scorer's findings as a JUnit file, which build servers show."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from xml.etree import ElementTree as etree

from cleaner.floors import NAMES, Floors
from cleaner.score import Scored
from cleaner.score_changes import Changed
from cleaner.score_table import WrongLine, wrong_lines

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(
    scored: Sequence[Scored],
    held: Mapping[str, Floors],
    fallen: Collection[str],
    changed: Collection[Changed],
    shown: Collection[str],
) -> str:
    """Render a case for each floor and each fixture.

    A floor fails where it does not hold, a fixture where lines of it broke since the baseline;
    wrong lines that were wrong before are its output.

    Args:
        scored: the fixtures.
        held: the floors of the splits at hand.
        fallen: what the scorer says of floors that do not hold.
        changed: what changed since the baseline; empty without one.
        shown: names of the fixtures whose lines may be shown.
    """
    suite = etree.Element("testsuite", name="cleaner score")
    for split in held:
        for name in NAMES:
            case = _case(suite, "floors", f"{split} {name}")
            for said in (said for said in fallen if said.startswith(f"[{split}] {name} is ")):
                etree.SubElement(case, "failure", message=said)
    broken = {one.name: one.broken for one in changed}
    for one in scored:
        case = _case(suite, "fixtures", one.fixture.name)
        lines = wrong_lines(one.fixture, one.cleaned) if one.fixture.name in shown else ()
        since = {(line["line"], line["wrongly"]) for line in broken.get(one.fixture.name, ())}
        new = [line for line in lines if (line.number, line.wrongly) in since]
        if new:
            message = f"{len(new)} lines broke since the baseline"
            etree.SubElement(case, "failure", message=message).text = _listed(new)
        if lines:
            etree.SubElement(case, "system-out").text = _listed(lines)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in suite)))
    return etree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: etree.Element, kind: str, name: str) -> etree.Element:
    return etree.SubElement(suite, "testcase", classname=f"cleaner.{kind}", name=name)


def _listed(lines: Collection[WrongLine]) -> str:
    return _NO_XML.sub("�", "\n".join(map(str, lines)))
