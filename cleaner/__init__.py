"""Strip the furniture from scraped article dumps and explain every removed line."""

from cleaner.errors import CleanerError
from cleaner.mark import Cleaned, Mark, Verdict
from cleaner.page import Line, Page
from cleaner.pipeline import clean, explain
from cleaner.rule import ContextRule, Rule

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
    "explain",
]
