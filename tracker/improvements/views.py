"""Pages of improvement items: adding, changing, mapping and appraising one; owners of areas; accepting a report."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.improvements import commands, queries
from tracker.improvements.appraisals import page as appraisal_page
from tracker.improvements.forms import (
    AppraiseForm,
    AreaOwnersForm,
    CorrectSourceForm,
    EditForm,
    ItemForm,
    MappingForm,
    decisions_in,
)
from tracker.improvements.mapping import commands as mappings
from tracker.improvements.mapping import queries as mapping_queries
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo, Source
from tracker.improvements.sources.rules import QUESTIONS
from tracker.inspections import commands as inspections
from tracker.inspections import queries as reports
from tracker.inspections.views import decisions_in as decisions_on_review
from tracker.inspections.views import review_shown
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me, require_reach
from tracker.people.models import Person
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.web.filters import count_of

bp = Blueprint("improvements", __name__, url_prefix="/<authority>")


@bp.get("/items/new")
@allowed(Permission.PLAN)
def choose_source() -> ResponseReturnValue:
    """Where it comes from is asked first: what else is asked follows from it."""
    return render_template("improvements/choose_source.html", questions=QUESTIONS)


@bp.route("/items/new/<slug>", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def add(slug: str) -> ResponseReturnValue:
    source, today = _source(slug), clock.today()
    form = ItemForm(source, raised_on=today)
    form.offer(people.colleagues(here(), who_may=Permission.READ))
    added: list[ImprovementItem] = []
    if form.carries_out(lambda: added.append(_add(form, source, today))):
        flash(f"{added[0].reference} added. Say what it is mapped to.", "saved")
        return redirect(url_for(".mapping", number=added[0].number))
    return render_template("improvements/add.html", form=form, source=source, asked=QUESTIONS[source]), form.status


def _add(form: ItemForm, source: Source, today: date) -> ImprovementItem:
    return commands.add_item(
        here(),
        wording=form.wording.data or "",
        title=form.title.data or "",
        source=source,
        origin=form.origin,
        raised_on=cast("date", form.raised_on.data),  # required by the form
        today=today,
        owner=_person(form.owner.data),
        accountable=_person(form.accountable.data),
    )


@bp.route("/items/<int:number>/source", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def source(number: int) -> ResponseReturnValue:
    """Say, or put right, where an item was said that no imported report lists."""
    item = _item_to_change(number)
    kind = _source(request.args["kind"]) if "kind" in request.args else item.source
    form = CorrectSourceForm(kind, version=item.version, **asdict(item.origin))
    if form.carries_out(lambda: _say_origin(item, kind, form)):
        flash(f"{item.reference} saved.", "saved")
        return redirect(url_for("overview.item", number=number))
    return render_template("improvements/source.html", item=item, form=form, kind=kind, kinds=QUESTIONS), form.status


def _say_origin(item: ImprovementItem, source: Source, form: CorrectSourceForm) -> None:
    _require_unchanged(item, form.version.data)
    commands.say_origin(item, source=source, origin=form.origin, today=clock.today())


@bp.route("/items/<int:number>/edit", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def edit(number: int) -> ResponseReturnValue:
    item = _item_to_change(number)
    form = EditForm(version=item.version, title=item.title, owner=item.owner_id, accountable=item.accountable_id)
    form.offer(people.colleagues(here(), who_may=Permission.READ))
    if form.carries_out(lambda: _edit(item, form)):
        flash(f"{item.reference} saved.", "saved")
        return redirect(url_for("overview.item", number=number))
    return render_template("improvements/edit.html", item=item, form=form), form.status


def _edit(item: ImprovementItem, form: EditForm) -> None:
    _require_unchanged(item, form.version.data)
    commands.rename(item, title=form.title.data or "")
    commands.give_owner(item, to=_person(form.owner.data))
    commands.give_accountable(item, to=_person(form.accountable.data))


@bp.route("/items/<int:number>/appraise", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def appraise(number: int) -> ResponseReturnValue:
    item = _item_to_change(number)
    last = queries.latest_appraisal(item)
    form = AppraiseForm.after(last)
    if form.carries_out(lambda: _appraise(item, form)):
        flash(f"{item.reference} appraised at {form.scale.data} out of 10.", "saved")
        return redirect(url_for("overview.item", number=number))
    return render_template("improvements/appraise.html", item=item, form=form, last=last), form.status


def _appraise(item: ImprovementItem, form: AppraiseForm) -> None:
    commands.appraise(
        item,
        on=clock.today(),
        by=me(),
        worried_about=_lines(form.worried_about.data),
        working_well=_lines(form.working_well.data),
        needs_to_happen=_lines(form.needs_to_happen.data),
        scale=int(cast("Decimal", form.scale.data)),  # required by the form, as is the aim
        aim=int(cast("Decimal", form.aim.data)),
        next_step=form.next_step.data or "",
        together_with=form.together_with.data or "",
    )


@bp.get("/items/<int:number>/appraisals")
@allowed(Permission.READ_PLAN)
def appraisals(number: int) -> ResponseReturnValue:
    """Every appraisal of an item, drawn over time and told, newest first."""
    item = _item(number)
    return render_template("improvements/appraisals.html", item=item, page=appraisal_page.page(item.appraisals))


@bp.route("/items/<int:number>/mapping", methods=["GET", "POST"])
@allowed(Permission.MAP_ITEMS)
def mapping(number: int) -> ResponseReturnValue:
    item = _item_to_change(number)
    form = MappingForm()
    form.offer(
        mapping_queries.prepared_for(item),
        frameworks.library().national.versions[-1].references,
        mapping_queries.paragraphs(item),
        queries.earlier_items(item),
    )
    changed: list[int] = []
    if form.carries_out(lambda: changed.append(_decide(item, form))):
        flash(_decided(item, changed[0]), "saved")
        return redirect(url_for(".mapping", number=number))
    groups = mapping_queries.groups(item)
    return render_template("improvements/mapping.html", item=item, form=form, groups=groups), form.status


def _decide(item: ImprovementItem, form: MappingForm) -> int:
    """Carry out the decisions of the page, then what was chosen by hand; says how much changed."""
    changed = mappings.decide(item, decisions=decisions_in(request.form), by=me())
    for to, code in (
        (MappedTo.AREA, form.area.data),
        (MappedTo.THEME, form.theme.data),
        (MappedTo.NATIONAL, form.national.data),
    ):
        if code:
            mappings.add_by_hand(item, to=to, code=code, by=me())
            changed += 1
    if form.paragraph.data:
        paragraph = next(one for one in mapping_queries.paragraphs(item) if one.id == form.paragraph.data)
        mappings.add_by_hand(item, to=MappedTo.PARAGRAPH, paragraph=paragraph, by=me())
        changed += 1
    if form.earlier.data:
        mappings.add_echo_by_hand(item, earlier=db.session.get_one(ImprovementItem, form.earlier.data), by=me())
        changed += 1
    return changed


def _decided(item: ImprovementItem, changed: int) -> str:
    if not changed:
        return "Nothing was changed."
    left = len(queries.undecided(item)) + mapping_queries.echoes_to_decide(item)
    rest = f" Left to decide: {count_of(left, 'suggestion')}." if left else " Nothing is left to decide."
    return f"{item.reference}: {changed} decided.{rest}"


@bp.route("/area-owners", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def area_owners() -> ResponseReturnValue:
    framework = frameworks.library().current(CHILDRENS_SERVICES, clock.today())
    areas = [area for area in framework.judged_areas if area.graded]
    form = AreaOwnersForm.for_areas(
        areas, people.colleagues(here(), who_may=Permission.READ), queries.area_owners(here())
    )
    if form.is_submitted() and form.validate():
        for area in areas:
            commands.set_area_owner(here(), area_code=area.code, person=_person(form.chosen(area)))
        flash("Owners of judgement areas saved.", "saved")
        return redirect(url_for(".area_owners"))
    names = [f"area_{area.code}" for area in areas]
    return render_template("improvements/area_owners.html", form=form, names=names, framework=framework), form.status


@bp.post("/inspections/reviews/<uuid:review_id>/accept")
@allowed(Permission.IMPORT_REPORTS)
def accept(review_id: UUID) -> ResponseReturnValue:
    """Take the last decisions of the review page and record the report, or say on that page why not."""
    review = reports.review(here(), review_id) or abort(404)
    try:
        inspections.decide(review, decisions=decisions_on_review(request.form))
        inspection = commands.record(review, by=me(), today=clock.today())
    except Refused as refused:
        return review_shown(review, refused=refused)
    has = count_of(len(inspection.items), "item")
    flash(f"{inspection.reference} is recorded with {has}. Say what each is mapped to.", "saved")
    return redirect(url_for("inspections.show", number=inspection.number))


def _require_unchanged(item: ImprovementItem, version: int | None) -> None:
    if version != item.version:
        raise Conflict("Somebody else changed this item while you had it open. Look at it again, then save.")


def _source(slug: str) -> Source:
    return next((one for one in Source if one.slug == slug), None) or abort(404)


def _item(number: int) -> ImprovementItem:
    return queries.item(here(), number) or abort(404)


def _item_to_change(number: int) -> ImprovementItem:
    item = _item(number)
    require_reach(item.area_codes, item.owner_id, item.accountable_id)
    return item


def _person(person_id: UUID | None) -> Person | None:
    return people.person(person_id) if person_id else None


def _lines(text: str | None) -> list[str]:
    """What was written one point a line, without empty lines and dashes in front."""
    return [line.strip().lstrip("-•").strip() for line in (text or "").splitlines() if line.strip("-• \t")]
