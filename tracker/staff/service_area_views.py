"""The service areas of an authority: the list, adding, changing and removing one."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.people.guards import allowed, here
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.errors import Refused
from tracker.staff import queries, service_areas
from tracker.staff.forms import ServiceAreaForm

bp = Blueprint("service_areas", __name__, url_prefix="/<authority>/people/service-areas")


@bp.route("", methods=["GET", "POST"])
@allowed(Permission.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    form, names = ServiceAreaForm(), _names()
    form.areas.offer(list(names.items()))
    if form.carries_out(
        lambda: service_areas.add(here(), name=form.name.data or "", area_codes=form.areas.data or [], known=names)
    ):
        flash(f"{form.name.data} is added. Choose it on the page of who heads it.", "saved")
        return redirect(url_for(".index"))
    rows = [
        (one, [names.get(code, code) for code in one.area_codes], queries.members_of(one))
        for one in queries.service_areas(here())
    ]
    return render_template("staff/service_areas.html", form=form, rows=rows), form.status


@bp.route("/<uuid:area_id>", methods=["GET", "POST"])
@allowed(Permission.MANAGE_PEOPLE)
def change(area_id: UUID) -> ResponseReturnValue:
    area, names = queries.service_area(here(), area_id) or abort(404), _names()
    form = ServiceAreaForm(name=area.name, areas=area.area_codes, version=area.version)
    form.areas.offer(list(names.items()))

    def save() -> None:
        service_areas.change(
            area,
            name=form.name.data or "",
            area_codes=form.areas.data or [],
            known=names,
            version=form.version.data,
        )

    if form.carries_out(save):
        flash(f"{area.name} is saved.", "saved")
        return redirect(url_for(".index"))
    return render_template("staff/service_area.html", form=form, area=area), form.status


@bp.post("/<uuid:area_id>/remove")
@allowed(Permission.MANAGE_PEOPLE)
def remove(area_id: UUID) -> ResponseReturnValue:
    area = queries.service_area(here(), area_id) or abort(404)
    name = area.name
    try:
        service_areas.remove(area)
        flash(f"{name} is off the list.", "saved")
    except Refused as refused:
        flash(str(refused), "refused")
    return redirect(url_for(".index"))


def _names() -> dict[str, str]:
    """What the judgement areas of today's framework are called, by their codes, in its order."""
    framework = frameworks.library().current(CHILDRENS_SERVICES, clock.today())
    return {area.code: area.short_name for area in framework.judged_areas if area.graded}
