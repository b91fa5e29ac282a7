"""Whether two packs say the same, whatever they are called and whenever they were asked for. Pure."""

import re
from dataclasses import replace
from datetime import date

from reports.contents import PackContents

ITS_DAY = "the day of this pack"


def said(contents: PackContents) -> str:
    """SHA-256 of what a pack says, without its reference, the pack it replaces and the day it was frozen.

    Where a text names that day in words, "as at 20 November 2026", it counts as the day of the pack. A number of days
    that has grown since, or evidence that has gone stale, is something else said.
    """
    day = re.compile(rf"(?<!\d){contents.as_at:%-d %B %Y}")
    plain = replace(contents, reference="", replaces="", made_on=date.min, as_at=date.min)
    return plain.reworded(lambda text: day.sub(ITS_DAY, text)).digest()


def of_one_day(first: PackContents, second: PackContents) -> bool:
    """Whether two packs of the same day say the same."""
    return _unnamed(first) == _unnamed(second)


def _unnamed(contents: PackContents) -> PackContents:
    return replace(contents, reference="", replaces="")
