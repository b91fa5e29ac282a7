"""Pages on which surveys are added and counted. A survey's own page shows its voices too, so it stands further down."""

from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.frameworks.queries import library
from tracker.frameworks.schema import CHILDRENS_SERVICES, Framework
from tracker.indicators.reading import full_files
from tracker.indicators.surveys import commands, queries, spreadsheet, tables
from tracker.indicators.surveys.forms import (
    ActionForm,
    ApplyForm,
    BringForm,
    FavourableForm,
    FindingForm,
    QuestionForm,
    SurveyForm,
    WaveForm,
    answers_form,
)
from tracker.indicators.surveys.models import Question, SchemeFinding, Survey, Wave
from tracker.indicators.surveys.tables import Line
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me, recently_confirmed
from tracker.people.rules import Permission
from tracker.platform import clock, workbooks
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.web.spreadsheet import download

bp = Blueprint("surveys", __name__, url_prefix="/<authority>/surveys")


@bp.get("")
@allowed(Permission.READ)
def index() -> ResponseReturnValue:
    return render_template("indicators/surveys/index.html", surveys=queries.surveys(here()), today=clock.today())


@bp.route("/new", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def add() -> ResponseReturnValue:
    form = SurveyForm()
    form.offer(_framework())
    added: list[Survey] = []
    if form.carries_out(lambda: added.append(commands.add(here(), says=form.says()))):
        return _to(added[0], f"{added[0].reference} added. Say when it was asked and how many answered.")
    return render_template("indicators/surveys/describe.html", form=form, survey=None), form.status


@bp.get("/<int:number>.xlsx")
@allowed(Permission.READ)
def results_spreadsheet(number: int) -> ResponseReturnValue:
    """For outside the authority: counts of a few are hidden."""
    survey = _survey(number)
    file = spreadsheet.written(survey, smallest=_smallest(), outside=True, today=clock.today())
    return download(file, f"{here().slug}-{survey.reference.lower()}")


@bp.post("/<int:number>.xlsx")
@allowed(Permission.TAKE_SMALL_NUMBERS)
@recently_confirmed
def results_in_full(number: int) -> ResponseReturnValue:
    """With every count, for inside the authority; posted, since it is put on record."""
    survey = _survey(number)
    file = spreadsheet.written(survey, smallest=_smallest(), outside=False, today=clock.today())
    full_files.record(here(), f"answers of {survey.reference}")
    return download(file, f"{here().slug}-{survey.reference.lower()}-internal")


@bp.route("/<int:number>/change", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def describe(number: int) -> ResponseReturnValue:
    survey, form = _survey(number), SurveyForm()
    form.offer(_framework())
    if request.method == "GET":
        form.start_with(survey)
    if form.carries_out(lambda: commands.describe(survey, version=form.version.data or 0, says=form.says())):
        return _to(survey, f"{survey.reference} changed.")
    return render_template("indicators/surveys/describe.html", form=form, survey=survey), form.status


@bp.route("/<int:number>/waves/new", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def add_wave(number: int) -> ResponseReturnValue:
    survey, form = _survey(number), WaveForm()
    added: list[Wave] = []
    if form.carries_out(lambda: added.append(commands.add_wave(survey, says=form.says(), on=clock.today()))):
        flash("Saved. Now count the answers.", "saved")
        return redirect(url_for(".count" if survey.questions else ".bring", number=number, wave_id=added[0].id))
    return render_template("indicators/surveys/wave.html", form=form, survey=survey), form.status


@bp.route("/<int:number>/waves/<uuid:wave_id>/change", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def correct_wave(number: int, wave_id: UUID) -> ResponseReturnValue:
    survey, form = _survey(number), WaveForm()
    wave = _wave(survey, wave_id)
    if request.method == "GET":
        form.start_with(wave)
    if form.carries_out(
        lambda: commands.correct_wave(wave, version=form.version.data or 0, says=form.says(), on=clock.today())
    ):
        return _to(survey, f"{wave.when} put right.")
    return render_template("indicators/surveys/wave.html", form=form, survey=survey), form.status


@bp.route("/<int:number>/questions/new", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def add_question(number: int) -> ResponseReturnValue:
    survey, form = _survey(number), QuestionForm()
    if form.carries_out(
        lambda: commands.add_question(survey, text=form.text.data or "", options=(form.options.data or "").splitlines())
    ):
        return _to(survey, "Question added.")
    return render_template("indicators/surveys/question.html", form=form, survey=survey), form.status


@bp.route("/<int:number>/questions/<uuid:question_id>", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def favourable(number: int, question_id: UUID) -> ResponseReturnValue:
    """Which answers of a question are favourable, and whether their share is a measure."""
    survey, form = _survey(number), FavourableForm()
    question = _question(survey, question_id)
    form.fit(question)
    if request.method == "GET":
        form.version.data, form.favourable.data = question.version, list(question.favourable)
    if form.carries_out(lambda: _favourable(question, form)):
        return _to(survey, "Saved.")
    return render_template(
        "indicators/surveys/favourable.html", form=form, survey=survey, question=question
    ), form.status


def _favourable(question: Question, form: FavourableForm) -> None:
    with db.session.begin_nested():
        commands.say_favourable(question, version=form.version.data or 0, favourable=form.favourable.data or [])
        if form.measure.data:
            commands.count_as_measure(
                question, short_name=form.short_name.data or "", smallest=_smallest(), on=clock.today()
            )


@bp.route("/<int:number>/waves/<uuid:wave_id>/answers", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def count(number: int, wave_id: UUID) -> ResponseReturnValue:
    survey = _survey(number)
    wave = _wave(survey, wave_id)
    form = answers_form(survey.questions, wave)

    def carry_out() -> None:
        counts = form.counts(survey.questions)
        if not counts:
            raise Refused("Nothing is counted. Enter how many chose each answer.")
        with db.session.begin_nested():
            commands.count(wave, counts=counts, smallest=_smallest(), reason=form.reason.data or "", on=clock.today())

    if form.carries_out(carry_out):
        return _to(survey, f"Answers of {wave.when} recorded.")
    return render_template("indicators/surveys/answers.html", form=form, survey=survey, wave=wave), form.status


@bp.route("/<int:number>/waves/<uuid:wave_id>/table", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def bring(number: int, wave_id: UUID) -> ResponseReturnValue:
    """A table of counts is read and shown; nothing is kept before it is applied."""
    survey, form = _survey(number), BringForm()
    wave, read = _wave(survey, wave_id), list[Line]()
    if form.carries_out(lambda: read.extend(_read(form))):
        return _preview(survey, wave, read, ApplyForm())
    form.table.empty()
    return render_template("indicators/surveys/bring.html", form=form, survey=survey, wave=wave), form.status


def _read(form: BringForm) -> list[Line]:
    if form.file.data is not None and form.file.data.filename:
        return list(tables.read(workbooks.read(form.file.data.stream), file_name=form.file.data.filename))
    if not form.table.as_pasted.strip():
        raise Refused("Choose a file, or paste its cells.")
    return _read_text(form.table.as_pasted)


def _read_text(table: str) -> list[Line]:
    return list(tables.read(workbooks.read_pasted(table)))


@bp.post("/<int:number>/waves/<uuid:wave_id>/table/apply")
@allowed(Permission.RECORD_MEASURES)
def apply(number: int, wave_id: UUID) -> ResponseReturnValue:
    survey, form = _survey(number), ApplyForm()
    wave = _wave(survey, wave_id)
    lines = _read_text(request.form.get("table", ""))

    def carry_out() -> None:
        if _faults(survey, wave, lines):
            raise Refused("A row is refused, so nothing was applied. Put it right and bring the table in again.")
        with db.session.begin_nested():
            commands.bring_in(
                wave,
                asked=[line.asked for line in lines if line.asked],
                smallest=_smallest(),
                reason=form.reason.data or "",
                on=clock.today(),
            )

    if form.carries_out(carry_out):
        return _to(survey, f"Answers of {wave.when} recorded.")
    return _preview(survey, wave, lines, form)


def _preview(survey: Survey, wave: Wave, lines: list[Line], form: ApplyForm) -> ResponseReturnValue:
    return render_template(
        "indicators/surveys/preview.html",
        form=form,
        survey=survey,
        wave=wave,
        lines=lines,
        faults=_faults(survey, wave, lines),
        known={one.text.casefold() for one in survey.questions},
        recorded={one.question.text.casefold() for one in wave.answers},
        brought=tables.written(lines),
    ), form.status


def _faults(survey: Survey, wave: Wave, lines: list[Line]) -> dict[int, str]:
    """Row to why it is refused."""
    told = {line.row: line.why_not for line in lines}
    told |= {line.row: commands.why_not_counted(survey, wave, line.asked) for line in lines if line.asked}
    return {row: why_not for row, why_not in told.items() if why_not}


@bp.route("/<int:number>/findings/new", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def add_finding(number: int) -> ResponseReturnValue:
    survey, form = _survey(number), FindingForm()
    if form.carries_out(lambda: commands.add_finding(survey, kind=form.kind.data, text=form.text.data or "")):
        return _to(survey, f"{form.kind.data} added.")
    return render_template("indicators/surveys/finding.html", form=form, survey=survey), form.status


@bp.post("/<int:number>/findings/<uuid:finding_id>/remove")
@allowed(Permission.RECORD_MEASURES)
def remove_finding(number: int, finding_id: UUID) -> ResponseReturnValue:
    survey = _survey(number)
    finding = _finding(survey, finding_id)
    commands.remove_finding(finding)
    return _to(survey, f"{finding.kind} taken out.")


@bp.post("/<int:number>/findings/<uuid:finding_id>/item")
@allowed(Permission.PLAN)
def make_item(number: int, finding_id: UUID) -> ResponseReturnValue:
    survey = _survey(number)
    item = commands.make_item(_finding(survey, finding_id), by=me(), on=clock.today())
    flash(f"{item.reference} made of it, with {survey.reference} as its source. Give it an owner.", "saved")
    return redirect(url_for("overview.item", number=item.number))


@bp.route("/<int:number>/findings/<uuid:finding_id>/action", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def make_action(number: int, finding_id: UUID) -> ResponseReturnValue:
    survey = _survey(number)
    finding, form = _finding(survey, finding_id), ActionForm()
    form.offer(queries.open_items(here()), people.colleagues(here(), who_may=Permission.UPDATE_OWN_WORK))
    if request.method == "GET":
        form.title.data = finding.text[:200]
    if form.carries_out(lambda: _make_action(finding, form)):
        return _to(survey, f"{finding.action.reference if finding.action else 'An action'} made of it.")
    return render_template("indicators/surveys/action.html", form=form, survey=survey, finding=finding), form.status


def _make_action(finding: SchemeFinding, form: ActionForm) -> None:
    commands.make_action(
        finding,
        item=actions.item(here(), form.item.data) or abort(404),
        title=form.title.data or "",
        lead=people.person(form.lead.data) or abort(404),
        due_on=form.due_on.data,  # type: ignore[arg-type]  # required by the form
        by=me(),
        on=clock.today(),
    )


def _framework() -> Framework:
    return library().current(CHILDRENS_SERVICES, clock.today())


def _smallest() -> int:
    smallest: int = current_app.config["SMALL_NUMBER"]
    return smallest


def _survey(number: int) -> Survey:
    return queries.survey(here(), number) or abort(404)


def _wave(survey: Survey, wave_id: UUID) -> Wave:
    return queries.wave(survey, wave_id) or abort(404)


def _question(survey: Survey, question_id: UUID) -> Question:
    return queries.question(survey, question_id) or abort(404)


def _finding(survey: Survey, finding_id: UUID) -> SchemeFinding:
    return queries.finding(survey, finding_id) or abort(404)


def _to(survey: Survey, message: str) -> ResponseReturnValue:
    flash(message, "saved")
    return redirect(url_for("overview.survey", number=survey.number))
