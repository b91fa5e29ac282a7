"""What auditors write, drawn from the files in turn: no sentence comes again before every other has been used."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.demonstration.audit_schema import Said, WordsFile
from tracker.demonstration.schema import Grade

Pronoun = Literal["she", "he"]

OTHER: Mapping[Pronoun, re.Pattern[str]] = {
    "she": re.compile(r"\b(he|him|his|himself|boy|boys)\b", re.IGNORECASE),
    "he": re.compile(r"\b(she|her|hers|herself|girl|girls)\b", re.IGNORECASE),
}
"""Words that would make an auditor speak of two children in one audit."""

NOT_SAID_OF: Mapping[str, re.Pattern[str]] = {
    "baby": re.compile(
        r"\b(school|teacher|reads?|reading|said|says|asks?|asked|told|drew|draw(n|ing|ings)|chose|homework|attendance"
        r"|teenager|alone|words|advocate|spoke|tutor|college|autism|hair|class|sleeps|knows?|knew|boys|houses tool"
        r"|eldest|brothers?|years? ago|questions|eats|five months|four months)\b",
        re.IGNORECASE,
    ),
    "small": re.compile(
        r"\b(school|teacher|reads?|reading|homework|attendance|teenager|tutor|college|class|eldest)\b", re.IGNORECASE
    ),
    "older": re.compile(r"\b(baby|baby’s|babies|toddler|toddler’s|health visitor)\b", re.IGNORECASE),
}
AGES = {
    "Not born yet": "baby", "Under 1": "baby", "1 to 4": "small", "5 to 9": "older", "10 to 15": "older",
    "16 and 17": "older",
}  # fmt: skip
"""Of other bands, several children and young adults, anything may be said."""


@dataclass(frozen=True)
class Child:
    """Whom an audit is about, as far as its words depend on it."""

    pronoun: Pronoun
    age_band: str

    def fits(self, line: str) -> bool:
        """
        >>> Child("he", "10 to 15").fits("She asks her carer"), Child("she", "Under 1").fits("Seen at school")
        (False, False)
        """
        if OTHER[self.pronoun].search(line):
            return False
        age = AGES.get(self.age_band)
        return age is None or NOT_SAID_OF[age].search(line) is None


class Phrases:
    def __init__(self, files: Sequence[WordsFile]) -> None:
        self._words = {name: by_grade for file in files for name, by_grade in file.words.items()}
        self._strengths = {tool: lines for file in files for tool, lines in file.strengths.items()}
        self._agreed = [line for file in files for line in file.agreed]
        self._used: dict[str, int] = defaultdict(int)

    def seen(self, tool: str, domain: str, grade: Grade, child: Child) -> str:
        """One or two sentences: every other audit has more to say of a domain."""
        bank = self._bank(tool, domain, grade)["seen"]
        first = self._next(bank, child)
        second = self._next(bank, child) if self._turn(f"{tool}.{domain}") % 2 else first
        return first if second == first else f"{first} {second}"

    def made(self, tool: str, domain: str, grade: Grade, child: Child) -> str:
        return self._next(self._bank(tool, domain, grade)["made"], child)

    def strengths(self, tool: str, child: Child) -> str:
        return self._next(self._strengths[tool], child)

    def agreed(self) -> str:
        return self._agreed[self._turn("agreed") % len(self._agreed)]

    def _bank(self, tool: str, domain: str, grade: Grade) -> Said:
        """The tool's own words for a domain, or those of every tool; good where nothing better was written."""
        by_grade = self._words.get(f"{tool}.{domain}") or self._words[domain]
        return by_grade.get(grade) or by_grade["good"]

    def _next(self, lines: Sequence[str], child: Child) -> str:
        """The line used least, of those that can speak of this child."""
        fitting = [line for line in lines if child.fits(line)] or list(lines)
        line = min(fitting, key=lambda one: self._used[one])
        self._used[line] += 1
        return line

    def _turn(self, of: str) -> int:
        self._used[of] += 1
        return self._used[of] - 1
