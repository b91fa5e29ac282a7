from typing import TypeVar

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.improvements import queries as improvements
from tracker.improvements.models import ImprovementItem
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.platform.errors import Refused
from tracker.self_evaluation import commands, holding, pages, queries, rules, sentences
from tracker.self_evaluation.forms import (
    AreaViewForm,
    ReasonForm,
    RemoveForm,
    SeenForm,
    SignForm,
    StartForm,
    StatementForm,
)
from tracker.self_evaluation.models import AreaView, SelfEvaluation, Statement
from tracker.self_evaluation.rules import QUESTIONS

bp = Blueprint("self_evaluation", __name__, url_prefix="/<authority>")

Thing = TypeVar("Thing")


@bp.get("/self-evaluation")
@allowed(Permission.READ)
def index() -> ResponseReturnValue:
    newest = queries.newest(here())
    if newest is None:
        return render_template("self_evaluation/none.html", form=StartForm())
    return _show_version(newest.edition, ReasonForm())


@bp.get("/self-evaluation/<int:edition>")
@allowed(Permission.READ)
def edition(edition: int) -> ResponseReturnValue:
    return _show_version(edition, ReasonForm())


def _show_version(edition: int, form: ReasonForm) -> ResponseReturnValue:
    version = _version(edition)
    page = {"page": pages.version(here(), version, clock.today()), "versions": queries.versions(here())}
    return render_template("self_evaluation/version.html", form=form, **page), form.status


@bp.route("/self-evaluation/start", methods=["GET", "POST"])
@allowed(Permission.WRITE_SELF_EVALUATION)
def start() -> ResponseReturnValue:
    form = StartForm()

    def carry_forward() -> None:
        today = clock.today()
        if queries.newest(here()) is None:
            framework = frameworks.library().current(CHILDRENS_SERVICES, today)
            commands.start_version(here(), title=form.title.data or "", framework_id=framework.id, on=today)
        else:
            commands.roll_forward(here(), title=form.title.data or "", on=today, at=clock.now())

    last = queries.newest(here())
    if form.carries_out(carry_forward):
        flash("A new version is open. Look at every statement again before you send it for review.", "saved")
        return redirect(url_for(".index"))
    return render_template("self_evaluation/start.html", form=form, last=last), form.status


@bp.post("/self-evaluation/<int:edition>/review")
@allowed(Permission.WRITE_SELF_EVALUATION)
def review(edition: int) -> ResponseReturnValue:
    commands.send_version_for_review(_version(edition))
    flash(f"Version {edition} is in review. A director can sign it once every self-grade is agreed.", "saved")
    return redirect(url_for(".edition", edition=edition))


@bp.post("/self-evaluation/<int:edition>/send-back")
@allowed(Permission.WRITE_SELF_EVALUATION)
def send_version_back(edition: int) -> ResponseReturnValue:
    version, form = _version(edition), ReasonForm()
    if form.carries_out(lambda: commands.send_version_back(version, reason=form.reason.data or "")):
        flash(f"Version {edition} is a draft again.", "saved")
        return redirect(url_for(".edition", edition=edition))
    return _show_version(edition, form)


@bp.route("/self-evaluation/<int:edition>/sign-off", methods=["GET", "POST"])
@allowed(Permission.SIGN_SELF_EVALUATION)
def sign_off(edition: int) -> ResponseReturnValue:
    version, form = _version(edition), SignForm()
    today = clock.today()
    if form.carries_out(lambda: commands.sign_off_version(version, by=me(), on=today, read=form.read.data or None)):
        flash(f"You signed version {edition}. It is frozen, and the pack will say so.", "saved")
        return redirect(url_for(".edition", edition=edition))
    form.read.data = commands.digest(commands.words_of(version))
    page = pages.version(here(), version, today)
    return render_template("self_evaluation/sign_off.html", page=page, form=form), form.status


@bp.route("/self-evaluation/areas/<area_code>", methods=["GET", "POST"])
@allowed(Permission.WRITE_SELF_EVALUATION)
def area(area_code: str) -> ResponseReturnValue:
    version, view = _newest_view(area_code)
    framework = frameworks.library().framework(version.framework_id)
    form = AreaViewForm(obj=view, grade=view.grade_code)
    form.grade.offer([(grade.code, grade.label) for grade in framework.scale])

    def judge() -> None:
        commands.judge_area(
            view,
            version=form.version.data or 0,
            grade_code=form.grade.data,
            confidence=form.confidence.data,
            reason=form.reason.data or "",
            not_sure_of=form.not_sure_of.data or "",
        )

    if form.carries_out(judge):
        flash("The self-grade is saved. A director has to agree it.", "saved")
        return redirect(url_for(".index", _anchor=area_code))
    beside = holding.of_area(here(), framework, view, clock.today())
    page = {"area": framework.area(area_code), "version": version, "view": view, "holding": beside}
    return render_template("self_evaluation/area.html", form=form, **page), form.status


@bp.post("/self-evaluation/areas/<area_code>/agree")
@allowed(Permission.SIGN_SELF_EVALUATION)
def agree(area_code: str) -> ResponseReturnValue:
    _, view = _newest_view(area_code)
    commands.agree_area(view, version=SeenForm().version.data)
    flash("The self-grade is agreed.", "saved")
    return redirect(url_for(".index", _anchor=area_code))


@bp.get("/statements/<int:number>")
@allowed(Permission.READ)
def statement(number: int) -> ResponseReturnValue:
    return _show_statement(_statement(number), ReasonForm())


def _show_statement(statement: Statement, form: ReasonForm) -> ResponseReturnValue:
    today = clock.today()
    page = {
        "questions": QUESTIONS,
        "count": rules.words(statement.text),
        "statement": statement,
        "reading": queries.readings(here(), [statement], today)[statement.reference],
        "holding": holding.of_statement(statement, today),
        "area": frameworks.library().area(statement.self_evaluation.framework_id, statement.area_code),
        "history": history.of(statement),
        "saved": pages.saved(statement, today),
    }
    return render_template("self_evaluation/statement.html", form=form, **page), form.status


@bp.get("/statements/<int:number>/compare")
@allowed(Permission.READ)
def compare(number: int) -> ResponseReturnValue:
    """What became of the text since the version before."""
    statement = _statement(number)
    before = _or_404(statement.carried_from)
    changes = sentences.changes(before.text, statement.text)
    return render_template("self_evaluation/compare.html", statement=statement, before=before, changes=changes)


@bp.route("/statements/new", methods=["GET", "POST"])
@allowed(Permission.WRITE_SELF_EVALUATION)
def new_statement() -> ResponseReturnValue:
    version, view = _newest_view(request.args.get("area", ""))
    form = StatementForm()
    if request.method == "GET":
        form.item.data = request.args.get("item", type=int)
    added: list[Statement] = []

    def add() -> None:
        added.append(
            commands.add_statement(
                version,
                area_code=view.area_code,
                question=form.question.data,
                title=form.title.data or "",
                text=form.text.data or "",
                author=me(),
                item=_item(form),
                at=clock.now(),
            )
        )

    if form.carries_out(add):
        flash(f"{added[0].reference} saved as a draft.", "saved")
        return redirect(url_for(".statement", number=added[0].number))
    return _show_writing(form, version, view.area_code)


@bp.route("/statements/<int:number>/write", methods=["GET", "POST"])
@allowed(Permission.WRITE_SELF_EVALUATION)
def write(number: int) -> ResponseReturnValue:
    statement = _statement(number)
    form = StatementForm(obj=statement)
    if request.method == "GET":
        form.item.data = statement.item.number if statement.item else None

    def save() -> None:
        commands.save_statement(
            statement,
            version=form.version.data or 0,
            title=form.title.data or "",
            text=form.text.data or "",
            question=form.question.data,
            item=_item(form),
            by=me(),
            at=clock.now(),
        )

    if form.carries_out(save):
        flash(f"{statement.reference} saved as a draft.", "saved")
        return redirect(url_for(".statement", number=number))
    theirs = bool(form.errors) and form.version.data != statement.version
    if theirs:  # the next try is meant to be saved over what this page now shows
        form.version.data, form.version.raw_data = statement.version, None
    return _show_writing(form, statement.self_evaluation, statement.area_code, statement=statement, theirs=theirs)


def _show_writing(form: StatementForm, version: SelfEvaluation, area_code: str, **page: object) -> ResponseReturnValue:
    """The form with what there is to cite; after a conflict, with the other text above it."""
    framework = frameworks.library().framework(version.framework_id)
    area = framework.area(area_code)
    beside = {"area": area, "version": version, "to_cite": pages.to_cite(here(), area)}
    return render_template("self_evaluation/write.html", form=form, **beside, **page), form.status


@bp.post("/statements/<int:number>/review")
@allowed(Permission.WRITE_SELF_EVALUATION)
def send_for_review(number: int) -> ResponseReturnValue:
    statement = _statement(number)
    commands.send_for_review(statement)
    flash(f"{statement.reference} is in review. A colleague signs it off or sends it back.", "saved")
    return redirect(url_for(".statement", number=number))


@bp.post("/statements/<int:number>/sign-off")
@allowed(Permission.WRITE_SELF_EVALUATION)
def sign_off_statement(number: int) -> ResponseReturnValue:
    statement = _statement(number)
    commands.sign_off_statement(statement, by=me(), on=clock.today(), version=SeenForm().version.data)
    flash(f"{statement.reference} is signed off.", "saved")
    return redirect(url_for(".statement", number=number))


@bp.post("/statements/<int:number>/send-back")
@allowed(Permission.WRITE_SELF_EVALUATION)
def send_back(number: int) -> ResponseReturnValue:
    statement, form = _statement(number), ReasonForm()
    if form.carries_out(lambda: commands.send_back(statement, reason=form.reason.data or "")):
        flash(f"{statement.reference} is a draft again.", "saved")
        return redirect(url_for(".statement", number=number))
    return _show_statement(statement, form)


@bp.route("/statements/<int:number>/remove", methods=["GET", "POST"])
@allowed(Permission.WRITE_SELF_EVALUATION)
def remove(number: int) -> ResponseReturnValue:
    statement, form = _statement(number), RemoveForm()
    reference = statement.reference
    if form.carries_out(lambda: commands.remove_statement(statement, reason=form.reason.data or "")):
        flash(f"{reference} is removed. Its history is kept, and its number is not used again.", "saved")
        return redirect(url_for(".index"))
    return render_template("self_evaluation/remove.html", form=form, statement=statement), form.status


def _version(edition: int) -> SelfEvaluation:
    return _or_404(queries.version(here(), edition))


def _statement(number: int) -> Statement:
    return _or_404(queries.statement(here(), number))


def _newest_view(area_code: str) -> tuple[SelfEvaluation, AreaView]:
    newest = _or_404(queries.newest(here()))
    return newest, _or_404(queries.view(newest, area_code))


def _item(form: StatementForm) -> ImprovementItem | None:
    if form.item.data is None:
        return None
    item = improvements.item(here(), form.item.data)
    if item is None:
        raise Refused(f"There is no improvement item I-{form.item.data}")
    return item


def _or_404(found: Thing | None) -> Thing:
    if found is None:
        abort(404)
    return found
