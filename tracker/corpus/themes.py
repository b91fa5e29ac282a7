"""What a passage is likely about: the themes of its report's framework whose name it shares words with. Pure.

A likelihood, never a decision: it finds passages and is shown as likely. What an authority's own items are mapped to is
decided in the improvements room and is nobody else's to search.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tracker.frameworks.queries import library
from tracker.frameworks.schema import Theme
from tracker.improvements.mapping.similarity import Collection, Text, weight

MOST_THEMES = 2
LEAST_SHARE = 0.7
"""Of the likeliest theme's score. Our choices, from passages of 20 reports read by eye."""
NAME_WEIGHT = 3
"""How often a theme's name counts beside its explanation, as where items are mapped."""


@dataclass(frozen=True)
class LikelyTheme:
    code: str
    area: str
    """Code of the area that the framework puts it in."""


@dataclass(frozen=True)
class _Themes:
    """The themes of one framework, ready to be compared with."""

    placed: Sequence[tuple[str, Theme]]
    """Each with its area's code."""
    names: Sequence[frozenset[str]]
    """The telling words of each name."""
    texts: Collection


def likely_themes(text: str, framework_id: str, area: str | None = None) -> list[LikelyTheme]:
    """The likeliest first; none where the framework has no themes, or none speaks of it.

    They are of one area, the one that the text is printed under, if it has any: names of themes are alike across areas.
    """
    known = _themes(framework_id)
    if not known.placed:
        return []
    words = Text(text).words
    likely = [
        match
        for match in known.texts.like(text)
        if match.score >= LEAST_SHARE and match.shared and known.names[match.place] & words
    ]
    found = [LikelyTheme(theme.code, its) for its, theme in (known.placed[match.place] for match in likely)]
    for wanted in (area, *(theme.area for theme in found)):
        alike = [theme for theme in found if theme.area == wanted]
        if alike:
            return alike[:MOST_THEMES]
    return []


@cache
def _themes(framework_id: str) -> _Themes:
    areas = library().framework(framework_id).judged_areas
    placed = [(area.code, theme) for area in areas for theme in area.themes]
    names = [frozenset(word for word in Text(theme.name).words if weight(word) == 1.0) for _, theme in placed]
    texts = Collection([". ".join([theme.name] * NAME_WEIGHT + [theme.means]) for _, theme in placed])
    return _Themes(placed, names, texts)
