"""One practice example on one page, in the order of a practice spotlight submission."""

from datetime import date

from reports.contents import Kind, PackContents, PracticeExample, Row
from tracker.evidence.models import Evidence
from tracker.evidence.models import PracticeExample as Practice
from tracker.evidence.one_page import NAMES

INVENTED = "The example, its team and its figures are invented, and describe no child, family or member of staff."


def gather_example(
    evidence: Evidence, *, reference: str, today: date, demonstration: bool, replaces: str = ""
) -> PackContents:
    """Freeze a practice example. Its owner is not named: whom to ask is its key contact."""
    practice = evidence.practice
    if practice is None:
        raise LookupError(f"{evidence.reference} is no practice example")
    return PackContents(
        kind=Kind.PRACTICE_EXAMPLE,
        reference=reference,
        title="Practice example",
        short_title=f"{evidence.authority.name} children’s services: practice example {evidence.reference}",
        authority=f"{evidence.authority.name} children’s services",
        version=f"as at {today:%-d %B %Y}, {evidence.reference}",
        made_on=today,
        as_at=today,
        marking=str(evidence.marking).upper(),
        marking_note="no child can be identified from it",
        replaces=replaces,
        demonstration=INVENTED if demonstration else "",
        chapters=(
            PracticeExample(
                title=evidence.title,
                reference=evidence.reference,
                facts=_facts(evidence, practice),
                sections=_sections(evidence, practice),
                voice=evidence.words,
                voice_of=str(evidence.voice_of or ""),
            ),
        ),
    )


def _facts(evidence: Evidence, practice: Practice) -> tuple[Row, ...]:
    said = {
        NAMES["contact"]: practice.contact,
        NAMES["team"]: practice.team,
        NAMES["partners"]: practice.partners,
        "Date": f"{evidence.dated.day} {evidence.dated:%B %Y}, {evidence.reference}",
    }
    return tuple(Row(head=head, points=(words,)) for head, words in said.items() if words)


def _sections(evidence: Evidence, practice: Practice) -> tuple[Row, ...]:
    said = {
        NAMES["aims"]: practice.aims,
        NAMES["done"]: practice.done,
        NAMES["in_the_way"]: practice.in_the_way or "Nothing was recorded.",
        NAMES["shows"]: evidence.shows,
    }
    return tuple(Row(head=head, points=(words,)) for head, words in said.items())
