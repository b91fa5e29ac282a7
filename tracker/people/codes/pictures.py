"""The picture that an app's camera reads, as an image within the page: nothing is asked of anybody else."""

import segno

SCALE = 4


def of(address: str) -> str:
    """A data address of an SVG picture, with the quiet zone around it that cameras need."""
    picture: str = segno.make(address, error="m").svg_data_uri(scale=SCALE, border=4)
    return picture
