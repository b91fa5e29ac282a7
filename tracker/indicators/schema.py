"""What a file of ``seed/indicators/`` may say: definitions of measures, checked when it is loaded."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from tracker.frameworks.schema import Certainty
from tracker.indicators.rules import Direction, Period, Unit


class Part(BaseModel):
    """Unknown keys are refused, so that a typing slip cannot pass unseen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Definition(Part):
    """One thing that can be counted on one basis. The same name on another basis is another definition."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    number: int = Field(ge=1)
    """Its place in the handbook's list; measures that are read together share one."""
    name: str
    short_name: str = Field(max_length=40)
    """For a cell of the matrix: "visits in time"."""
    definition: str
    """What it counts, in a sentence."""
    numerator: str
    denominator: str = ""
    """Empty where nothing is divided: a count."""
    of_whom: str = ""
    """What the denominator counts, in one or two words: "children"."""
    unit: Unit
    basis: str
    """How it is counted, so that two councils' figures are compared only when they mean the same."""
    direction: Direction
    care: str = ""
    """Why a good-looking figure may not be good: read it with this in mind."""
    source_return: str
    period: Period
    areas: tuple[str, ...] = Field(min_length=1)
    """Codes of judgement areas; the first is where it is shown."""
    themes: tuple[str, ...] = ()
    certainty: Certainty
    tolerance: float | None = Field(default=None, ge=0)
    """How far off its target still counts as near, in the unit of the figure. Source: our choice, for each unit."""
    target: float | None = None
    """Only where the definition itself implies one, such as none at all."""

    @field_validator("unit", mode="before")
    @classmethod
    def unit_by_name(cls, given: object) -> object:
        return _member(Unit, given)

    @field_validator("direction", mode="before")
    @classmethod
    def direction_by_name(cls, given: object) -> object:
        return _member(Direction, given)

    @model_validator(mode="after")
    def what_is_divided_says_by_what(self) -> Self:
        if self.unit in {Unit.PER_CENT, Unit.RATE} and not self.denominator:
            raise ValueError(f"{self.id}: say what it is out of, as denominator")
        return self


class IndicatorFile(Part):
    source: str
    """Where the definitions come from, for the page that shows them."""
    indicators: tuple[Definition, ...] = Field(min_length=1)


def _member(kind: type[Unit] | type[Direction], given: object) -> object:
    """Files name members as ``per_cent`` and ``higher``; the stored words are for people."""
    name = str(given).upper()
    if name not in kind.__members__:
        raise ValueError(f"must be one of {', '.join(member.lower() for member in kind.__members__)}")
    return kind[name]
