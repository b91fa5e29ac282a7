"""The page *History* of an authority, and the same as a file."""

import csv
import io
from datetime import date, datetime
from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from tracker.overview import trail
from tracker.overview.survey_views import bp as bp
from tracker.overview.trail import Line, Wanted
from tracker.people import queries as people
from tracker.people.guards import allowed, here
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.platform.days import read_day
from tracker.web import spreadsheet
from tracker.web.filters import moment
from tracker.web.links import keeping

COLUMNS = (("When", 24), ("Who", 24), ("What happened", 70), ("Why", 50), ("Kind of thing", 26), ("From where", 22))


@bp.get("/history")
@allowed(Permission.READ_HISTORY)
def trail_page() -> ResponseReturnValue:
    wanted, unread = _wanted()
    page = trail.page(here(), wanted)
    return render_template(
        "overview/trail.html",
        page=page,
        wanted=wanted,
        unread=unread,
        older_url=keeping(before=f"{page.older[0].isoformat()}~{page.older[1]}") if page.older else None,
        colleagues_by_id=[(one.person_id, one.person.name) for one in people.colleagues(here())],
        kinds=trail.kinds(),
        what=trail.WHAT,
    )


@bp.post("/history.xlsx")
@allowed(Permission.READ_HISTORY)
def trail_spreadsheet() -> ResponseReturnValue:
    """Posted, since who took it is put on record; the address says what was asked for."""
    rows = [_cells(line) for line in _taken()]
    file = spreadsheet.workbook(f"History, {here().name}", COLUMNS, rows, sheet="History")
    return spreadsheet.download(file, _file_name())


@bp.post("/history.csv")
@allowed(Permission.READ_HISTORY)
def trail_csv() -> ResponseReturnValue:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([heading for heading, _ in COLUMNS])
    writer.writerows([spreadsheet.harmless(cell) for cell in _cells(line)] for line in _taken())
    head = {"Content-Disposition": f'attachment; filename="{spreadsheet.named(_file_name())}.csv"'}
    return Response("\ufeff" + file.getvalue(), mimetype="text/csv", headers=head)


def _taken() -> list[Line]:
    wanted, _ = _wanted()
    lines = list(trail.every(here(), wanted))
    history.record(here(), f"history taken away as a file, {len(lines):,} {'entry' if len(lines) == 1 else 'entries'}")
    return lines


def _file_name() -> str:
    return f"{here().slug}-history-{clock.today()}"


def _cells(line: Line) -> list[str]:
    return [moment(line.at), line.by, line.sentence, line.why, line.kind, line.came_from]


def _wanted() -> tuple[Wanted, list[str]]:
    """What the address asks for, and days in it that could not be read."""
    unread: list[str] = []
    kind, what = request.args.get("kind", ""), request.args.get("what", "")
    return Wanted(
        who=_key(request.args.get("who", "")),
        kind=kind if kind in dict(trail.kinds()) else None,
        thing=request.args.get("thing", "").strip(),
        first=_day("from", unread),
        last=_day("to", unread),
        what=what if what in trail.WHAT else None,
        before=_place(request.args.get("before", "")),
    ), unread


def _day(name: str, unread: list[str]) -> date | None:
    typed = request.args.get(name, "").strip()
    found = read_day(typed) if typed else None
    if typed and found is None:
        unread.append(typed)
    return found


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _place(text: str) -> trail.Place | None:
    """Where a page begins; anything else begins at the newest."""
    at, _, sequence = text.partition("~")
    try:
        read = datetime.fromisoformat(at)
        return (read, int(sequence)) if read.tzinfo and 0 < int(sequence) < 2**31 else None
    except (ValueError, OverflowError):
        return None
