"""What the files of ``seed/pathways/`` may say: characteristics with their groups, pathways with their stages."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tracker.frameworks.schema import Certainty
from tracker.indicators.difference.rules import NOT_KNOWN, OTHERS, Kind

CODE = r"^[a-z][a-z0-9-]*$"


class Part(BaseModel):
    """Unknown keys are refused, so that a typing slip cannot pass unseen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GroupOf(Part):
    code: str = Field(pattern=CODE)
    name: str = Field(max_length=60)
    said: str
    """How a sentence names those of the group, with {whom} for who is counted: "Black {whom}"."""
    known_as: tuple[str, ...] = ()
    """What spreadsheets call it."""


class Characteristic(Part):
    """What people are told apart by."""

    id: str = Field(pattern=CODE)
    name: str
    source: str
    certainty: Certainty
    groups: tuple[GroupOf, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def no_code_twice(self) -> Self:
        _require_different(self.id, [one.code for one in self.groups])
        return self


class StageOf(Part):
    code: str = Field(pattern=CODE)
    name: str = Field(max_length=60)
    of: str = ""
    """The earlier stage that it is counted out of, where that is not the one before."""
    care: str = ""
    """What to keep in mind when it is read."""


class Whom(Part):
    one: str
    many: str


class PathwayOf(Part):
    id: str = Field(pattern=CODE)
    name: str
    short_name: str = Field(max_length=40)
    whom: Whom
    kind: Kind
    characteristics: tuple[str, ...] = Field(min_length=1)
    """Those that are usually counted along it."""
    area: str
    """Code of the judgement area under which it is shown."""
    stages: tuple[StageOf, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def every_stage_follows_an_earlier_one(self) -> Self:
        _require_different(self.id, [one.code for one in self.stages])
        for place, stage in enumerate(self.stages):
            if stage.of and stage.of not in [one.code for one in self.stages[:place]]:
                raise ValueError(f"{self.id}: {stage.code} is counted out of {stage.of}, which is no earlier stage")
        return self


class CharacteristicsFile(Part):
    source: str
    characteristics: tuple[Characteristic, ...] = Field(min_length=1)


class PathwaysFile(Part):
    source: str
    pathways: tuple[PathwayOf, ...] = Field(min_length=1)


def _require_different(name: str, codes: list[str]) -> None:
    if len(set(codes)) < len(codes):
        raise ValueError(f"{name}: a code is used twice")
    if {NOT_KNOWN, OTHERS} & set(codes):
        raise ValueError(f"{name}: {NOT_KNOWN} and {OTHERS} are words of ours, so no code")
