"""An invented written statement of action. Only what inspectors said is real."""

from dataclasses import replace
from datetime import date

from reports.contents import (
    AnsweredItem,
    InspectionFacts,
    Kind,
    Method,
    PackContents,
    ProposedAction,
    ProposedActions,
    Row,
    Signatory,
    Signatures,
    StatutoryDeadline,
    Tone,
    Watching,
    Word,
)
from tests.unit.reports import sample


def statement_of_action() -> PackContents:
    return replace(
        sample.improvement_plan(),
        kind=Kind.STATEMENT_OF_ACTION,
        reference="P-16",
        title="Written statement of action of children’s services",
        short_title="Brent children’s services: written statement of action",
        subtitle="What we propose to do in answer to the inspection report, and by when",
        prepared_for="The Secretary of State and His Majesty’s Chief Inspector",
        status_meanings=(),
        chapters=(inspection(), actions(), watching(), signatures(), Method(attribution="Ofsted reports.")),
    )


def inspection() -> InspectionFacts:
    return InspectionFacts(
        rows=(
            Row(head="Inspection", points=("Inspection of children’s services [R-3], ILACS 2026",)),
            Row(head="Judgements", points=("Children in care: Good", "Care leavers: Good")),
        ),
        deadlines=(
            StatutoryDeadline(
                name="Publish the report", rule="30 working days after the report is received", by=date(2026, 7, 29),
                standing=Word(text="Done on its last day", tone=Tone.GOOD), done="29 July 2026: brent.gov.uk",
            ),
            StatutoryDeadline(
                name="Send the written statement", rule="70 working days after the report is received", by=None,
                standing=Word(text="Runs from the day the report is received, not yet recorded"),
            ),
        ),
    )  # fmt: skip


def actions() -> ProposedActions:
    return ProposedActions(
        lede="2 things to improve and 2 actions. 1 of them has no action yet.",
        items=(
            AnsweredItem(
                reference="I-10",
                words="The consideration of children’s previous history in decision-making in the Brent family front"
                " door.",
                source="Ofsted report, page 2: what needs to improve",
                owner="Service Manager, Front Door",
                actions=(
                    ProposedAction(
                        reference="A-106", title="A third contact in 12 months goes to a team manager for decision",
                        lead="Service Manager, Front Door", due=date(2026, 9, 30),
                        accountable="Director of practice", partner="Metropolitan Police",
                        success="History is weighed in **nine of ten** decisions [E-231]",
                        milestones=("Rule agreed, 31 July 2026", "All shifts use it, 31 August 2026"),
                        board="Improvement board",
                    ),
                    ProposedAction(
                        reference="A-107", title="Workshops on cumulative harm", lead="Principal Social Worker",
                        due=date(2026, 11, 30),
                    ),
                ),
            ),
            AnsweredItem(reference="I-11", words="Life-story work for children in long-term care.", source="Page 2"),
        ),
    )  # fmt: skip


def watching() -> Watching:
    return Watching(rows=(Row(head="Boards", points=("Improvement board",)),))


def signatures() -> Signatures:
    return Signatures(
        declaration="This is the statement of the action that the authority proposes to take.",
        signatories=(
            Signatory(post="Director of children’s services", name="Dana Whitfield"),
            Signatory(post="Witness"),
        ),
    )
