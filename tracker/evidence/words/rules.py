"""How far a file was looked through, in words. Pure."""

from enum import StrEnum


class Extent(StrEnum):
    WHOLE = "Looked through"
    PARTLY = "Partly looked through"
    NOT_AT_ALL = "Not looked through"


def extent(passages: int, gaps: int) -> Extent:
    """Of a file in which so many passages were read and of which so much could not be."""
    if not gaps:
        return Extent.WHOLE
    return Extent.PARTLY if passages else Extent.NOT_AT_ALL
