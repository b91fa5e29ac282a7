"""A stored file as an answer to a request: something to save, and never to open within our pages."""

from collections.abc import Iterable
from urllib.parse import quote

from flask import Response


def as_attachment(pieces: Iterable[bytes], *, name: str, size: int, media_type: str) -> Response:
    """``pieces`` are sent one by one, never all at once; ``size`` is theirs together, in bytes.

    It has two names: a plain one, and the real one as RFC 6266 spells it. ``security`` shuts it in besides.
    """
    plain = name.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "").strip() or "file"
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(
        pieces,
        mimetype=media_type,
        headers={"Content-Disposition": named, "Content-Length": str(size), "X-Content-Type-Options": "nosniff"},
    )
