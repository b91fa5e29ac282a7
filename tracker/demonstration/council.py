"""The council, its people and its teams: the first scene."""

from collections.abc import Iterator
from functools import partial

from tracker.demonstration.schema import Joiner, PeopleFile, Service
from tracker.demonstration.stage import Scene, Stage
from tracker.improvements import commands as improvements
from tracker.people import commands as people
from tracker.people import queries
from tracker.people.models import PartnerOrganisation
from tracker.people.passwords import commands as passwords
from tracker.staff import commands as staff
from tracker.staff import service_areas
from tracker.staff.commands import What

NOBODY_YET = ""


def scenes(stage: Stage, told: PeopleFile) -> Iterator[Scene]:
    yield Scene(told.begins, NOBODY_YET, lambda: _settle(stage, told))
    for one in told.joiners:
        yield Scene(one.joins, one.by, partial(_join, stage, one, told.password))
        if one.leaves is not None:
            yield Scene(one.leaves, one.by, partial(_leave, stage, one, one.leaves))
    for service in told.service_areas:
        yield Scene(service.day, service.by, partial(_bound, stage, service))


def _bound(stage: Stage, told: Service) -> None:
    area = service_areas.add(stage.council, name=told.name, area_codes=told.areas, known=told.areas)
    for key in told.heads:
        (membership,) = queries.memberships_of(stage.person(key))
        what = What(membership.role, membership.job_title, service_area=area)
        staff.change(membership, what=what, by=stage.person(told.by), on=stage.day(told.day))


def _join(stage: Stage, one: Joiner, password: str) -> None:
    by, on = stage.person(one.by), stage.day(one.joins)
    partner = stage.get(PartnerOrganisation, f"partner_{one.partner}") if one.partner else None
    what = What(one.role, job_title=one.job_title, partner=partner)
    membership = staff.add(stage.council, email=one.email, name=one.name, what=what, by=by, on=on)
    if one.invited:
        staff.invite(membership, by=by, at=stage.moment(one.joins))
    else:
        passwords.set_password(membership.person, password=password)
    stage.keep(one.key, membership.person)


def _leave(stage: Stage, one: Joiner, day: int) -> None:
    (membership,) = queries.memberships_of(stage.person(one.key))
    staff.leave(
        membership, to=None, reason="A post elsewhere", by=stage.person(one.by), on=stage.day(day), at=stage.moment(day)
    )


def _settle(stage: Stage, told: PeopleFile) -> None:
    authority = stage.authority = people.create_authority(slug=told.authority.slug, name=told.authority.name)
    for one in told.people:
        person = people.create_person(email=one.email, name=one.name, password=told.password)
        people.give_role(person, authority=authority, role=one.role, job_title=one.job_title)
        stage.keep(one.key, person)
    for team in told.teams:
        stage.keep(team.key, people.create_team(authority, name=team.name, service=team.service))
    for area, owner in told.area_owners.items():
        improvements.set_area_owner(authority, area_code=area, person=stage.person(owner))
