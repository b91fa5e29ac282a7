"""The board of requests, each request with what was handed over for it, and the export of everything."""

from collections.abc import Callable, Mapping
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from tracker.evidence.files import commands as files
from tracker.evidence.files import queries as file_queries
from tracker.evidence.rules import Marking
from tracker.fieldwork import queries as fieldworks
from tracker.fieldwork.asked import staff, telling
from tracker.fieldwork.checklist import queries as documents
from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.models import Fieldwork
from tracker.handover import commands, export, queries, rules
from tracker.handover.choosing import why_not_left
from tracker.handover.commands import Asked
from tracker.handover.forms import AddFileForm, ChooseForm, HandOverForm, RequestForm, TakeBackForm, WithdrawForm
from tracker.handover.models import HandedFile, InspectorRequest
from tracker.handover.rules import Clock, State
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history, storage
from tracker.platform.errors import Refused
from tracker.web.downloads import as_attachment

Offered = Mapping[str, Document]

bp = Blueprint("handover", __name__, url_prefix="/<authority>")


@bp.get("/fieldwork/<int:number>/requests")
@allowed(Permission.READ_FIELDWORK)
def board(number: int) -> ResponseReturnValue:
    fieldwork = _fieldwork(number)
    rows = [(request, _clock(request)) for request in queries.requests(fieldwork)]
    by_state = {state: [row for row in rows if row[1].state is state] for state in State}
    return render_template(
        "handover/board.html", fieldwork=fieldwork, by_state=by_state, soon=rules.soon(queries.said(fieldwork)),
        now=clock.now(), waiting=_waiting,
    )  # fmt: skip


@bp.route("/fieldwork/<int:number>/requests/new", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def add(number: int) -> ResponseReturnValue:
    fieldwork, now = _fieldwork(number), clock.now().astimezone(clock.LONDON)
    wanted = _wanted(fieldwork)
    form = RequestForm(
        version=0, asked_on=now.date(), asked_at=now.time(), words=wanted.name if wanted else None,
        sort=rules.Sort.DOCUMENT_LIST if wanted else rules.Sort.REQUEST, owner=wanted.owner_id if wanted else None,
        documents=[str(wanted.id)] if wanted else [],
    )  # fmt: skip
    offered = _offer(form, fieldwork)
    asked: list[InspectorRequest] = []
    if form.carries_out(
        lambda: _telling(
            fieldwork, lambda: asked.append(commands.ask(fieldwork, asked=_asked(form, offered), now=clock.now()))
        )
    ):
        flash(f"{asked[0].reference} written down.", "saved")
        return redirect(url_for(".show", number=asked[0].number))
    return render_template("handover/ask.html", form=form, fieldwork=fieldwork, asked=None), form.status


@bp.get("/requests/<int:number>")
@allowed(Permission.READ_FIELDWORK)
def show(number: int) -> ResponseReturnValue:
    return _show(_request(number))


def _show(
    request: InspectorRequest,
    *,
    choosing: ChooseForm | None = None,
    adding: AddFileForm | None = None,
    handing: HandOverForm | None = None,
) -> ResponseReturnValue:
    choosing = choosing or ChooseForm(formdata=None)
    adding = adding or AddFileForm(formdata=None, marking=Marking.OFFICIAL)
    handing = handing or HandOverForm.of(request)
    handing.answers.offer([(str(one.id), one.name) for one in request.awaited])
    shown = next((one for one in (handing, adding) if one.errors), choosing)
    return render_template(
        "handover/show.html", asked=request, clock=_clock(request), choosing=choosing, adding=adding, handing=handing,
        form=shown, why_look=queries.why_second_look, why_not_left=why_not_left, happened=history.of(request),
        today=clock.today(), lookers=people.colleagues(here(), who_may=Permission.RUN_FIELDWORK),
    ), shown.status  # fmt: skip


@bp.route("/requests/<int:number>/change", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def change(number: int) -> ResponseReturnValue:
    request = _request(number)
    form = RequestForm.of(request)
    offered = _offer(form, request.fieldwork, request)
    if form.carries_out(lambda: _telling(request.fieldwork, lambda: _correct(request, form, offered))):
        return _done(request, "saved")
    return render_template("handover/ask.html", form=form, fieldwork=request.fieldwork, asked=request), form.status


def _correct(request: InspectorRequest, form: RequestForm, offered: Offered) -> None:
    commands.correct(request, version=form.version.data or 0, asked=_asked(form, offered), now=clock.now())


@bp.route("/requests/<int:number>/withdraw", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def withdraw(number: int) -> ResponseReturnValue:
    request = _request(number)
    others = {one.number: one for one in queries.requests(request.fieldwork) if one.id != request.id}
    form = WithdrawForm(version=request.version)
    form.replaced_by.offer([(key, f"{one.reference} {one.words[:60]}") for key, one in others.items()])
    if form.carries_out(
        lambda: _telling(
            request.fieldwork,
            lambda: commands.withdraw(
                request, version=form.version.data or 0, because=form.because.data or "",
                replaced_by=others.get(form.replaced_by.data or 0), at=clock.now(),
            ),
        )
    ):  # fmt: skip
        return _done(request, "no longer asked for")
    return render_template("handover/withdraw.html", form=form, asked=request), form.status


@bp.post("/requests/<int:number>/files")
@allowed(Permission.RUN_FIELDWORK)
def choose(number: int) -> ResponseReturnValue:
    request, form = _request(number), ChooseForm()
    if form.carries_out(lambda: commands.choose(request, reference=form.reference.data or "", by=me(), at=clock.now())):
        return _done(request, "has a file more to hand over")
    return _show(request, choosing=form)


@bp.post("/requests/<int:number>/files/new")
@allowed(Permission.RUN_FIELDWORK)
def add_file(number: int) -> ResponseReturnValue:
    """A file that is no evidence, straight from a colleague's computer."""
    request, form = _request(number), AddFileForm()
    if form.carries_out(lambda: _add_file(request, form)):
        return _done(request, "has a file more to hand over")
    return _show(request, adding=form)


def _add_file(request: InspectorRequest, form: AddFileForm) -> None:
    if form.upload is None:
        raise Refused("Choose the file.")
    kept = files.keep(form.upload.stream, form.upload.name, authority_id=request.authority_id)
    marking = form.marking.data or Marking.OFFICIAL
    commands.add_file(request, kept, title=form.title.data or "", marking=marking, by=me(), at=clock.now())


@bp.post("/requests/files/<uuid:file_id>/look")
@allowed(Permission.RUN_FIELDWORK)
def look(file_id: UUID) -> ResponseReturnValue:
    file = _file(file_id)
    return _tried(file.request, lambda: commands.look(file, by=me(), at=clock.now()), f"{file.called} may leave")


@bp.post("/requests/files/<uuid:file_id>/leave-out")
@allowed(Permission.RUN_FIELDWORK)
def leave_out(file_id: UUID) -> ResponseReturnValue:
    file = _file(file_id)
    request, called = file.request, file.called
    return _tried(request, lambda: commands.leave_out(file), f"{request.reference} no longer hands over {called}")


@bp.post("/requests/<int:number>/hand-over")
@allowed(Permission.RUN_FIELDWORK)
def hand_over(number: int) -> ResponseReturnValue:
    request, form = _request(number), HandOverForm()
    asked = {str(one.document_id): one.document for one in request.asks_for}
    form.answers.offer([(key, one.name) for key, one in asked.items()])
    if form.carries_out(
        lambda: commands.hand_over(
            request, version=form.version.data or 0, answer=form.answer.data or "", to=form.to.data or "", by=me(),
            at=clock.now(), documents=[asked[one] for one in form.answers.data or []],
        )
    ):  # fmt: skip
        return _done(request, "handed over")
    return _show(_request(number), handing=form)


@bp.route("/requests/handed/<uuid:handing_id>/take-back", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def take_back(handing_id: UUID) -> ResponseReturnValue:
    handing, form = queries.handing(here(), handing_id) or abort(404), TakeBackForm()
    if form.carries_out(lambda: commands.take_back(handing, because=form.because.data or "", at=clock.now())):
        return _done(handing.request, "taken back; it stays on record")
    return render_template("handover/take_back.html", form=form, handing=handing), form.status


@bp.post("/requests/files/<uuid:file_id>/download")
@allowed(Permission.RUN_FIELDWORK)
def download(file_id: UUID) -> ResponseReturnValue:
    """The very file that was chosen, for the second look and afterwards. Posted, since it is put on record."""
    file = _file(file_id)
    history.record(file, "downloaded")
    return sent(file)


@bp.post("/fieldwork/<int:number>/requests/export")
@allowed(Permission.RUN_FIELDWORK)
def export_all(number: int) -> ResponseReturnValue:
    """Everything that was handed over. Posted, since it is put on record."""
    fieldwork = _fieldwork(number)
    contents = export.contents_of(fieldwork)
    export.note(fieldwork)
    response = Response(stream_with_context(export.stream(contents)), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{export.file_name(fieldwork)}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def sent(file: HandedFile) -> Response:
    """A file that was chosen, as something to save; not while the scanner has it or when it took it away."""
    if why_not := file_queries.why_shut(file.file_sha256):
        raise Refused(why_not)
    if not storage.exists(file.file_sha256):
        raise Refused(f"The file of {file.called} is not where files are kept. Tell whoever looks after this service.")
    pieces = storage.pieces(file.file_sha256)
    return as_attachment(pieces, name=file.file_name, size=file.file_size, media_type=file.file_type)


def _asked(form: RequestForm, offered: Offered) -> Asked:
    if form.half_due:
        raise Refused("Enter the day and the time by which it is due, or neither.")
    owner = people.person(form.owner.data) if form.owner.data else None
    return Asked(
        sort=form.sort.data, asked_by=form.asked_by.data or "", asked_at=form.asked, words=form.words.data or "",
        due_at=form.due, owner=owner, documents=[offered[one] for one in form.documents.data or [] if one in offered],
    )  # fmt: skip


def _telling(fieldwork: Fieldwork, change: Callable[[], object]) -> None:
    telling(fieldwork, change, look=queries.owed)


def _offer(form: RequestForm, fieldwork: Fieldwork, request: InspectorRequest | None = None) -> Offered:
    """Who may see to it, and the documents that no other request asks for, by what the form calls them."""
    form.owner.offer(staff())
    free = [one for one in documents.documents(fieldwork) if queries.asked_in(one) in (None, request)]
    form.documents.offer([(str(one.id), one.name) for one in free])
    return {str(one.id): one for one in free}


def _wanted(fieldwork: Fieldwork) -> Document | None:
    """The document of the checklist from whose row somebody came, if no request asks for it yet."""
    wanted = request.args.get("document", "")
    found = [one for one in documents.documents(fieldwork) if str(one.id) == wanted and queries.asked_in(one) is None]
    return next(iter(found), None)


def _tried(request: InspectorRequest, command: Callable[[], None], done: str) -> ResponseReturnValue:
    try:
        command()
    except Refused as refusal:
        flash(str(refusal), "refused")
    else:
        flash(f"{done}.", "saved")
    return redirect(url_for(".show", number=request.number))


def _done(request: InspectorRequest, words: str) -> ResponseReturnValue:
    flash(f"{request.reference} {words}.", "saved")
    return redirect(url_for(".show", number=request.number))


def _clock(request: InspectorRequest) -> Clock:
    return rules.clock(
        request.due_at, request.handed_at, withdrawn=request.withdrawn_at is not None, now=clock.now(),
        soon=rules.soon(queries.said(request.fieldwork)),
    )  # fmt: skip


def _waiting(request: InspectorRequest) -> list[HandedFile]:
    """Chosen files that wait for a second look."""
    return [file for file in request.chosen if queries.why_second_look(file)]


def _fieldwork(number: int) -> Fieldwork:
    return fieldworks.by_number(here(), number) or abort(404)


def _request(number: int) -> InspectorRequest:
    return queries.by_number(here(), number) or abort(404)


def _file(file_id: UUID) -> HandedFile:
    return queries.file(here(), file_id) or abort(404)
