"""An invented practice example that fills its page, and an invented register of evidence by area."""

from dataclasses import replace
from datetime import date

from reports.contents import (
    AreaRegister,
    HeldEntry,
    KeyFigure,
    Kind,
    Method,
    PackContents,
    PracticeExample,
    RegisterEntry,
    Row,
)
from tests.unit.reports import sample
from tracker.evidence.one_page import LONGEST, NAMES

PROSE = (
    "Social workers and foster carers met every week for an hour, without forms, to talk about one child at a time "
    "and what had to change before the next meeting. "
)
FACTS = ("contact", "team", "partners")
SECTIONS = ("aims", "done", "in_the_way", "shows")


def of_length(count: int) -> str:
    """Plain English of exactly so many characters."""
    return (PROSE * (count // len(PROSE) + 1))[:count]


def practice_example(**lengths: int) -> PackContents:
    """Every section as long as may be, or as ``lengths`` says: by its key in ``LONGEST``."""
    texts = {name: of_length(lengths.get(name, longest)) for name, longest in LONGEST.items()}
    return replace(
        sample.improvement_plan(),
        kind=Kind.PRACTICE_EXAMPLE,
        reference="P-17",
        title="Practice example",
        authority="Brent children’s services",
        short_title="Brent children’s services: practice example E-41",
        chapters=(
            PracticeExample(
                title=texts["title"],
                reference="E-41",
                facts=(*_rows(texts, FACTS), Row(head="Date", points=("12 November 2026, E-41",))),
                sections=_rows(texts, SECTIONS),
                voice=texts["words"],
                voice_of="Young person",
            ),
        ),
    )


def _rows(texts: dict[str, str], names: tuple[str, ...]) -> tuple[Row, ...]:
    return tuple(Row(head=NAMES[name], points=(texts[name],)) for name in names)


def evidence_register() -> PackContents:
    return replace(
        sample.improvement_plan(),
        kind=Kind.EVIDENCE_REGISTER,
        reference="P-18",
        title="Evidence register and bundle index",
        short_title="Brent children’s services: evidence register",
        status_meanings=(),
        chapters=(
            AreaRegister(
                title="Help and protection",
                figures=(KeyFigure(label="Pieces of evidence", value="2", note="1 of it stale"),),
                gaps=(Row(head="No evidence for", points=("HP1 Early help", "HP7 Private fostering")),),
                entries=(_held(231, "Fresh"), _held(232, "Stale, 8 months old")),
            ),
            AreaRegister(title="Care leavers"),
            Method(rows=(Row(head="How it was made", points=("From what was held.",)),)),
        ),
    )


def _held(number: int, freshness: str) -> HeldEntry:
    entry = RegisterEntry(
        reference=f"E-{number}", title="PLO tracker summary", kind="Data", dated=date(2026, 11, 12),
        owner="Samira Okafor", shows="22 of 24 dates complete", strength="Outcome",
    )  # fmt: skip
    return HeldEntry(
        entry=entry,
        freshness=freshness,
        held_as=f"E-{number} PLO tracker summary.xlsx",
        speaks_for=("For I-9: plans are dated",),
    )
