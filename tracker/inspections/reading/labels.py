"""The labels of judgement areas, the wordings of grades and the headings of findings, as frameworks know them."""

import re
from collections.abc import Container, Sequence

from rapidfuzz import fuzz

from tracker.frameworks.rules import plain
from tracker.frameworks.schema import Area, FindingType, Framework, Grade

LIKE_ENOUGH = 86
"""Per cent of likeness from which words that stand out as a heading are taken for a label. Source: our choice; labels
of different areas are at most 79 alike."""
NEAR_ENOUGH = 70
"""Per cent of likeness of what is left without the words that all labels share. Source: our choice."""
SPEAKS_OF_ALL = re.compile(r"\bservices\b|\barrangements\b|\boverall\b")
"""What a heading speaks of when its grade is the one for everything."""
_SHARED = re.compile(r"\b(?:the|experiences?|and|progress|of|who|with)\b\s*")
_FILLER = re.compile(r"(?:\s+(?:is|are|was|were|that|it|they|judged|as|to|be))+$")
"""What may stand between a label and its grade: "adoption performance is that it is good"."""


class Labels:
    """What the framework in force calls things; then what its sisters do, for a report that keeps older labels."""

    def __init__(self, framework: Framework, sisters: Sequence[Framework] = ()) -> None:
        self.framework = framework
        self._areas: dict[str, Area] = {}
        for known in (framework, *sisters):
            for area in known.areas:
                for label in (area.name, area.short_name, *area.variants):
                    self._areas.setdefault(plain(label), area)
        wordings = {
            plain(words): grade
            for grade in framework.scale
            for words in (grade.label, grade.short_label, *grade.variants)
        }
        self._grades = sorted(wordings.items(), key=lambda pair: -len(pair[0]))
        self._findings = {
            plain(words): kind for kind in framework.finding_types for words in (kind.name, *kind.heading_variants)
        }

    def also(self, printed: str, code: str) -> None:
        """Know an area by the label that this report's own table gives it."""
        area = next((area for area in self._areas.values() if area.code == code), None)
        if area is not None:
            self._areas.setdefault(plain(printed), area)

    def area(self, printed: str, *, loosely: bool = False) -> Area | None:
        """The area meant by a label: as a framework words it or, ``loosely``, nearly so."""
        wanted = plain(printed)
        exact = self._areas.get(wanted)
        if exact is not None or not loosely or len(wanted) < 12:
            return exact
        score, label = max((fuzz.ratio(wanted, label), label) for label in self._areas)
        return self._areas[label] if score >= LIKE_ENOUGH else None

    def is_whole(self, printed: str, area: Area) -> bool:
        """Whether words are all of an area's label, and not its short name, which may head a part of a part."""
        wanted = self.label_and_grade(printed)[0]
        return fuzz.ratio(wanted, plain(area.name)) >= LIKE_ENOUGH or (
            area in self.framework.areas and len(wanted) > 0.7 * len(plain(area.name))
        )

    def nearest(self, printed: str, but: Container[str] = ()) -> Area | None:
        """The area whose label has most in common with words that are surely a label, though none that is known.

        Compared without what all labels share, "the experiences and progress of". ``but`` are codes already taken.
        """
        if SPEAKS_OF_ALL.search(plain(printed)):
            return None
        wanted = _SHARED.sub(" ", plain(printed))
        areas = [(label, area) for label, area in self._areas.items() if area.code not in but and not area.overall]
        scored = [(_in_common(wanted, _SHARED.sub(" ", label)), label) for label, _ in areas]
        score, label = max(scored, default=(0, ""))
        return self._areas[label] if score >= NEAR_ENOUGH else None

    def grade(self, printed: str) -> Grade | None:
        wanted = plain(printed)
        return next((grade for words, grade in self._grades if words == wanted), None)

    def grade_within(self, text: str) -> Grade | None:
        """The outcome that a sentence states in words of its own: "arrangements lead to inconsistent experiences"."""
        said = plain(text)
        return next((grade for words, grade in self._grades if words in said and words.count(" ") > 2), None)

    def begins_grade(self, printed: str) -> bool:
        """Whether these words are a grade or its beginning."""
        wanted = plain(printed)
        return bool(wanted) and any(f"{words} ".startswith(f"{wanted} ") for words, _ in self._grades)

    def label_and_grade(self, printed: str) -> tuple[str, Grade | None]:
        """A heading cut into its label, in plain words, and the grade it ends with, if it does.

        "Families is: requires improvement to be good" and "Families: good" are both cut after "families".
        """
        wanted = plain(printed)
        for words, grade in self._grades:
            if wanted.endswith(f" {words}"):
                return _FILLER.sub("", wanted[: -len(words)].strip()), grade
        return wanted, None

    def finding(self, printed: str, *, loosely: bool = False) -> FindingType | None:
        """The type of finding that a heading announces."""
        wanted = plain(printed.rstrip("0123456789"))
        exact = self._findings.get(wanted)
        if exact is not None or not (loosely or printed.endswith(("?", ":"))):
            return exact
        score, heading = max(((fuzz.ratio(wanted, heading), heading) for heading in self._findings), default=(0, ""))
        if loosely and score > LIKE_ENOUGH + 4:
            return self._findings[heading]
        begun = [heading for heading in self._findings if wanted.startswith(f"{heading} ") and len(heading) > 12]
        return self._findings[max(begun, key=len)] if begun else None


def _in_common(printed: str, label: str) -> float:
    """Per cent of words in common, first of the shorter and then of both: of two labels within it the longer wins."""
    return 0.8 * fuzz.token_set_ratio(printed, label) + 0.2 * fuzz.token_sort_ratio(printed, label)
