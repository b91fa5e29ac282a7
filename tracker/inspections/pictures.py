"""A page of a stored report as a picture, for every room that shows where something stands."""

from flask import Response, abort

from tracker.inspections.reading import Unreadable, page_image
from tracker.platform import storage

A_DAY = 24 * 60 * 60
PICTURE_WIDTH = 1000
"""Pixels of a page's picture: twice its 500 on the screen, so that small print stays sharp."""


def picture(sha256: str, page: int) -> Response:
    """A page of a stored report. What the file holds never changes, so the person's own browser may keep it."""
    with storage.on_disk(sha256, suffix=".pdf") as path:
        try:
            png = page_image(path, page, PICTURE_WIDTH)
        except Unreadable:
            abort(404)
    response = Response(png, mimetype="image/png")
    response.cache_control.private = True
    response.cache_control.max_age = A_DAY
    return response
