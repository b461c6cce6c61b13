"""What can go wrong with input that the caller gave; each message says what to do instead."""


class CleanerError(ValueError):
    """Input that `cleaner` cannot use; the root of every error that it raises on purpose."""


class PhraseFileError(CleanerError):
    """A phrase file breaks the rules for phrase files; the message names file and table."""


class UnknownRule(CleanerError):
    """A group or rule name that does not exist; the message lists the nearest names."""


class UnreadableInput(CleanerError):
    """A dump that cannot be opened or decoded."""


class FixtureError(CleanerError):
    """A fixture folder that is incomplete or contradicts itself; the message names the file."""


class FixtureChanged(FixtureError):
    """A fixture that somebody else changed since it was read; nothing has been written."""
