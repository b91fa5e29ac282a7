"""A crest written again from its colours alone, in a process apart: ``apart.call(crests.WRITTEN, …)``."""

from pathlib import Path

from PIL import Image, ImageOps

from tracker.platform.errors import Refused

WRITTEN = "tracker.packs.profiles.crests:written"
FORMATS = ("PNG", "JPEG")
MOST_PIXELS = 50_000_000
SMALLEST = 100
"""Pixels across. Our choice: 60 mm of a page from fewer is a blur."""
WIDEST, HIGHEST = 600, 320
"""Pixels: 60 by 32 mm of a cover at 254 to the inch."""
LARGEST = 150 * 1024
"""Bytes of the PNG, above which its colours are made fewer. Our choice: every pack holds it."""


def written(path: str, to: str) -> tuple[int, int]:
    """Write the picture at ``path`` as a PNG on white, no larger than a cover shows; its new width and height.

    Nothing that came with it but its colours is written. Raises Refused with what to do.
    """
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(path, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused("The picture has more than 50 million pixels. Save it smaller and choose it again.")
            picture.draft("RGB", (WIDEST, HIGHEST))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refused("The picture cannot be read. Save it again as PNG or JPEG and choose that.") from error
    if upright.width < SMALLEST:
        raise Refused(f"The picture is {upright.width} pixels wide. Choose one of at least {SMALLEST}.")
    upright.thumbnail((WIDEST, HIGHEST))
    on_white = Image.new("RGB", upright.size, "white")
    on_white.paste(upright, mask=upright.getchannel("A"))
    on_white.save(to, "PNG", optimize=True)
    if Path(to).stat().st_size > LARGEST:
        on_white.quantize(128).save(to, "PNG", optimize=True)
    return on_white.size
