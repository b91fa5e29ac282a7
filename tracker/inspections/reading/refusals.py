"""Why a file cannot be read, in a sentence for the person who chose it."""

from tracker.platform.errors import Refused


class Unreadable(Refused):
    """Says what is wrong with the file and what to do instead."""
