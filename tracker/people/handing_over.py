"""What is held about a member of staff, as a file for her: answers a request for access to her data."""

import csv
import io
import zipfile
from collections.abc import Sequence

from tracker.people import naming
from tracker.people.models import Authority, Person
from tracker.people.naming import Named
from tracker.platform import clock, history
from tracker.platform.workbooks import RUNS_AS_FORMULA
from tracker.web.spreadsheet import INVENTED, is_invented


def export(person: Person, authority: Authority | None = None) -> bytes:
    """A zip: a page to begin with, and a .csv for each kind of record that names her. Put on record with her.

    With an ``authority``, only what is that authority's own.
    """
    found = list(naming.everything(person, authority))
    history.record(authority or person, f"everything that names {person.name} taken away as a file")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("READ ME FIRST.txt", _first_page(person, authority, found))
        for each in found:
            packed.writestr(f"{_called(each)}.csv", _table(each))
    return file.getvalue()


def _called(each: Named) -> str:
    return each.table.replace("_", " ")


def _first_page(person: Person, authority: Authority | None, found: Sequence[Named]) -> str:
    lines = [
        f"What the inspection readiness tracker{f' of {authority.name}' if authority else ''} holds that names",
        f"{person.name}, {person.email}",
        f"as at {clock.today():%-d %B %Y}",
        *([INVENTED] if is_invented() else []),
        "",
        "Each file is a table: a line for each record in which you are named, by your account, by your name or by your",
        "e-mail address. Somebody else of your name may be among them. Passwords, keys and the contents of files of",
        "evidence are not included; long texts are cut after 2,000 characters. Look through it before it is handed on:",
        "a record may also name colleagues.",
        "",
        *(f"{_called(each)}.csv: {len(each.rows)} {'record' if len(each.rows) == 1 else 'records'}" for each in found),
        "",
    ]
    return "\r\n".join(lines)


def _table(each: Named) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([name.removesuffix("_id").replace("_", " ") for name in each.columns])
    writer.writerows([f"'{cell}" if cell.startswith(RUNS_AS_FORMULA) else cell for cell in row] for row in each.rows)
    return "\ufeff" + file.getvalue()
