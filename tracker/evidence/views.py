"""Pages of evidence: the register, coverage, one piece, and the forms that add, link, correct and withdraw it."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.actions.models import Action
from tracker.evidence import commands, leaning, newer, one_page, queries, register_page, rules, spreadsheet
from tracker.evidence.files import file_page
from tracker.evidence.forms import (
    FORMS,
    AttachForm,
    ChildDataGuard,
    EvidenceForm,
    FileForm,
    LinkToForm,
    NewVersionForm,
    PlacesForm,
    ShowsThereForm,
    WithdrawForm,
    filled,
)
from tracker.evidence.guard import guard_page
from tracker.evidence.guard import queries as guard
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.places import places_of
from tracker.evidence.retention import queries as retention
from tracker.evidence.rules import Kind
from tracker.improvements import queries as improvements
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import GAVE_WAY
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history, references
from tracker.platform.errors import Refused
from tracker.web.links import reference_url
from tracker.web.spreadsheet import download as as_excel

bp = Blueprint("evidence", __name__, url_prefix="/<authority>/evidence")


@bp.get("")
@allowed(Permission.READ_EVIDENCE)
def index() -> ResponseReturnValue:
    return render_template(
        "evidence/index.html",
        page=register_page.asked(here(), me(), clock.today()),
        places_of=places_of,
        held_back=guard.held_back(here()),
        asked=_asked(),
    )


@bp.get("/register.xlsx")
@allowed(Permission.READ_EVIDENCE)
def export() -> ResponseReturnValue:
    """What the register shows with the same filters and order, every page of it."""
    today = clock.today()
    content = spreadsheet.written(register_page.asked_rows(here(), me(), today), today)
    return as_excel(content, f"evidence-register-{today}")


@bp.get("/coverage")
@allowed(Permission.READ_EVIDENCE)
def coverage() -> ResponseReturnValue:
    today = clock.today()
    framework = register_page.framework_of(today)
    rows = queries.coverage(here(), framework, today)
    chosen = request.args.get("area")
    return render_template(
        "evidence/coverage.html",
        rows=[row for row in rows if chosen in (None, "", row.area.code)],
        areas=rows,
        only_gaps=request.args.get("show") == "gaps",
        framework=framework,
        today=today,
    )


@bp.get("/<int:number>")
@allowed(Permission.READ_EVIDENCE)
def show(number: int) -> ResponseReturnValue:
    evidence = _evidence(number)
    return render_template(
        "evidence/show.html",
        evidence=evidence,
        places=places_of(evidence),
        file=file_page.of(evidence, request.args.get("page", 1, type=int)),
        guard=guard_page.of(evidence, me()),
        happened=history.of(evidence, limit=20),
        answers=rules.STRENGTH_ANSWERS,
        family=rules.family(evidence.kind),
        one_page=one_page.measured(evidence),
        resting=leaning.on(here(), [evidence.reference]).get(evidence.reference, []),
        holds=retention.holds_on(evidence),
        disposal=retention.disposal_of(evidence) if evidence.disposed_on else None,
        today=clock.today(),
    )


@bp.get("/add")
@allowed(Permission.ADD_EVIDENCE)
def add() -> ResponseReturnValue:
    """Which kind it is decides what is asked."""
    return _choose(AttachForm(formdata=None))


@bp.post("/add")
@allowed(Permission.ADD_EVIDENCE)
def attach() -> ResponseReturnValue:
    """Evidence that is there already, to the item or action that the address names."""
    form, thing = AttachForm(), _asked_action() or _asked_item() or abort(404)
    if form.carries_out(lambda: _attach(thing, form)):
        flash(f"E-{form.evidence.data} is linked to {thing.reference}.", "saved")
        return redirect(reference_url(thing.reference))
    return _choose(form), 422


def _choose(form: AttachForm) -> str:
    kinds = [(slug, kind, rules.WHAT_IT_IS[kind]) for slug, kind in register_page.KINDS.items()]
    return render_template(
        "evidence/choose.html", kinds=kinds, action=_asked_action(), item=_asked_item(), asked=_asked(), form=form
    )


def _attach(thing: Action | ImprovementItem, form: AttachForm) -> None:
    evidence = queries.evidence(here(), form.evidence.data or 0)
    if evidence is None:
        raise Refused(f"There is no evidence E-{form.evidence.data} here. Look it up in the register.")
    _say_why_not_child_data(evidence, form)
    shows_there = form.shows_there.data or ""
    if isinstance(thing, Action):
        commands.link_to_action(evidence, action=thing, shows_there=shows_there)
    else:
        commands.link_to_item(evidence, item=thing, shows_there=shows_there)


@bp.route("/add/<kind>", methods=["GET", "POST"])
@allowed(Permission.ADD_EVIDENCE)
def add_kind(kind: str) -> ResponseReturnValue:
    chosen, action = register_page.KINDS.get(kind) or abort(404), _asked_action()
    form, file, places = FORMS[chosen](), FileForm.beside(chosen), offer_places(PlacesForm())
    earlier = _asked_earlier(chosen)
    if earlier is not None and request.method == "GET":
        newer.carry_over(form, earlier)
    form.offer_people(people.colleagues(here(), who_may=Permission.ADD_EVIDENCE), me())
    added: list[Evidence] = []
    if form.carries_out(lambda: added.append(_add(chosen, form, file, places, action))):
        return _added(added[0])
    return render_template(
        "evidence/add.html",
        form=form,
        file=file,
        places=places,
        kind=chosen,
        action=action,
        asked=_asked(),
        earlier=earlier,
        besides=newer.not_chosen(earlier) if earlier else [],
    ), form.status


def _add(kind: Kind, form: EvidenceForm, file: FileForm, places: PlacesForm, action: Action | None) -> Evidence:
    if not places.validate():
        raise Refused("Choose the item, area and theme from their lists.")
    says = form.says(people.person(form.owner.data))
    evidence = commands.add_evidence(here(), kind=kind, says=says, upload=file.upload, by=me(), on=clock.today())
    link_places(evidence, places)
    if action is not None:
        commands.link_to_action(evidence, action=action)
    return evidence


def link_places(evidence: Evidence, places: PlacesForm) -> None:
    """Link it to the item, area and theme that were chosen, if any."""
    if places.item.data is not None:
        commands.link_to_item(evidence, item=_item(places.item.data), shows_there=places.shows_at("item"))
    if places.area.data is not None:
        commands.link_to_area(evidence, area_code=places.area.data, shows_there=places.shows_at("area"))
    if places.theme.data is not None:
        commands.link_to_theme(evidence, theme_code=places.theme.data, shows_there=places.shows_at("theme"))


def _added(evidence: Evidence) -> ResponseReturnValue:
    """To the new piece, or to one more empty form with the same places chosen."""
    flash(f"{evidence.reference} added.", "saved")
    if "another" in request.form:
        item = f"I-{request.form['item']}" if request.form.get("item") else None
        return redirect(
            url_for(
                ".add_kind",
                kind=(request.view_args or {})["kind"],
                item=item,
                action=request.args.get("action"),
                area=request.form.get("area") or None,
                theme=request.form.get("theme") or None,
            )
        )
    finding = references.parse(request.args.get("finding", ""))
    if finding is not None:  # back to the finding it was added for, whose page attaches it
        address = reference_url(f"{finding[0]}-{finding[1]}")
        return redirect(f"{address}?evidence={evidence.reference}#evidence")
    return redirect(url_for(".show", number=evidence.number))


@bp.route("/<int:number>/correct", methods=["GET", "POST"])
@allowed(Permission.ADD_EVIDENCE)
def correct(number: int) -> ResponseReturnValue:
    evidence = _evidence(number)
    form = filled(evidence)
    form.offer_people(people.colleagues(here(), who_may=Permission.ADD_EVIDENCE), me())
    if form.carries_out(
        lambda: commands.correct(
            evidence, version=form.version.data or 0, says=form.says(people.person(form.owner.data)), on=clock.today()
        )
    ):
        return _back_to(evidence, f"{evidence.reference} corrected.")
    return render_template("evidence/correct.html", form=form, evidence=evidence), form.status


@bp.route("/<int:number>/file", methods=["GET", "POST"])
@allowed(Permission.ADD_EVIDENCE)
def replace_file(number: int) -> ResponseReturnValue:
    evidence = _evidence(number)
    form = NewVersionForm(version=evidence.version)
    if form.carries_out(lambda: _replace(evidence, form)):
        return _back_to(evidence, f"{evidence.file_name} is now the file of {evidence.reference}.")
    return render_template("evidence/file.html", form=form, evidence=evidence), form.status


def _replace(evidence: Evidence, form: NewVersionForm) -> None:
    if form.upload is None:
        raise Refused("Choose the file to add.")
    commands.replace_file(
        evidence, version=form.version.data or 0, upload=form.upload, by=me(), why=form.different.data or ""
    )


@bp.route("/<int:number>/withdraw", methods=["GET", "POST"])
@allowed(Permission.ADD_EVIDENCE)
def withdraw(number: int) -> ResponseReturnValue:
    evidence = _evidence(number)
    form = WithdrawForm(version=evidence.version)
    if form.carries_out(
        lambda: commands.withdraw(
            evidence, version=form.version.data or 0, reason=form.reason.data or "", on=clock.today()
        )
    ):
        return _back_to(evidence, f"{evidence.reference} withdrawn. It is in no count any more.")
    return render_template("evidence/withdraw.html", form=form, evidence=evidence), form.status


@bp.post("/<int:number>/reinstate")
@allowed(Permission.ADD_EVIDENCE)
def reinstate(number: int) -> ResponseReturnValue:
    evidence = _evidence(number)
    commands.reinstate(evidence, version=request.form.get("version", 0, type=int))
    return _back_to(evidence, f"{evidence.reference} counts again.")


@bp.route("/<int:number>/links/new", methods=["GET", "POST"])
@allowed(Permission.ADD_EVIDENCE)
def link(number: int) -> ResponseReturnValue:
    evidence, form = _evidence(number), LinkToForm()
    offer_places(form)
    if form.carries_out(lambda: _link(evidence, form)):
        return _back_to(evidence, f"{evidence.reference} linked.")
    return render_template("evidence/link.html", form=form, evidence=evidence), form.status


def _link(evidence: Evidence, form: LinkToForm) -> None:
    _say_why_not_child_data(evidence, form)
    before = len(evidence.links)
    link_places(evidence, form)
    if form.action.data:
        action = _named_action(form.action.data)
        commands.link_to_action(evidence, action=action, shows_there=form.shows_at("action"))
    if form.finding.data:
        leaning.speak_for(evidence, form.finding.kind, form.finding.data, shows_there=form.shows_at("finding"))
    elif len(evidence.links) == before:
        raise Refused("Choose an item, an action, a finding, an area or a theme.")


@bp.route("/<int:number>/links/<uuid:link_id>", methods=["GET", "POST"])
@allowed(Permission.ADD_EVIDENCE)
def say_there(number: int, link_id: UUID) -> ResponseReturnValue:
    found = _link_of(number, link_id)
    form = ShowsThereForm(obj=found)
    if form.carries_out(lambda: _say_there(found, form)):
        return _back_to(found.evidence, f"{found.evidence.reference} saved.")
    place = next(place for place in places_of(found.evidence) if place.link is found)
    return render_template("evidence/say_there.html", form=form, evidence=found.evidence, place=place), form.status


def _say_there(found: EvidenceLink, form: ShowsThereForm) -> None:
    _say_why_not_child_data(found.evidence, form)
    commands.say_what_it_shows_there(found, shows_there=form.shows_there.data or "")


def _say_why_not_child_data(evidence: Evidence, form: ChildDataGuard) -> None:
    if form.not_child_data_because.data:
        commands.say_why_not_child_data(evidence, because=form.not_child_data_because.data)


@bp.post("/<int:number>/links/<uuid:link_id>/remove")
@allowed(Permission.ADD_EVIDENCE)
def unlink(number: int, link_id: UUID) -> ResponseReturnValue:
    found = _link_of(number, link_id)
    evidence = found.evidence
    commands.unlink(found)
    return _back_to(evidence, f"Link taken out of {evidence.reference}.")


def offer_places(form: PlacesForm) -> PlacesForm:
    """A form that offers this authority's items and the areas and themes in force; the address may choose one."""
    items = [item for item in improvements.items(here()) if item.state not in GAVE_WAY]
    form.offer(items, register_page.framework_of(clock.today()))
    if request.method == "GET":
        asked = _asked_item()
        form.item.data = asked.number if asked else None
        form.area.data, form.theme.data = request.args.get("area"), request.args.get("theme")
    return form


def _asked() -> str:
    """The query of this address, for links that keep it."""
    return f"?{request.query_string.decode('latin-1')}" if request.query_string else ""


def _asked_item() -> ImprovementItem | None:
    """The item that the address names by ``?item=I-9``."""
    found = references.parse(request.args.get("item", ""))
    return actions.item(here(), found[1]) if found and found[0] == ImprovementItem.prefix else None


def _asked_action() -> Action | None:
    """The action that the address names by ``?action=A-104``."""
    found = references.parse(request.args.get("action", ""))
    return actions.action(here(), found[1]) if found and found[0] == Action.prefix else None


def _asked_earlier(kind: Kind) -> Evidence | None:
    """The piece of this kind, named by ``?after=E-12``, that a newer one is added for."""
    found = references.parse(request.args.get("after", ""))
    earlier = queries.evidence(here(), found[1]) if found and found[0] == Evidence.prefix else None
    return earlier if earlier and earlier.kind is kind and earlier.withdrawn_on is None else None


def _named_action(typed: str) -> Action:
    found = references.parse(typed)
    action = actions.action(here(), found[1]) if found and found[0] == Action.prefix else None
    if action is None:
        raise Refused(f"There is no action “{typed}”. Enter a reference such as A-104.")
    return action


def _item(number: int) -> ImprovementItem:
    item = actions.item(here(), number)
    if item is None:
        raise Refused(f"There is no improvement item I-{number}. Choose one from the list.")
    return item


def _evidence(number: int) -> Evidence:
    return queries.evidence(here(), number) or abort(404)


def _link_of(number: int, link_id: UUID) -> EvidenceLink:
    found = queries.link(here(), link_id)
    return found if found is not None and found.evidence.number == number else abort(404)


def _back_to(evidence: Evidence, message: str) -> ResponseReturnValue:
    flash(message, "saved")
    return redirect(url_for(".show", number=evidence.number))
