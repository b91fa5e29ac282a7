"""A second authority, small and invented as a whole, in which somebody of the first works as well."""

from collections.abc import Iterator
from functools import partial
from itertools import chain

from tracker.demonstration import other_sources, plan, reports, schema
from tracker.demonstration.council import NOBODY_YET
from tracker.demonstration.schema import ActionsFile, Colleague, Council, ItemsFile, OtherItem, Past, Promise, Told
from tracker.demonstration.stage import Scene, Stage, play
from tracker.people import commands as people
from tracker.people import queries
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.staff import commands as staff
from tracker.staff.commands import What


class Also(Told):
    """Somebody of the first authority who is something in this one, too."""

    key: str
    role: Role
    job_title: str
    joins: Past
    by: str


class NeighbourFile(Told):
    authority: Council
    begins: Past
    people: tuple[Colleague, ...]
    both: tuple[Also, ...]
    others: tuple[OtherItem, ...]
    actions: tuple[Promise, ...]


def told() -> NeighbourFile:
    return schema.read(NeighbourFile, "neighbour")


def load() -> None:
    """Play it into a database that has the demonstration. Any other, and one that has it already, is left as it is."""
    file = told()
    if queries.authority(file.authority.slug) is not None or not all(_is_there(one) for one in file.both):
        return
    stage = Stage(today=clock.today())
    play(stage, _scenes(stage, file))


def _scenes(stage: Stage, file: NeighbourFile) -> Iterator[Scene]:
    items = ItemsFile(reports=(), items=(), others=file.others)
    actions = ActionsFile(actions=file.actions)
    return chain(
        [Scene(file.begins, NOBODY_YET, partial(_settle, stage, file))],
        (Scene(one.joins, one.by, partial(_join, stage, one)) for one in file.both),
        other_sources.additions(stage, items),
        reports.decisions(stage, items),
        plan.promises(stage, actions),
        plan.trails(stage, actions),
    )


def _settle(stage: Stage, file: NeighbourFile) -> None:
    stage.authority = people.create_authority(slug=file.authority.slug, name=file.authority.name)
    for one in file.people:
        person = people.create_person(email=one.email, name=one.name, password=schema.people().password)
        people.give_role(person, authority=stage.council, role=one.role, job_title=one.job_title)
        stage.keep(one.key, person)


def _is_there(one: Also) -> bool:
    """Whether the demonstration was played: a council that has its name may have data of its own."""
    return queries.person_by_email(_known(one).email) is not None


def _known(one: Also) -> Colleague:
    return next(each for each in schema.people().people if each.key == one.key)


def _join(stage: Stage, one: Also) -> None:
    known = _known(one)
    what = What(one.role, job_title=one.job_title)
    by, on = stage.person(one.by), stage.day(one.joins)
    membership = staff.add(stage.council, email=known.email, name=known.name, what=what, by=by, on=on)
    stage.keep(one.key, membership.person)
