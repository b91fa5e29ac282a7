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
    "Handed over": "green",
    "Late": "red",
    "Due soon": "yellow",
    "To do": "blue",
    "Not ready": "red",
    "Try again": "yellow",
    "Failed": "red",
    "Cancelled": "grey",
    "The kept file": "green",
    "Saved again": "yellow",
    "Its text was changed": "red",
    "Changed": "yellow",
    "Added": "green",
    "Dropped": "orange",
    "Being laid out": "blue",
    "Stale": "orange",
    "Off target and getting worse": "red",
    "Near target": "yellow",
    "Off target": "orange",
    "Not as usual": "purple",
    "No recent figure": "yellow",
    "At target": "green",
    "In date": "green",
    "Ends soon": "yellow",
    "Ended": "red",
    "Moved": "green",
    "Held": "green",
    "Gone the other way": "red",
}
"""Status word to a tag colour of GOV.UK Frontend. Our choice: red only for what has gone wrong."""


def tag_colour(word: str) -> str:
    """
    >>> tag_colour("Off track"), tag_colour("Not started")
    ('red', 'grey')
    """
    return COLOURS.get(str(word), "grey")
