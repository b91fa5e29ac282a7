"""The index of a bundle: a page that opens without a network, and the same as a spreadsheet."""

from collections.abc import Iterator
from urllib.parse import quote

from flask import current_app

from tracker.evidence.bundles.rules import Contents, Entry
from tracker.web.spreadsheet import Cell, workbook

COLUMNS = (
    ("Evidence", 9), ("File", 40), ("Title", 36), ("Kind", 16), ("What it shows", 50), ("Speaks for", 50),
    ("Strength", 12), ("Date", 18), ("Fresh or stale", 22), ("Owner", 20), ("Where it comes from", 24),
    ("Marking", 18), ("Address", 36), ("Words", 44), ("Left out because", 36), ("SHA-256", 68),
)  # fmt: skip


def page(contents: Contents) -> bytes:
    """One page of HTML with its style inside it. Files are links, as they are named beside it."""
    template = current_app.jinja_env.get_template("evidence/bundles/index_file.html")
    return template.render(contents=contents, quote=quote).encode()


def sheet(contents: Contents) -> bytes:
    """The same bytes for the same contents. Days are days, and text stays text."""
    rows = [list(_cells(entry)) for entry in contents.entries]
    title = f"{contents.marking.upper()}: {contents.title}, {contents.authority}, as at {contents.day:%-d %B %Y}"
    return workbook(title, COLUMNS, rows, sheet="Evidence", made_on=contents.day)


def _cells(entry: Entry) -> Iterator[Cell]:
    yield from (entry.reference, entry.file, entry.title, entry.kind, entry.shows)
    yield "\n".join(f"{place.name}: {place.shows}" for place in entry.places)
    yield from (entry.strength, entry.day, entry.freshness, entry.owner, entry.origin, entry.marking, entry.url)
    yield f"“{entry.words}” {entry.said_by}".strip() if entry.words else ""
    yield from (entry.left_out, entry.sha256)
