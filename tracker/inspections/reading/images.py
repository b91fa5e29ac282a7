"""Pictures of pages, to show beside what was read from them."""

import subprocess
import sys
from pathlib import Path

from tracker.inspections.reading import bounds
from tracker.inspections.reading.refusals import Unreadable

_SCRIPT = Path(__file__).with_name("render.py")
NOT_DRAWN = "This page cannot be shown as a picture. Open the PDF itself to see it."


def page_image(path: Path, page: int, width_px: int) -> bytes:
    """A page, counted from 1, as a PNG of a width. Raises Unreadable if there is no such page or it cannot be drawn."""
    width = max(50, min(width_px, bounds.WIDEST_IMAGE))
    numbers = (page, width, bounds.MOST_ADDRESSES, bounds.MOST_CPU)
    try:
        drawn = subprocess.run(  # noqa: S603 - our own script, no shell
            [sys.executable, "-I", str(_SCRIPT), str(path.resolve()), *map(str, numbers)],
            capture_output=True,
            timeout=bounds.LONGEST_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(NOT_DRAWN) from None
    if drawn.returncode != 0 or not drawn.stdout.startswith(b"\x89PNG"):
        raise Unreadable(NOT_DRAWN)
    return drawn.stdout
