"""What the pages of measures show: which are asked for, and where each belongs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from flask import request

from tracker.frameworks.schema import Area, Framework
from tracker.indicators import queries, rules
from tracker.indicators.measure_page import is_released
from tracker.indicators.models import Measure
from tracker.indicators.queries import Reading
from tracker.indicators.reading.queries import of_values
from tracker.indicators.reading.rules import Read
from tracker.indicators.rules import Standing
from tracker.people.models import Authority
from tracker.web import links
from tracker.web.links import Filter

Placed = TypeVar("Placed")

SHOW: Mapping[str, tuple[str, frozenset[Standing]]] = {
    "off": ("Off target", frozenset({Standing.OFF, Standing.OFF_AND_WORSENING})),
    "near": ("Near target", frozenset({Standing.NEAR_TARGET})),
    "at": ("At target", frozenset({Standing.AT_TARGET})),
    "missing": ("No figure or target", frozenset({Standing.NO_FIGURE, Standing.NO_TARGET})),
    "context": ("Context only", frozenset({Standing.CONTEXT})),
}
"""What an address may ask for by ``show``: its label and the standings it stands for."""


@dataclass(frozen=True)
class MeasuresPage:
    today: date
    total: int
    off: int
    missing: int
    released: Sequence[Measure]
    """Those whose definition a release changed, and nobody here has decided about."""
    show: Sequence[Filter]
    areas: Sequence[Filter]
    sections: Sequence[tuple[str, str, Sequence[tuple[Reading, Read]]]]
    """Code and name of each judgement area with its measures, exceptions first; areas without any are left out."""


def asked(authority: Authority, framework: Framework, today: date) -> MeasuresPage:
    readings = queries.with_latest(authority)
    counts = {key: sum(one.standing in standings for one in readings) for key, (_, standings) in SHOW.items()}
    wanted = SHOW.get(request.args.get("show", ""), ("", frozenset(Standing)))[1]
    return MeasuresPage(
        today=today,
        total=len(readings),
        off=counts["off"],
        missing=counts["missing"],
        released=[one.measure for one in readings if is_released(one.measure)],
        show=_show(len(readings), counts),
        areas=links.filters(
            "area", [(None, "Any"), *((area.code, area.short_name) for area in framework.judged_areas)]
        ),
        sections=by_area(
            [(one, of_values(one.measure, one.values, today)) for one in readings if one.standing in wanted],
            lambda pair: pair[0].measure.area_code,
            framework,
        ),
    )


def _show(total: int, counts: Mapping[str, int]) -> list[Filter]:
    found = [(key, label) for key, (label, _) in SHOW.items() if counts[key]]
    numbers: dict[str | None, int] = {None: total, **dict(counts.items())}
    return links.filters("show", [(None, "All"), *found], counts=numbers)


def by_area(
    those: Sequence[Placed], code_of: Callable[[Placed], str], framework: Framework
) -> list[tuple[str, str, Sequence[Placed]]]:
    """Those of the area that the address asks for, or of all: code and name of each area that has any."""
    wanted = request.args.get("area") or None
    return [section for section in placed(those, code_of, framework) if wanted in (None, section[0])]


def placed(
    those: Sequence[Placed], code_of: Callable[[Placed], str], framework: Framework
) -> list[tuple[str, str, Sequence[Placed]]]:
    """Code and name of each area that has any, with those that it has.

    In the framework's order; what belongs to an area that it no longer has comes last.
    """
    names = {area.code: area.short_name for area in framework.judged_areas}
    codes = dict.fromkeys([*names, *map(code_of, those)])
    found = {code: [one for one in those if code_of(one) == code] for code in codes}
    return [(code, names.get(code, "Other measures"), ones) for code, ones in found.items() if ones]


def place(measure: Measure, framework: Framework) -> tuple[str, str]:
    """Names of a measure's judgement area and theme, as the framework in force has them; empty where it has not."""
    areas: dict[str, Area] = {area.code: area for area in framework.judged_areas}
    themes = {theme.code: theme.name for area in framework.judged_areas for theme in area.themes}
    area = areas.get(measure.area_code)
    theme = f"{measure.theme_code} {themes.get(measure.theme_code, '')}".strip() if measure.theme_code else ""
    return area.short_name if area else measure.area_code, theme


def next_end(measure: Measure, today: date) -> date | None:
    """The end of the first period after the last figure that is over; without any figure, that of the last one over.

    None where every period that is over has its figure: whoever records one of a period that still runs says so.
    """
    ends = [end for end in rules.recent_ends(measure.period, today) if end < today]
    if measure.latest is None:
        return ends[0] if ends else None
    later = [end for end in ends if end > measure.latest.period_end]
    return later[-1] if later else None
