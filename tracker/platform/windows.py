"""A page that saves itself: how a save is known for the same page's as the one before."""

LONGEST = 40
"""Characters of a page's name for itself with its count."""


def follows(before: str, now: str) -> bool:
    """Whether a save comes from the same page in a browser as the one before, and was sent later.

    A page names itself and counts its saves. So it never stands in its own way when the answer to a save was lost.

    >>> follows("k3x:4", "k3x:5"), follows("k3x:5", "k3x:4"), follows("", "k3x:1"), follows("k3x:1", "")
    (True, False, False, False)
    """
    page, _, place = now.partition(":")
    page_before, _, place_before = before.partition(":")
    if not page or page != page_before or not (place.isdecimal() and place_before.isdecimal()):
        return False
    return int(place) > int(place_before)
