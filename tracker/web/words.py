"""The colour that echoes a status word. The word is always shown, so a word that is not here loses nothing."""

from collections.abc import Mapping

COLOURS: Mapping[str, str] = {
    "On track": "green",
    "At risk": "yellow",
    "Off track": "red",
    "Awaiting sign-off": "blue",
    "Delivered": "teal",
    "Sent": "green",
    "Not sent": "red",
    "Delivered, impact not yet evidenced": "teal",
    "Embedded": "green",
    "Shown": "green",
    "In progress": "yellow",
    "In review": "blue",
    "Signed off": "green",
    "Agrees": "green",
    "In part": "yellow",
    "Disagrees": "red",
    "Running": "blue",
    "Done": "green",
    "Ready": "green",
    "Failed": "red",
    "Stale": "orange",
    "Off target and getting worse": "red",
    "Off target": "orange",
    "Not as usual": "purple",
    "No recent figure": "yellow",
    "At target": "green",
}
"""Status word to a tag colour of GOV.UK Frontend. Our choice: red only for what has gone wrong."""


def tag_colour(word: str) -> str:
    """
    >>> tag_colour("Off track"), tag_colour("Not started")
    ('red', 'grey')
    """
    return COLOURS.get(str(word), "grey")
