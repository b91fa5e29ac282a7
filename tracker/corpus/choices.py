"""What the corpus can be asked for beside words: areas across frameworks, grades and themes, with their names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tracker.frameworks.lineage import carries_on
from tracker.frameworks.queries import library
from tracker.frameworks.schema import CHILDRENS_SERVICES, Area


@dataclass(frozen=True)
class AreaChoice:
    """An area of today with those it carries on, or an area that nothing of today carries on."""

    code: str
    name: str
    codes: frozenset[str]


@cache
def areas() -> tuple[AreaChoice, ...]:
    """The areas that are judged today first. A joint area of an earlier framework belongs to each that it became."""
    today = library().of_regime(CHILDRENS_SERVICES)[-1].judged_areas
    found = {
        area.code: AreaChoice(area.code, area.short_name, frozenset({area.code, *area.continues})) for area in today
    }
    for area in _every_area():
        if area.code not in found and not any(carries_on(one, area.code) for one in today):
            found[area.code] = AreaChoice(area.code, area.short_name, frozenset({area.code}))
    return tuple(found.values())


def area_codes(code: str | None) -> frozenset[str]:
    """What an area of the address stands for; nothing for one that is not known."""
    return next((choice.codes for choice in areas() if choice.code == code), frozenset())


@cache
def area_wordings() -> Mapping[str, str]:
    """How people and reports name the areas that are judged today, and their codes."""
    today = library().of_regime(CHILDRENS_SERVICES)[-1].judged_areas
    return {words: area.code for area in today for words in (area.name, area.short_name, *area.variants)}


@cache
def grades() -> Mapping[str, str]:
    """Codes and labels of every framework's scale, best first."""
    return {grade.code: grade.short_label for one in library().frameworks.values() for grade in one.scale}


@cache
def grade_wordings() -> Mapping[str, str]:
    """How reports word the grades of children's services, and their codes."""
    scale = library().of_regime(CHILDRENS_SERVICES)[-1].scale
    return {words: grade.code for grade in scale for words in (grade.label, grade.short_label, *grade.variants)}


@cache
def theme_names() -> Mapping[str, str]:
    """Codes and names of every theme that passages may be about."""
    return {theme.code: theme.name for area in _every_area() for theme in area.themes}


def area_name(framework_id: str, code: str) -> str:
    """As the report's own framework calls it."""
    known = library().framework(framework_id).areas
    return next((area.short_name for area in known if area.code == code), code)


def _every_area() -> Iterator[Area]:
    for framework in library().frameworks.values():
        yield from framework.judged_areas
