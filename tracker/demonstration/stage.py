"""What the scenes of the demonstration share: the day of loading, who is who, and what each key of the files became."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import TypeVar, cast

from tracker.demonstration import travelling
from tracker.people.models import Authority, Person, Team
from tracker.platform import clock, history
from tracker.platform.db import Model

FIRST_SCENE = time(9, 5, tzinfo=clock.LONDON)
BETWEEN = timedelta(minutes=4)
"""From one scene of a day to the next, so that a list by time has an order."""

KEY = re.compile(r"\{[A-Z]:(\w+)(:\d+)?\}")

Thing = TypeVar("Thing", bound=Model)


@dataclass(frozen=True)
class Scene:
    """One thing done by one person on one day."""

    day: int
    by: str
    play: Callable[[], object]


@dataclass
class Stage:
    today: date
    authority: Authority | None = None
    things: dict[str, Model] = field(default_factory=dict)
    """By key; keys are unique over all files."""

    @property
    def council(self) -> Authority:
        if self.authority is None:
            raise LookupError("The authority is made in the first scene")
        return self.authority

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def offset(self, day: date) -> int:
        """Of a day; never after that of loading."""
        return min((day - self.today).days, 0)

    def moment(self, offset: int) -> datetime:
        return datetime.combine(self.day(offset), FIRST_SCENE).astimezone(UTC)

    def keep(self, key: str, thing: Thing) -> Thing:
        if key in self.things:
            raise KeyError(f"Two things of the demonstration have the key {key}")
        self.things[key] = thing
        return thing

    def person(self, key: str) -> Person:
        return cast("Person", self.things[key])

    def team(self, key: str) -> Team:
        return cast("Team", self.things[key])

    def get(self, shape: type[Thing], key: str) -> Thing:
        thing = self.things[key]
        if not isinstance(thing, shape):
            raise TypeError(f"{key} is a {type(thing).__name__}, not a {shape.__name__}")
        return thing

    def with_references(self, text: str, *, brackets: bool = False) -> str:
        """``text`` with ``{E:tracker}`` turned into E-12, and ``{R:r2026:8}`` into R-3:8."""
        around = "[{}]" if brackets else "{}"
        return KEY.sub(lambda found: around.format(self._reference(found[1]) + (found[2] or "")), text)

    def _reference(self, key: str) -> str:
        return cast("str", getattr(self.things[key], "reference"))  # noqa: B009  # only some things have one


def play(stage: Stage, scenes: Iterable[Scene]) -> None:
    """Day by day, oldest first; within a day in the order given."""
    latest = clock.now()
    for offset, of_the_day in groupby(sorted(scenes, key=lambda scene: scene.day), key=lambda scene: scene.day):
        for moment, scene in zip(_moments(stage, offset), of_the_day, strict=False):
            _play_one(stage, scene, min(moment, latest))


def _moments(stage: Stage, offset: int) -> Iterator[datetime]:
    moment = stage.moment(offset)
    while True:
        yield moment
        moment += BETWEEN


def _play_one(stage: Stage, scene: Scene, moment: datetime) -> None:
    by = stage.things.get(scene.by)
    with travelling.to(moment):
        if isinstance(by, Person):
            with history.acting(by.id, by.name):
                scene.play()
        else:
            scene.play()
