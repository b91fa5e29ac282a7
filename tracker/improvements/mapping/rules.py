"""What an improvement item is likely to speak of, and why. Pure: texts and framework data in, suggestions out."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from tracker.frameworks.lineage import carries_on
from tracker.frameworks.schema import Area, Framework
from tracker.improvements.mapping.similarity import Collection, Match, Text
from tracker.improvements.rules import MappedTo
from tracker.inspections.rules import cited_paragraphs, without_references
from tracker.platform.lists import listed

MOST_PARAGRAPHS = 8
MOST_TELLING = 3
MOST_THEMES = 5
LEAST_THEME = 0.35
LEAST_AREA = 0.3
LEAST_ECHO = 0.28
SAME_THEME = 0.3
CLEAR_THEME = 0.75
MOST_ECHOES = 3
"""How much is shown, and below which share of the best it would be noise. Our choices, from suggestions read by eye:
of 45 items, each with its likeliest counterpart in 46 reports, 24 of the 30 pairs that score at least 0.28 name the
same weakness, and 2 of the 15 that score less."""
NAME_WEIGHT = 3
"""How often a theme's name counts beside its explanation."""

CITED_REASON = "The report itself names this paragraph for the item"


@dataclass(frozen=True)
class NumberedText:
    """A paragraph as far as suggestions need it."""

    number: int | None
    area: str | None
    """Code of the report's own framework."""
    text: str


@dataclass(frozen=True)
class Suggestion:
    rank: int
    """1 is the likeliest of its kind."""
    score: float
    reason: str
    """Why, as a sentence for a person."""
    to: MappedTo | None = None
    """None for an earlier item."""
    code: str | None = None
    place: int | None = None
    """Which of the paragraphs or earlier items, in the order given, from 0."""


def suggest_paragraphs(wording: str, paragraphs: Sequence[NumberedText]) -> list[Suggestion]:
    """The paragraphs of the same report that speak of an item, those it cites before all others."""
    cited = set(cited_paragraphs(wording))
    matches = Collection([paragraph.text for paragraph in paragraphs]).like(without_references(wording))
    named = [place for place, paragraph in enumerate(paragraphs) if paragraph.number in cited]
    found = [(place, 1.0, CITED_REASON) for place in named]
    telling = [match for match in matches if match.shared and match.place not in named]
    found += [(match.place, match.score, shares(match.shared)) for match in telling]
    return [
        Suggestion(rank, score, reason, MappedTo.PARAGRAPH, place=place)
        for rank, (place, score, reason) in enumerate(found[: max(MOST_PARAGRAPHS, len(named))], start=1)
    ]


def suggest_themes(wording: str, framework: Framework) -> list[Suggestion]:
    """The themes that an item speaks of, by their names and what they mean."""
    themes = [theme for area in framework.judged_areas for theme in area.themes]
    matches = Collection(_theme_texts(framework)).like(without_references(wording))
    likely = [match for match in matches if match.shared and match.score >= LEAST_THEME]
    return [
        Suggestion(rank, match.score, shares(match.shared), MappedTo.THEME, code=themes[match.place].code)
        for rank, match in enumerate(likely[:MOST_THEMES], start=1)
    ]


def suggest_areas(
    framework: Framework,
    *,
    themes: Sequence[Suggestion],
    paragraphs: Sequence[Suggestion],
    texts: Sequence[NumberedText],
) -> list[Suggestion]:
    """The judgement areas that the suggested themes and paragraphs belong to, those with most behind them first."""
    behind = [
        (area, _its_themes(area, themes), _its_paragraphs(area, paragraphs[:MOST_TELLING], texts))
        for area in framework.judged_areas
    ]
    support = {
        area.code: sum(one.score for one in [*own_themes, *own_paragraphs])
        for area, own_themes, own_paragraphs in behind
    }
    best = max(support.values(), default=0.0) or 1.0
    likely = sorted(
        (one for one in behind if support[one[0].code] / best >= LEAST_AREA), key=lambda one: -support[one[0].code]
    )
    return [
        Suggestion(
            rank,
            round(support[area.code] / best, 3),
            _holds([one.code or "" for one in own_themes], [texts[one.place or 0].number for one in own_paragraphs]),
            MappedTo.AREA,
            code=area.code,
        )
        for rank, (area, own_themes, own_paragraphs) in enumerate(likely, start=1)
    ]


def _its_themes(area: Area, themes: Sequence[Suggestion]) -> list[Suggestion]:
    own = {theme.code for theme in area.themes}
    return [theme for theme in themes if theme.code in own]


def _its_paragraphs(area: Area, paragraphs: Sequence[Suggestion], texts: Sequence[NumberedText]) -> list[Suggestion]:
    return [one for one in paragraphs if carries_on(area, texts[one.place or 0].area or "")]


def _holds(themes: Sequence[str], numbers: Sequence[int | None]) -> str:
    """
    >>> _holds(["HP11", "HP12"], [8])
    'The likely themes HP11 and HP12 and paragraph 8 belong to it'
    """
    parts = [("theme", themes), ("paragraph", [str(number or "without a number") for number in numbers])]
    named = [f"{what}{'s' if len(names) > 1 else ''} {listed(names)}" for what, names in parts if names]
    return f"The likely {listed(named)} {'belongs' if len(themes) + len(numbers) == 1 else 'belong'} to it"


def suggest_echoes(wording: str, earlier: Sequence[str], framework: Framework) -> list[Suggestion]:
    """Which of the earlier items say what ``wording`` says: the same words, or clearly the same theme.

    A score is the share of its words that two items have in common, so an item that is new has no echo.
    """
    own = without_references(wording)
    others = [without_references(other) for other in earlier]
    texts = Collection([own, *others], background=_theme_texts(framework))
    found = [match for match in texts.like(own) if match.place > 0 and match.shared]
    themes = _clear_themes([own, *others], framework) if found else []
    echoes = [_echo(texts, match, themes[0] & themes[match.place]) for match in found]
    likely = sorted((echo for echo in echoes if echo.score >= LEAST_ECHO), key=lambda echo: -echo.score)
    return [replace(echo, rank=rank) for rank, echo in enumerate(likely[:MOST_ECHOES], start=1)]


def _echo(texts: Collection, match: Match, themes: Set[str]) -> Suggestion:
    """A short item may be a part of a long one: what it says counts, or what both say of each other."""
    there, back = texts.share(0, match.place), texts.share(match.place, 0)
    score = round(max(there, (there + back) / 2), 3)
    both = Text(" ".join(match.shared)).words
    named = sorted(theme for theme in themes if both & Text(theme).words)
    if not named:
        return Suggestion(0, score, shares(match.shared), place=match.place - 1)
    reason = f"{shares(match.shared)}. Both are likely about: {', '.join(named)}"
    return Suggestion(0, max(score, SAME_THEME), reason, place=match.place - 1)


def _theme_texts(framework: Framework) -> list[str]:
    themes = [theme for area in framework.judged_areas for theme in area.themes]
    return [". ".join([theme.name] * NAME_WEIGHT + [theme.means]) for theme in themes]


def _clear_themes(wordings: Sequence[str], framework: Framework) -> list[set[str]]:
    """The names of the themes that each is about, as far as its words tell."""
    themes = [theme for area in framework.judged_areas for theme in area.themes]
    texts = Collection(_theme_texts(framework))
    return [
        {themes[match.place].name for match in texts.like(wording) if match.shared and match.score >= CLEAR_THEME}
        for wording in wordings
    ]


def shares(words: Sequence[str]) -> str:
    """The reason that a person is shown.

    >>> shares(("pre-proceedings", "kinship"))
    'Both say: pre-proceedings, kinship'
    """
    return f"Both say: {', '.join(words)}"
