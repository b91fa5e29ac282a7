"""What is done to a stranger's picture or text apart from everything else: see ``looks``. The one door to Pillow."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageOps

from tracker.platform.errors import Refused

FORMATS = ("PNG", "JPEG")
MOST_PIXELS = 100_000_000
"""Of a picture that is looked at. Our choice: twice what the largest telephone camera of today makes."""
TALLEST = 2
"""Times its width that the smaller picture may be high."""
FIRST_BYTES = 64 * 1024


def reduce(path: str, smaller: str, width: int) -> tuple[int, int]:
    """Write the picture at ``path`` again, no wider than ``width``, and upright; its new width and height.

    Nothing that came with it but its colours is written: not where, when, by whom or with what it was taken.

    Raises Refused when it is no picture or has more pixels than are looked at.
    """
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(path, formats=FORMATS) as picture:
            _require_few_pixels(picture)
            kind = picture.format
            picture.draft("RGB", (width, width * TALLEST))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((width, width * TALLEST))
            bare = upright.convert("RGBA" if kind == "PNG" and upright.has_transparency_data else "RGB")
            bare.info.clear()
            bare.save(smaller, kind)
            return bare.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refused("The picture cannot be drawn.") from error


def _require_few_pixels(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused("The picture has too many pixels to be looked at here.")


def first_lines(path: str, most: int, longest: int) -> Sequence[str]:
    """The first lines of a text, each cut to ``longest`` letters."""
    with Path(path).open("rb") as stream:
        start = stream.read(FIRST_BYTES)
    lines = _decoded(start).splitlines()[:most]
    return ["".join(letter for letter in line if letter.isprintable() or letter == "\t")[:longest] for line in lines]


def _decoded(start: bytes) -> str:
    """As UTF-8, perhaps cut within a letter, or else as Windows writes western European text."""
    try:
        return start.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return start[: error.start].decode("utf-8-sig")
        return start.decode("cp1252", "replace")
