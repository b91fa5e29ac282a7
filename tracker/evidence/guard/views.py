"""Deciding about what could lead to a child, and the report for whoever leads on information governance."""

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.evidence import queries as evidences
from tracker.evidence.guard import (
    commands,
    guard_page,
    queries,
    rules,
    spreadsheet,
    typed,  # noqa: F401  # listens from now on
)
from tracker.evidence.guard.forms import DecideForm
from tracker.evidence.guard.queries import Counts, Wanted
from tracker.evidence.guard.rules import Decision
from tracker.evidence.models import Evidence
from tracker.evidence.words import asking  # noqa: F401  # listens from now on
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.child_data import Sign
from tracker.platform.db import db
from tracker.platform.errors import NotAllowed
from tracker.web import links
from tracker.web.links import Filter
from tracker.web.paging import page_of
from tracker.web.spreadsheet import download as as_excel

bp = Blueprint("evidence_guard", __name__, url_prefix="/<authority>/evidence")

DECISIONS: Mapping[str, Decision] = {one.name.lower().replace("_", "-"): one for one in Decision}
"""As an address names them: ``taken-out``."""
SIGNS: Mapping[str, Sign] = {one.name.lower().replace("_", "-"): one for one in Sign}
UNDECIDED = "undecided"


@bp.get("/child-data")
@allowed(Permission.DECIDE_ABOUT_CHILD_DATA)
def report() -> ResponseReturnValue:
    counts = queries.counts(here())
    return render_template(
        "evidence/guard/report.html",
        page=page_of(db.session(), queries.report(here(), _wanted())),
        counts=counts,
        decisions=_decisions(counts),
        signs=_signs(counts),
        open=rules.OPEN,
        today=clock.today(),
        asked=f"?{request.query_string.decode('latin-1')}" if request.query_string else "",
    )


@bp.get("/child-data.xlsx")
@allowed(Permission.DECIDE_ABOUT_CHILD_DATA)
def export() -> ResponseReturnValue:
    """What the report shows with the same filters, every page of it."""
    today = clock.today()
    rows = db.session.scalars(queries.report(here(), _wanted())).all()
    return as_excel(spreadsheet.written(rows, today), f"child-data-warnings-{today}")


@bp.route("/<int:number>/child-data", methods=["GET", "POST"])
@allowed(Permission.ADD_EVIDENCE)
def decide(number: int) -> ResponseReturnValue:
    """Choose what is taken out of the file, and say why the rest may stay."""
    evidence = _evidence(number)
    if why_not := guard_page.why_held_back(evidence, me()):
        raise NotAllowed(why_not)
    form, undecided = DecideForm(version=evidence.version), queries.undecided(evidence, evidence.file_sha256)
    if undecided and form.carries_out(lambda: _decide(evidence, form)):
        flash(f"Decided about what was found in {evidence.file_name}.", "saved")
        return redirect(url_for("evidence.show", number=number))
    return render_template(
        "evidence/guard/decide.html",
        form=form,
        evidence=evidence,
        undecided=undecided,
        ticked=request.form.getlist("take_out") if form.is_submitted() else [str(one.id) for one in undecided],
    ), form.status


def _decide(evidence: Evidence, form: DecideForm) -> None:
    """Taking out may last half a minute: the transaction ends before, or nobody could save a page meanwhile."""
    out, stay = form.split(queries.undecided(evidence, evidence.file_sha256))
    version, because = form.version.data or 0, form.because.data or ""
    redaction = commands.redaction(evidence, version=version, out=out, stay=stay, because=because)
    if redaction is None:
        commands.decide(evidence, version=version, out=out, stay=stay, because=because, by=me(), at=clock.now())
        return
    db.session.commit()
    with redaction.made() as redacted:
        out, stay = form.split(queries.undecided(evidence, evidence.file_sha256))
        commands.decide(
            evidence, version=version, out=out, stay=stay, because=because, redacted=redacted, by=me(), at=clock.now()
        )


def _evidence(number: int) -> Evidence:
    return evidences.evidence(here(), number) or abort(404)


def _wanted() -> Wanted:
    """What the address asks for; what it cannot mean is left out."""
    asked = request.args.get("decision", "")
    return Wanted(
        undecided=asked == UNDECIDED, decision=DECISIONS.get(asked), sign=SIGNS.get(request.args.get("sign", ""))
    )


def _decisions(counts: Counts) -> list[Filter]:
    return links.filters(
        "decision",
        [(None, "All"), (UNDECIDED, rules.OPEN), *((slug, one.value) for slug, one in DECISIONS.items())],
        counts={
            None: counts.all, UNDECIDED: counts.undecided,
            **{slug: counts.by_decision[one] for slug, one in DECISIONS.items()},
        },
    )  # fmt: skip


def _signs(counts: Counts) -> list[Filter]:
    """Any, and each sort that there is some of."""
    numbers: dict[str | None, int] = {slug: counts.by_sign[one] for slug, one in SIGNS.items()}
    found = [(slug, f"{one.value[0].upper()}{one.value[1:]}") for slug, one in SIGNS.items() if numbers[slug]]
    return links.filters("sign", [(None, "Any"), *found], counts=numbers)
