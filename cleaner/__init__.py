"""Strip the furniture from scraped article dumps and explain every removed line."""

from typing import TYPE_CHECKING, Any

from cleaner.errors import CleanerError
from cleaner.mark import Cleaned, Mark, Verdict
from cleaner.page import Line, Page
from cleaner.rule import ContextRule, Rule

if TYPE_CHECKING:
    from cleaner.pipeline import clean, clean_html, explain, explain_html

__version__ = "0.1.0"

__all__ = [
    "Cleaned",
    "CleanerError",
    "ContextRule",
    "Line",
    "Mark",
    "Page",
    "Rule",
    "Verdict",
    "clean",
    "clean_html",
    "explain",
    "explain_html",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a function of the pipeline
    """Import the pipeline when it is asked for: it reads every phrase file, which may be broken."""
    if name in ("clean", "clean_html", "explain", "explain_html"):
        from cleaner import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
