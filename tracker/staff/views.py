"""The people of an authority: the list, one person with what she has, adding, changing, inviting and seeing off."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.handover.room import queries as rooms
from tracker.people import invitations
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me, recently_confirmed
from tracker.people.models import Membership, PartnerOrganisation
from tracker.people.rules import ROLE_LABELS, ROLE_PURPOSES, Permission, Role
from tracker.platform import clock, history, mail
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.staff import commands, held, queries
from tracker.staff.commands import HandedOver, What
from tracker.staff.forms import AddForm, LeaveForm, WhatForm
from tracker.web import links

bp = Blueprint("staff", __name__, url_prefix="/<authority>/people")

SHOWS = {"active": "Active", "invited": "Invited", "left": "Left"}
"""States by which the list can be narrowed, with their labels; without one, everybody who works here."""


@bp.get("")
@allowed(Permission.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    today, now, places = clock.today(), clock.now(), _places()
    wanted = _wanted(places)
    listed = queries.everybody(here(), today, now=now, wanted=wanted)
    counts = queries.counts(here(), today, now=now, wanted=wanted)
    roles = [(role.value, ROLE_LABELS[role]) for role in Role if role in counts.roles]
    of = [(place, name) for place, name in places.items() if place in counts.places or place == str(wanted.of)]
    rows = {
        "Show:": links.filters("show", [(None, "Who works here"), *SHOWS.items()], counts=counts.shows),
        "Role:": links.filters("role", [(None, "Any"), *roles], counts=counts.roles),
        "Service area or partner:": links.filters("of", [(None, "Any"), *of], counts=counts.places) if of else (),
    }
    return render_template("staff/index.html", rows=listed, filters=rows, wanted=wanted)


def _places() -> Mapping[str, str]:
    """Id to name of every service area, then of every partner organisation."""
    areas = {str(area.id): area.name for area in queries.service_areas(here())}
    return areas | {str(one.id): one.name for one in queries.organisations(here())}


def _wanted(places: Mapping[str, str]) -> queries.Wanted:
    """What the address asks for; what no filter of ours offers is as if it had not been asked."""
    show, role, of = (request.args.get(name, "") for name in ("show", "role", "of"))
    return queries.Wanted(
        show=show if show in SHOWS else None,
        role=Role(role) if role in set(Role) else None,
        of=UUID(of) if of in places else None,
    )


@bp.route("/new", methods=["GET", "POST"])
@allowed(Permission.MANAGE_PEOPLE)
@recently_confirmed
def add() -> ResponseReturnValue:
    form, added = AddForm(**_inspector_asked()), list[Membership]()
    form.offer(queries.organisations(here()), queries.service_areas(here()))

    def take_on() -> None:
        added.append(
            commands.add(
                here(),
                email=form.email.data or "",
                name=form.name.data or "",
                what=_what(form),
                by=me(),
                on=clock.today(),
            )
        )

    if form.carries_out(take_on):
        flash(f"{added[0].person.name} is added{_comes_in(added[0])}.", "saved")
        if _needs_a_link(added[0]):
            return _with_link(added[0])
        return redirect(url_for(".show", membership_id=added[0].id))
    return render_template("staff/add.html", form=form, purposes=_purposes(), mails=mail.goes_out()), form.status


def _inspector_asked() -> Mapping[str, Any]:
    """Where the address says until when an inspector comes in, that is in the form already."""
    try:
        return {"role": Role.INSPECTOR, "last_day": date.fromisoformat(request.args.get("inspector_until", ""))}
    except ValueError:
        return {}


def _comes_in(membership: Membership) -> str:
    """Of an inspector, into which room."""
    if membership.role is not Role.INSPECTOR:
        return ""
    found = [one.reference for one in rooms.rooms_of(membership.authority, membership.person)]
    if found:
        return f", and comes into the room of {' and '.join(found)} while it is open"
    return ". Nobody has let her into a room yet: the page of an inspection’s room does"


def _needs_a_link(membership: Membership) -> bool:
    """Whether somebody must pass a link on before she can sign in."""
    return not membership.person.password_hash and current_app.config["LOCAL_SIGN_IN"] and not mail.goes_out()


@bp.get("/<uuid:membership_id>")
@allowed(Permission.MANAGE_PEOPLE)
def show(membership_id: UUID) -> ResponseReturnValue:
    """What she is and has."""
    return _shown(_one(membership_id))


@bp.post("/<uuid:membership_id>")
@allowed(Permission.MANAGE_PEOPLE)
@recently_confirmed
def change(membership_id: UUID) -> ResponseReturnValue:
    """What she is from now on."""
    membership, form = _one(membership_id), WhatForm()
    form.offer(queries.organisations(here()), queries.service_areas(here()))
    if form.carries_out(lambda: commands.change(membership, what=_what(form), by=me(), on=clock.today())):
        flash(f"Saved. {membership.person.name} is {membership.title.lower()} here.", "saved")
        return redirect(url_for(".show", membership_id=membership_id))
    return _page(membership, form), form.status


@bp.post("/<uuid:membership_id>/invite")
@allowed(Permission.MANAGE_PEOPLE)
def invite(membership_id: UUID) -> ResponseReturnValue:
    return _with_link(_one(membership_id))


@bp.post("/<uuid:membership_id>/mail")
@allowed(Permission.MANAGE_PEOPLE)
def mail_invitation(membership_id: UUID) -> ResponseReturnValue:
    membership = _one(membership_id)
    if not mail.goes_out():
        raise Refused("Mail is not switched on in this service. Make a link, and pass it on.")
    commands.mail_invitation(membership, by=me(), at=clock.now())
    flash(f"{membership.person.name} is mailed a link to choose a password. It opens once, within 7 days.", "saved")
    return redirect(url_for(".show", membership_id=membership_id))


@bp.post("/<uuid:membership_id>/take-back")
@allowed(Permission.MANAGE_PEOPLE)
def take_back(membership_id: UUID) -> ResponseReturnValue:
    commands.take_back(_one(membership_id), at=clock.now())
    flash("The link opens nothing any more.", "saved")
    return redirect(url_for(".show", membership_id=membership_id))


@bp.route("/<uuid:membership_id>/leave", methods=["GET", "POST"])
@allowed(Permission.MANAGE_PEOPLE)
@recently_confirmed
def leave(membership_id: UUID) -> ResponseReturnValue:
    """First what she has, then what would become of it, then it is done."""
    membership, form = _one(membership_id), LeaveForm()
    others = [one for one in people.colleagues(here()) if one.person_id != membership.person_id]
    form.offer(others)
    to = next((one for one in others if one.person_id == form.to.data), None)
    done: list[HandedOver] = []
    if request.method == "POST" and "apply" not in request.form:
        form.carries_out(lambda: done.append(_tried(membership, to, form)))
    elif form.carries_out(lambda: done.append(_left(membership, to, form))):
        nobody = f" Nobody took: {', '.join(done[0].left)}." if done[0].left else ""
        flash(f"{membership.person.name} has left. {_told(done[0])}{nobody}", "saved")
        return redirect(url_for(".show", membership_id=membership_id))
    has = [kind.words(len(things)) for kind, things in held.of(here(), membership.person)]
    would = done[0] if done else None
    return render_template("staff/leave.html", membership=membership, form=form, has=has, would=would), form.status


def _tried(membership: Membership, to: Membership | None, form: LeaveForm) -> HandedOver:
    """What would become of everything: carried out, and undone."""
    savepoint = db.session.begin_nested()
    try:
        return _left(membership, to, form)
    finally:
        savepoint.rollback()
        db.session.expire_all()


def _left(membership: Membership, to: Membership | None, form: LeaveForm) -> HandedOver:
    with db.session.begin_nested():
        return commands.leave(
            membership, to=to, reason=form.reason.data or "", by=me(), on=clock.today(), at=clock.now()
        )


def _told(done: HandedOver) -> str:
    return f"Handed over: {', '.join(done.taken)}." if done.taken else "There was nothing to hand over."


def _with_link(membership: Membership) -> str:
    """Her page itself as the answer, where a new link stands this once: only its hash is kept."""
    token = commands.invite(membership, by=me(), at=clock.now())
    return _shown(membership, link=url_for("people.accept", token=token, _external=True))


def _shown(membership: Membership, *, link: str = "") -> str:
    form = WhatForm(formdata=None)
    form.offer(queries.organisations(here()), queries.service_areas(here()))
    form.start(membership)
    return _page(membership, form, link=link)


def _page(membership: Membership, form: WhatForm, *, link: str = "") -> str:
    has = [kind.words(len(things)) for kind, things in held.of(here(), membership.person)]
    return render_template(
        "staff/show.html",
        membership=membership,
        form=form,
        has=has,
        link_once=link,
        mails=mail.goes_out(),
        waiting=invitations.waiting(membership, at=clock.now()),
        happened=history.of(membership, limit=20),
        here_today=membership.person.active and membership.counts_on(clock.today()),
        herself=membership.person_id == me().id,
        purposes=_purposes(),
    )


def _what(form: WhatForm) -> What:
    partner: PartnerOrganisation | None = None
    if form.partner.data:
        partner = next((one for one in queries.organisations(here()) if one.id == form.partner.data), None)
        if partner is None:
            raise Refused("That organisation is not on the list. Choose one that is.")
    area = queries.service_area(here(), form.service_area.data) if form.service_area.data else None
    return What(form.role.data or Role.ACTION_LEAD, form.job_title.data or "", partner, form.last_day.data, area)


def _purposes() -> list[tuple[str, str]]:
    return [(ROLE_LABELS[role], ROLE_PURPOSES[role]) for role in Role]


def _one(membership_id: UUID) -> Membership:
    return queries.one(here(), membership_id) or abort(404)
