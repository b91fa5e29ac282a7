"""Reading an Ofsted report: a PDF and the frameworks in, a ``Reading`` out. Knows no database and no web.

``read`` reads in this process and is for files that are trusted; ``read_safely`` and ``read_folder`` read in others.
"""

from tracker.inspections.reading.images import page_image
from tracker.inspections.reading.reader import read
from tracker.inspections.reading.readings import Reading, from_data, to_data
from tracker.inspections.reading.records import record, refusal
from tracker.inspections.reading.refusals import Unreadable
from tracker.inspections.reading.safely import read_all, read_folder, read_safely

__all__ = [
    "Reading",
    "Unreadable",
    "from_data",
    "page_image",
    "read",
    "read_all",
    "read_folder",
    "read_safely",
    "record",
    "refusal",
    "to_data",
]
