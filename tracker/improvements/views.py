"""Pages of improvement items: adding, changing, mapping and appraising one; owners of areas; accepting a report."""

from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.improvements import commands, queries
from tracker.improvements.forms import (
    AppraiseForm,
    AreaOwnersForm,
    EditForm,
    ItemForm,
    MappingForm,
    decisions_in,
)
from tracker.improvements.mapping import commands as mappings
from tracker.improvements.mapping import queries as mapping_queries
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo
from tracker.inspections import commands as inspections
from tracker.inspections import queries as reports
from tracker.inspections.views import decisions_in as decisions_on_review
from tracker.inspections.views import review_shown
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.models import Person
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused

bp = Blueprint("improvements", __name__, url_prefix="/<authority>")


@bp.route("/items/new", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def add() -> ResponseReturnValue:
    form, today = ItemForm(raised_on=clock.today()), clock.today()
    form.offer(people.colleagues(here()))
    added: list[ImprovementItem] = []
    if form.carries_out(lambda: added.append(_add(form, today))):
        flash(f"{added[0].reference} added. Say what it is mapped to.", "saved")
        return redirect(url_for(".mapping", number=added[0].number))
    return render_template("improvements/add.html", form=form), form.status


def _add(form: ItemForm, today: date) -> ImprovementItem:
    return commands.add_item(
        here(),
        wording=form.wording.data or "",
        title=form.title.data or "",
        source=form.source.data,
        raised_on=cast("date", form.raised_on.data),  # required by the form
        today=today,
        owner=_person(form.owner.data),
        accountable=_person(form.accountable.data),
    )


@bp.route("/items/<int:number>/edit", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def edit(number: int) -> ResponseReturnValue:
    item = _item(number)
    form = EditForm(version=item.version, title=item.title, owner=item.owner_id, accountable=item.accountable_id)
    form.offer(people.colleagues(here()))
    if form.carries_out(lambda: _edit(item, form)):
        flash(f"{item.reference} saved.", "saved")
        return redirect(url_for("overview.item", number=number))
    return render_template("improvements/edit.html", item=item, form=form), form.status


def _edit(item: ImprovementItem, form: EditForm) -> None:
    if form.version.data != item.version:
        raise Conflict("Somebody else changed this item while you had it open. Look at it again, then save.")
    commands.rename(item, title=form.title.data or "")
    commands.give_owner(item, to=_person(form.owner.data))
    commands.give_accountable(item, to=_person(form.accountable.data))


@bp.route("/items/<int:number>/appraise", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def appraise(number: int) -> ResponseReturnValue:
    item, form = _item(number), AppraiseForm()
    if form.carries_out(lambda: _appraise(item, form)):
        flash(f"{item.reference} appraised at {form.scale.data} out of 10.", "saved")
        return redirect(url_for("overview.item", number=number))
    last = queries.latest_appraisal(item)
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


@bp.route("/items/<int:number>/mapping", methods=["GET", "POST"])
@allowed(Permission.MAP_ITEMS)
def mapping(number: int) -> ResponseReturnValue:
    item = _item(number)
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
    left = len(queries.undecided(item))
    rest = f" {left} suggestions are still open." if left else " Nothing is left to decide."
    return f"{item.reference}: {changed} decided.{rest}"


@bp.route("/area-owners", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def area_owners() -> ResponseReturnValue:
    framework = frameworks.library().current(CHILDRENS_SERVICES, clock.today())
    areas = [area for area in framework.judged_areas if area.graded]
    form = AreaOwnersForm.for_areas(areas, people.colleagues(here()), queries.area_owners(here()))
    if form.is_submitted() and form.validate():
        for area in areas:
            commands.set_area_owner(here(), area_code=area.code, person=_person(form.chosen(area)))
        flash("Owners of judgement areas saved.", "saved")
        return redirect(url_for(".area_owners"))
    names = [f"area_{area.code}" for area in areas]
    return render_template("improvements/area_owners.html", form=form, names=names, framework=framework), form.status


@bp.get("/inspections/came-back")
@allowed(Permission.READ)
def came_back() -> ResponseReturnValue:
    return render_template("improvements/came_back.html", echoes=queries.came_back(here()))


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
    flash(
        f"{inspection.reference} is recorded with {len(inspection.items)} items. Say what each is mapped to.", "saved"
    )
    return redirect(url_for("inspections.show", number=inspection.number))


def _item(number: int) -> ImprovementItem:
    return queries.item(here(), number) or abort(404)


def _person(person_id: UUID | None) -> Person | None:
    return people.person(person_id) if person_id else None


def _lines(text: str | None) -> list[str]:
    """What was written one point a line, without empty lines and dashes in front."""
    return [line.strip().lstrip("-•").strip() for line in (text or "").splitlines() if line.strip("-• \t")]
