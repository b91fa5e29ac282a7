"""What a row of past audits can hold, and what the words in it may mean. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from tracker.audits.rules import LONGEST_TEXT, FamilyFeedback, Given, why_not_said
from tracker.audits.schema import Domain, Scale, ScaleKind, Tool
from tracker.platform import child_data
from tracker.platform.columns import Wanted, folded, likeliest_name
from tracker.platform.days import read_day
from tracker.platform.errors import Refused
from tracker.platform.lists import listed
from tracker.platform.previews import Meanings


class Field(StrEnum):
    """What a column can hold, besides one for the grade of each domain."""

    CASE = "case"
    TOOL = "tool"
    DAY = "day"
    AREA = "area"
    THEME = "theme"
    TEAM = "team"
    AUDITOR = "auditor"
    GRADE = "grade"
    MODERATED = "moderated"
    PRACTITIONER = "practitioner"
    PRACTITIONER_SAID = "practitioner_said"
    FAMILY = "family"
    FAMILY_SAID = "family_said"
    STRENGTHS = "strengths"
    FINDINGS = "findings"


NAMES: Mapping[Field, str] = {
    Field.CASE: "Case reference",
    Field.TOOL: "Tool",
    Field.DAY: "Date audited",
    Field.AREA: "Judgement area",
    Field.THEME: "Theme",
    Field.TEAM: "Team",
    Field.AUDITOR: "Auditor",
    Field.GRADE: "Overall grade",
    Field.MODERATED: "Moderated grade",
    Field.PRACTITIONER: "Whether the practitioner took part",
    Field.PRACTITIONER_SAID: "What the practitioner said",
    Field.FAMILY: "Whether the family’s feedback was obtained",
    Field.FAMILY_SAID: "What the family said",
    Field.STRENGTHS: "What was good",
    Field.FINDINGS: "Findings",
}

KNOWN_AS: Mapping[Field, tuple[str, ...]] = {
    Field.CASE: ("Case", "Case ref", "Case ID", "Case number", "Reference", "Child reference", "Audit ref"),
    Field.TOOL: ("Audit tool", "Audit type", "Type of audit", "Audit"),
    Field.DAY: ("Date", "Audit date", "Date of audit", "Date completed", "Completed"),
    Field.AREA: ("Area", "Judgement", "Service area"),
    Field.THEME: ("Audit theme", "Subject"),
    Field.TEAM: ("Team name", "Service team"),
    Field.AUDITOR: ("Audited by", "Auditor name", "Completed by", "Reviewer"),
    Field.GRADE: ("Grade", "Overall", "Overall judgement", "Overall rating", "Rating", "Audit grade", "Auditor grade"),
    Field.MODERATED: ("Moderation grade", "Moderated", "Grade after moderation", "Moderated judgement", "Final grade"),
    Field.PRACTITIONER: (
        "With the practitioner",
        "Practitioner involved",
        "Practitioner present",
        "Social worker involved",
        "Social worker present",
        "Worker involved",
        "Completed with practitioner",
        "Collaborative audit",
    ),
    Field.PRACTITIONER_SAID: (
        "Practitioner comments",
        "Practitioner feedback",
        "Practitioner view",
        "Practitioner reflections",
        "Social worker comments",
        "Social worker feedback",
        "Worker reflections",
    ),
    Field.FAMILY: (
        "Family feedback",
        "Feedback obtained",
        "Family spoken to",
        "Parent feedback obtained",
        "Family contacted",
        "Parent or carer contacted",
    ),
    Field.FAMILY_SAID: (
        "Family comments",
        "Family view",
        "Parent feedback",
        "Parent carer feedback",
        "Feedback from family",
        "Feedback from parents",
        "Views of child and family",
        "Child and family feedback",
    ),
    Field.STRENGTHS: ("Strengths", "What was seen", "What is working well", "Good practice", "Comments", "Summary"),
    Field.FINDINGS: ("Finding", "Areas for improvement", "Actions required", "What needs to improve", "Learning"),
}
"""What others call each column in their own lists of audits. Our choice, from how councils publish their audits."""

NEEDED = frozenset({Field.CASE, Field.TOOL, Field.DAY, Field.GRADE})
DOMAIN = "domain_"
"""Begins the key of the column for a domain's grade; its name as ``folded`` follows. It names a question of a form."""
KEEP_NAME = "keep"
"""The meaning of an auditor's name that is no colleague's: kept as it is written."""
NO_TEAM = "no team"
"""The meaning of a team's name that is nobody's here, such as of a team that is gone: the audit has no team."""
NOT_KNOWN = "not known"
"""The meaning of a word that does not answer what its column asks, such as a question mark."""
NOT_NAMED = "Not named in the file"
LEFT_OUT = "does_not_apply"
"""The meaning of a word that says that a domain does not apply."""
LONGEST_NAME = 120
"""Characters of an auditor's name. Our choice."""

YES, NO = "yes", "no"
TOOK_PART: Mapping[str, str] = {"yes": YES, "y": YES, "true": YES, "took part": YES, "no": NO, "n": NO, "false": NO}
"""What words say of a practitioner's part; anybody else's are asked about."""
HEARD: Mapping[str, FamilyFeedback] = {
    **{folded(feedback.value): feedback for feedback in FamilyFeedback},
    "yes": FamilyFeedback.OBTAINED,
    "y": FamilyFeedback.OBTAINED,
    "no": FamilyFeedback.NOT_YET,
    "n": FamilyFeedback.NOT_YET,
    "not obtained": FamilyFeedback.NOT_YET,
    "refused": FamilyFeedback.DECLINED,
}
"""What words say of a family's feedback, as ``folded``."""

NO_GRADE = frozenset({"", "n a", "na", "not applicable", "does not apply"})

LEADS_TO_A_CHILD = re.compile(
    r"\b(?:d\.?o\.?b\b|date of birth|birth\s?da(?:te|y)|nhs|upn|pupil number|post\s?code|home address"
    r"|(?:sur|fore|first|last|given|family|birth)\s?names?"
    r"|(?:child|children|young person|yp|client|service user|patient)(?:[’']?s[’']?)?\s+(?:full\s+)?names?"
    r"|names? of (?:the )?(?:child|young person|client))\b",
    re.IGNORECASE,
)
"""Headings of columns that hold what leads to a child. A file with one is not kept."""
BULLET = re.compile(r"^(?:[-–•*·▪]|\d{1,2}[.)])\s*")


@dataclass(frozen=True)
class Past:
    """A past audit as its row says it. Codes are of its tool; ids are of this authority."""

    case: str
    tool: Tool
    on: date
    area_code: str
    theme_code: str | None
    team_id: object
    auditor_id: object
    auditor_said: str
    grade: str
    moderated: str | None
    domains: Mapping[str, Given]
    with_practitioner: bool | None
    practitioner_said: str
    family_feedback: FamilyFeedback | None
    family_said: str
    strengths: str
    findings: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, date]:
        return self.tool.id, self.case, self.on


def wanted(tools: Sequence[Tool], *, asks_for_tool: bool) -> tuple[Wanted, ...]:
    """What a file can say: the columns of every audit, then one for each domain of the tools it was made with."""
    of_all = tuple(
        Wanted(field, NAMES[field], KNOWN_AS[field], needed=field in NEEDED)
        for field in Field
        if field is not Field.TOOL or asks_for_tool
    )
    domains: dict[str, Wanted] = {}
    for domain in (domain for tool in tools for domain in tool.domains):
        known_as = (domain.short_name,) if domain.short_name else ()
        domains.setdefault(domain_key(domain), Wanted(domain_key(domain), domain.name, known_as))
    return (*of_all, *domains.values())


def domain_key(domain: Domain) -> str:
    """Domains of one name have one column, whatever their tools."""
    return DOMAIN + folded(domain.name).replace(" ", "_")


def scale_key(tool: Tool) -> str:
    """Under which the words for its grades are remembered: tools of one scale share them."""
    return f"{Field.GRADE}:{','.join(grade.code for grade in tool.grades)}"


def grade_meant(tool: Tool, word: str, meanings: Meanings) -> str | None:
    """The code of a grade, or LEFT_OUT; None for a word that somebody has to explain.

    Our own words are known. Anybody else's are asked about: a 2 can be the second best or the second worst.
    """
    told = meanings.get(scale_key(tool), {}).get(folded(word))
    if told == LEFT_OUT or (told and tool.offers(told)):
        return told
    return _own_words(tool.scale).get(folded(word))


@lru_cache(maxsize=100)
def _own_words(scale: Scale) -> Mapping[str, str]:
    """Our own words for the grades of a scale to their codes; asked for in every cell of a file."""
    return {
        folded(word): grade.code
        for grade in scale.grades
        for word in (grade.code, grade.label, grade.short_label, *grade.variants)
    }


def likeliest_grade(tool: Tool, word: str) -> str:
    """The code to offer for a word that is not ours; empty where none is likely."""
    said = folded(word)
    if said in NO_GRADE:
        return LEFT_OUT
    if tool.scale.kind is ScaleKind.FRAMEWORK and said.isdigit() and 1 <= int(said) <= len(tool.grades):
        return tool.grades[int(said) - 1].code
    for grade in tool.grades:
        words = folded(grade.short_label).split()
        if said in {"".join(each[0] for each in words), " ".join(each[0] for each in words)}:
            return grade.code
        begun = said.split()
        if len(begun) == len(words) and all(whole.startswith(short) for whole, short in zip(words, begun, strict=True)):
            return grade.code
    return likeliest_name(word, {grade.code: grade.short_label for grade in tool.grades}) or ""


def day_audited(text: str, *, today: date) -> date:
    if not text:
        raise Refused("Give the day of the audit.")
    day = read_day(text)
    if day is None:
        raise Refused(f"“{text[:80]}” is not a day. Write it like 11 December 2024.")
    if day > today:
        raise Refused(f"{day:%-d %B %Y} has not come yet. A past audit was made today or before.")
    return day


def area_of(tool: Tool, code: str | None) -> str:
    """The area that a row or the whole file says, or the only one in which the tool is used."""
    if code is None and len(tool.areas) == 1:
        return tool.areas[0]
    if code is None:
        raise Refused(f"{tool.name} is used in several areas. Say in which, in the file or for all of its rows.")
    if code not in tool.areas:
        raise Refused(f"{tool.name} is not used in that area.")
    return code


def family_heard(feedback: FamilyFeedback | None, said: str) -> FamilyFeedback | None:
    """What a row says of the family's feedback: with words of theirs it was obtained. None where it is silent."""
    if feedback is None:
        return FamilyFeedback.OBTAINED if said else None
    if why_not := why_not_said(feedback, said):
        raise Refused(why_not.replace("You wrote", "The row has", 1))
    return feedback


def findings_in(text: str) -> tuple[str, ...]:
    """Each line of a list is a finding of its own; a text that is no list is one.

    >>> findings_in("- Plans are late\\n- No visit"), findings_in("Plans are late\\nand vague")
    (('Plans are late', 'No visit'), ('Plans are late and vague',))
    """
    lines = [line for line in text.splitlines() if line.strip()]
    listed_ones = len(lines) > 1 and all(BULLET.match(line.strip()) for line in lines)
    parts = [BULLET.sub("", line.strip()) for line in lines] if listed_ones else [text]
    return tuple(dict.fromkeys(said for part in parts if (said := " ".join(part.split()))))


def require_no_child(text: str) -> None:
    """Refuse a cell that is too long or that is sure to lead to a child."""
    if len(text) > LONGEST_TEXT:
        raise Refused(f"Use at most {LONGEST_TEXT:,} characters.")
    if why_not := child_data.why_not_hidden(text):
        raise Refused(why_not)


def require_harmless_headings(headings: Iterable[str]) -> None:
    """Refuse a file that has a column of names, birthdays or numbers of children: it must not be kept at all."""
    wrong = [" ".join(heading.split())[:80] for heading in headings if LEADS_TO_A_CHILD.search(heading)]
    if wrong:
        names = listed([f"“{heading}”" for heading in wrong])
        raise Refused(
            f"The file has a column that leads to a child: {names}. Delete it, save the file and choose it again. "
            "Nothing of it was kept."
        )
