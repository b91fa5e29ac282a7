"""Reading an Ofsted report: a PDF and the frameworks in, a ``Reading`` out. Knows no database and no web.

``read_safely`` and ``read_all`` read in processes of their own. ``reader.read`` reads in this one and is for files that
are trusted; it is not named here, so that who only asks for readings does not load what makes them.
"""

from tracker.inspections.reading.images import page_image
from tracker.inspections.reading.readings import Reading, from_data, to_data
from tracker.inspections.reading.records import UnsureField, record, refusal, unsure_fields
from tracker.inspections.reading.refusals import Unreadable
from tracker.inspections.reading.safely import read_all, read_safely

__all__ = [
    "Reading",
    "Unreadable",
    "UnsureField",
    "from_data",
    "page_image",
    "read_all",
    "read_safely",
    "record",
    "refusal",
    "to_data",
    "unsure_fields",
]
