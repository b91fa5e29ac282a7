"""The council, its people and its teams: the first scene."""

from collections.abc import Iterator

from tracker.demonstration.schema import PeopleFile
from tracker.demonstration.stage import Scene, Stage
from tracker.improvements import commands as improvements
from tracker.people import commands as people

NOBODY_YET = ""


def scenes(stage: Stage, told: PeopleFile) -> Iterator[Scene]:
    yield Scene(told.begins, NOBODY_YET, lambda: _settle(stage, told))


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
