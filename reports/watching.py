"""How far the layout of a document is, chapter by chapter, which WeasyPrint tells only in pages."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import weasyprint
from weasyprint.layout import page as pages

WRITTEN_FOR = "70.0"
"""The version of WeasyPrint whose pages are looked at here. With any other, nothing is told before all is laid out."""


@contextmanager
def chapters(anchors: Sequence[str], told: Callable[[int], None]) -> Iterator[None]:
    """Call ``told`` once with the place of each chapter, by its anchor, when a page has it first."""
    if weasyprint.__version__ != WRITTEN_FOR:
        yield
        return
    places, furthest, own = {anchor: place for place, anchor in enumerate(anchors)}, -1, pages.make_page

    def make_page(*arguments: Any, **named: Any) -> Any:
        nonlocal furthest
        made = own(*arguments, **named)
        begun = [places[anchor] for anchor in _sections(made[0]) if anchor in places]
        for place in range(furthest + 1, max(begun, default=-1) + 1):
            told(place)
        furthest = max([furthest, *begun])
        return made

    pages.make_page = make_page
    try:
        yield
    finally:
        pages.make_page = own


def _sections(page: Any) -> Iterator[str]:
    """The ids of the sections that have something on a page."""
    for box in page.descendants():
        if box.element_tag == "section" and box.element is not None:
            yield box.element.get("id", "")
