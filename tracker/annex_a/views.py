"""Pages on which it is said how ready the lists of children are."""

from typing import cast
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from tracker.annex_a import commands, queries, summaries
from tracker.annex_a.commands import Told
from tracker.annex_a.forms import ListForm, SummaryForm
from tracker.annex_a.models import AnnexResult
from tracker.annex_a.queries import Line
from tracker.annex_a.rules import Said
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.models import Person
from tracker.people.rules import Permission
from tracker.platform import clock, history

bp = Blueprint("annex_a", __name__, url_prefix="/<authority>/readiness/annex-a")


@bp.get("")
@allowed(Permission.READ)
def index() -> ResponseReturnValue:
    return render_template("annex_a/index.html", found=queries.readiness(here(), clock.today()), today=clock.today())


@bp.route("/summary", methods=["GET", "POST"])
@allowed(Permission.KEEP_ANNEX_A)
def summary() -> ResponseReturnValue:
    lists, form, brought = queries.asked(clock.today()) or abort(404), SummaryForm(), list[AnnexResult]()
    form.of_list.offer([(one.code, f"List {one.code}, {one.name.lower()}") for one in lists.lists])
    if form.carries_out(lambda: brought.extend(_bring_in(form))):
        codes = " and ".join(sorted((one.code for one in brought), key=int))
        flash(f"What the validator found in list {codes} is kept. The file is not.", "saved")
        return redirect(url_for(".index"))
    return render_template("annex_a/summary.html", form=form, lists=lists), form.status


@bp.get("/<code>")
@allowed(Permission.READ)
def show(code: str) -> ResponseReturnValue:
    line = _line(code)
    results = queries.results(here(), code)
    happened = history.of(line.kept) if line.kept else []
    return render_template("annex_a/show.html", line=line, results=results, happened=happened)


@bp.route("/<code>/change", methods=["GET", "POST"])
@allowed(Permission.KEEP_ANNEX_A)
def change(code: str) -> ResponseReturnValue:
    line = _line(code)
    form = _filled(line)
    form.owner.offer([(one.person_id, one.person.name) for one in people.colleagues(here())])
    if form.carries_out(lambda: _say(line, form)):
        flash(f"List {code} saved.", "saved")
        return redirect(url_for(".show", code=code))
    return render_template("annex_a/change.html", form=form, line=line), form.status


def _filled(line: Line) -> ListForm:
    kept = line.kept
    if kept is None:
        return ListForm(version=0, said=Said.NOT_TRIED)
    return ListForm(
        version=kept.version,
        owner=kept.owner_id,
        said=kept.said,
        tested_on=kept.tested_on,
        band=kept.band,
        known_faults=kept.known_faults,
    )


def _say(line: Line, form: ListForm) -> None:
    told = Told(
        owner=_person(form.owner.data),
        said=form.said.data,
        tested_on=form.tested_on.data,
        band=form.band.data,
        known_faults=form.known_faults.data or "",
    )
    commands.say(line, authority=here(), told=told, version=form.version.data or 0, today=clock.today())


def _bring_in(form: SummaryForm) -> list[AnnexResult]:
    """One byte more than a summary may have is read, so that nobody's list is ever held whole."""
    file = cast("FileStorage", form.file.data)
    return list(
        commands.bring_in(
            here(),
            file.stream.read(summaries.LARGEST + 1),
            validator=form.validator.data or "",
            validated_on=form.validated_on.data or abort(422),
            of_list=form.of_list.data,
            by=me(),
            at=clock.now(),
            today=clock.today(),
        )
    )


def _line(code: str) -> Line:
    return queries.line(here(), code, clock.today()) or abort(404)


def _person(person_id: UUID | None) -> Person | None:
    return people.person(person_id) if person_id else None
