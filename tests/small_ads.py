"""A dump whose article stands above small ads that no rule names."""

from __future__ import annotations

from cleaner import explain
from cleaner.mark import Marks
from cleaner.page import Page

STORY = (
    "Die Brücke über die Wessel wird später fertig als gedacht. Das teilte die Stadt am Montag "
    "mit. Grund sind Risse in zwei Pfeilern, die bei der Sanierung entdeckt wurden.",
    "„Wir müssen beide Pfeiler bis auf den Grund freilegen“, sagte Bauleiterin Anna Berg bei "
    "einem Termin auf der Baustelle. Danach werde entschieden, ob sie zu retten sind.",
    "Was das kostet",
    "Bisher war von vier Millionen Euro die Rede. Nun rechnet die Stadt mit sechs, von denen das "
    "Land einen Teil trägt. Wie viel das ist, steht noch nicht fest, und so bleibt offen, wann "
    "die Arbeiten am Überbau beginnen.",
    "Fußgänger kommen weiter über den Steg, den die Feuerwehr im Frühjahr gebaut hat. Autos "
    "fahren bis auf Weiteres über Oberau, was eine halbe Stunde länger dauert.",
)
THINGS = (
    *("Fahrrad", "Schrank", "Rasenmäher", "Kinderwagen", "Akkordeon"),
    *("Waschmaschine", "Zelt", "Hobelbank", "Drehorgel", "Aquarium"),
)
PLACES = ("Oberau", "Wesselburg", "Niederwessel", "Steinach", "Moorhof")
SMALL_ADS = [part for thing in THINGS for place in PLACES for part in (thing, place, "VB")]
HEADLINE, DATE = "Brücke wird später fertig", "12.03.2024, 08:15"
ARTICLE = "\n\n".join((HEADLINE, DATE, *STORY))
DUMP = "\n".join(
    ("Wesselbote", "Zum Inhalt springen", "", ARTICLE, "", *SMALL_ADS, "", "Impressum")
)


def seen_by_model(text: str) -> tuple[Page, Marks]:
    cleaned = explain(text, skip="model")
    return cleaned.page, Marks(cleaned.page, cleaned.marks)
