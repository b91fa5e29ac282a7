"""What stands on the sheet of one review now."""

from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import Framework
from tracker.inspections.checking.entries import entries_of
from tracker.inspections.checking.rules import Sheet, with_corrections
from tracker.inspections.models import Review
from tracker.inspections.reading.readings import Reading, from_data


def reading_of(review: Review) -> Reading:
    return from_data(review.reading)


def sheet_of(review: Review, reading: Reading | None = None) -> Sheet:
    """What was read as it was put right; a reading that was loaded already need not be loaded again."""
    read = reading or reading_of(review)
    return with_corrections(
        entries_of(read, authority=review.authority.name, library=frameworks.library()), review.corrections
    )


def framework_of(sheet: Sheet, reading: Reading) -> Framework:
    """The framework in force on the first day of fieldwork, as that stands now."""
    library, begin = frameworks.library(), sheet.day("dates", "from")
    if begin is None:
        return library.framework(reading.framework_id)
    return library.for_fieldwork(reading.regime, begin)
