"""The readiness page and its spreadsheet."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.annex_a import queries as annex_a
from tracker.deadlines import queries as deadlines
from tracker.indicators.reading import full_files, leaving
from tracker.indicators.rules import written
from tracker.overview import missing, readiness_sheet, standing
from tracker.overview import readiness as matrix
from tracker.overview.missing import Missing
from tracker.overview.readiness import AreaBlock, ItemRow, Readiness
from tracker.overview.views import bp
from tracker.packs.ready import queries as packs
from tracker.people.guards import allowed, here, recently_confirmed
from tracker.people.rules import Permission
from tracker.platform import clock, references
from tracker.web import links, spreadsheet
from tracker.web.links import Filter, reference_url

__all__ = ["bp"]
"""Whoever registers the pages of this room takes the blueprint from here, so that these are among them."""


@bp.get("/readiness")
@allowed(Permission.READ)
def readiness() -> ResponseReturnValue:
    page = matrix.page(here(), clock.today())
    lines = missing.lines(page, standing.late(here(), page.today))
    shown = lines if request.args.get("missing") == "all" else lines[: missing.FIRST]
    return render_template(
        "overview/readiness.html",
        page=_narrowed(page),
        page_blocks={block.area.code: block for block in page.blocks},
        written=written,
        filters=_filters(page),
        missing=[_linked(line) for line in shown],
        more=len(lines) - len(shown),
        clock=deadlines.running(here(), page.today),
        not_received=deadlines.not_received(here()),
        packs=packs.ahead(here()),
        annex_a=annex_a.readiness(here(), page.today),
    )


@bp.get("/readiness.xlsx")
@allowed(Permission.READ)
def readiness_spreadsheet() -> ResponseReturnValue:
    """For outside the authority: figures that count few are hidden."""
    page = _narrowed(matrix.page(here(), clock.today()))
    hidden = leaving.hidden(here(), current_app.config["SMALL_NUMBER"])
    return spreadsheet.download(readiness_sheet.written(page, hidden), f"{here().slug}-readiness-{page.today}")


@bp.post("/readiness.xlsx")
@allowed(Permission.TAKE_SMALL_NUMBERS)
@recently_confirmed
def readiness_in_full() -> ResponseReturnValue:
    """With every figure, for inside the authority; posted, since it is put on record."""
    page = _narrowed(matrix.page(here(), clock.today()))
    full_files.record(here(), "readiness")
    return spreadsheet.download(readiness_sheet.written(page, None), f"{here().slug}-readiness-internal-{page.today}")


def _linked(line: Missing) -> dict[str, str]:
    return {"text": line.text, "rest": line.rest, "detail": line.detail, "url": _address(line.target)}


def _address(target: str) -> str:
    if references.parse(target):
        return reference_url(target)
    if target.startswith(missing.SELF_EVALUATION):
        return url_for("self_evaluation.index", _anchor=target.partition("#")[2] or None)
    return url_for("actions.plan", **PLAN[target])


NO_AREA = "no-area"
"""What the address says for items that nobody has mapped to an area."""

PLAN: Mapping[str, Mapping[str, Any]] = {
    missing.OVERDUE: {"show": "overdue"},
    missing.NOT_SHOWN: {"status": "not-shown"},
}
"""What the plan is asked to show behind a line about many actions."""


def _filters(page: Readiness) -> list[Filter]:
    newest = [row for row in page.rows if _is_newest(row, page)]
    with_gaps = [row for row in page.rows if row.gaps]
    choices: list[tuple[str | None, str]] = [(None, "All open"), ("gaps", "With gaps")]
    counts: dict[str | None, int] = {None: len(page.rows), "gaps": len(with_gaps)}
    if page.last is not None:
        choices.insert(1, ("newest", f"{page.last.fieldwork_from:%Y} only"))
        counts["newest"] = len(newest)
    for block in page.blocks:
        choices.append((block.area.code, block.area.short_name))
        counts[block.area.code] = len(block.items)
    if page.unplaced:
        choices.append((NO_AREA, "No area yet"))
        counts[NO_AREA] = len(page.unplaced)
    return links.filters("show", choices, counts=counts)


def _narrowed(page: Readiness) -> Readiness:
    """Only what the address asks for; an unknown value asks for everything."""
    asked = request.args.get("show")
    if asked in {block.area.code for block in page.blocks}:
        return replace(page, blocks=[block for block in page.blocks if block.area.code == asked], unplaced=[])
    if asked == NO_AREA:
        return replace(page, blocks=[])
    if asked not in ("gaps", "newest"):
        return page
    return replace(
        page,
        blocks=[replace(block, items=_kept(block, page, asked)) for block in page.blocks],
        unplaced=[row for row in page.unplaced if _keeps(row, page, asked)],
    )


def _kept(block: AreaBlock, page: Readiness, asked: str) -> Sequence[ItemRow]:
    return [row for row in block.items if _keeps(row, page, asked)]


def _keeps(row: ItemRow, page: Readiness, asked: str) -> bool:
    return bool(row.gaps) if asked == "gaps" else _is_newest(row, page)


def _is_newest(row: ItemRow, page: Readiness) -> bool:
    return page.last is not None and row.item.inspection_id == page.last.id
