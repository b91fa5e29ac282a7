"""An invented plan and audits for the sample pack. Only what inspectors said is real."""

from dataclasses import replace
from datetime import date

from reports.contents import (
    AuditFinding,
    AuditGrades,
    AuditPeriod,
    Audits,
    EarlierItem,
    Plan,
    PlanAction,
    PlanItem,
    Row,
    Tone,
    Word,
)
from tests.unit.reports.sample_area import (
    AT_RISK,
    AWAITING,
    DELIVERED,
    NOT_SHOWN,
    NOT_STARTED,
    OFF_TRACK,
    ON_TRACK,
    SCALE,
    SHOWN,
    audit_grades,
)


def action(number: int, title: str, lead: str, due: date, status: Word, difference: str = "") -> PlanAction:
    word = {DELIVERED.text: NOT_SHOWN}.get(status.text)
    return PlanAction(
        reference=f"A-{number}", title=title, lead=lead, due=due, status=status, difference=difference,
        difference_word=word,
    )  # fmt: skip


def plan() -> Plan:
    ofsted = "Inspectors’ words, Ofsted, 17 June 2026"
    head = "Head of Safeguarding and Court"
    return Plan(
        lede="Three items from the 2026 inspection and nine actions. One is off track, and we say why.",
        items=(
            PlanItem(
                reference="I-9", source=ofsted, owner=head, notes="Outcome 2",
                words=(
                    "The consistency with which work with children subject to care proceedings, and the"
                    " pre-proceedings stage of the Public Law Outline (PLO) is progressed, in particular the"
                    " management oversight and decision making of this work."
                ),
                actions=(
                    replace(
                        action(101, "Weekly panel records each child’s next decision, its date and who takes it", head,
                               date(2026, 7, 31), DELIVERED,
                               "Tracker complete for 34 of 36 children, from 22 of 36 in May [E-214]"),
                        difference_word=SHOWN,
                    ),
                    replace(
                        action(102, "Rebuild the tracker from the case system", "Head of Performance",
                               date(2026, 9, 30), AWAITING, "None yet. Dip sample booked for 12 November"),
                        was_due=date(2026, 8, 31),
                    ),
                    action(103, "Assistant director reviews each child at week 12", head, date(2026, 11, 30), ON_TRACK,
                           "Six children over 16 weeks, from 13 [E-214]"),
                    action(104, "Re-audit 20 children in pre-proceedings, moderated by another authority",
                           "Principal Social Worker", date(2027, 1, 31), ON_TRACK, "Baseline 9 of 20 [E-219]"),
                ),
            ),
            PlanItem(
                reference="I-10", source=ofsted, owner="Service Manager, Front Door", notes="Outcome 2",
                words="The consideration of children’s previous history in decision-making in the Brent family front"
                " door.",
                actions=(
                    action(106, "A third contact in 12 months goes to a team manager for decision",
                           "Service Manager, Front Door", date(2026, 9, 30), DELIVERED, "Repeat-contact audit to come"),
                    action(107, "Workshops on cumulative harm for all 24 front door practitioners",
                           "Principal Social Worker", date(2026, 11, 30), ON_TRACK, "17 of 24 have attended [E-222]"),
                    action(108, "Multi-agency audit of 30 children with repeat contacts", "Partnership Manager",
                           date(2026, 12, 15), AT_RISK, "None yet. Health auditors not confirmed"),
                ),
            ),
            PlanItem(
                reference="I-12", source=ofsted, owner="", notes="Outcome 4",
                words="The completion of mandatory training for approved foster carers.",
                actions=(
                    action(111, "Evening, weekend and online sessions for every mandatory course", "Learning Lead",
                           date(2027, 2, 28), NOT_STARTED),
                    action(114, "Fostering panel considers each carer more than three months overdue",
                           "Fostering Service Manager", date(2026, 9, 30), OFF_TRACK,
                           "Nine of 14 seen: no quorum in September [E-228]"),
                ),
            ),
        ),
        earlier=(
            EarlierItem(
                year="2023", reference="I-6", stands=Word(text="Closed", tone=Tone.GOOD), because="Board [E-245]",
                words="The attendance of children in care at their reviews and the quality of information provided to"
                " children following their reviews.",
            ),
            EarlierItem(
                year="2018", reference="I-2", stands=Word(text="Now in I-9", tone=Tone.STEADY),
                because="The same concern in a new form: I-9",
                words="Escalation to pre-proceedings where children’s circumstances do not improve quickly enough,"
                " including the application of statutory guidance in kinship placements.",
            ),
        ),
    )  # fmt: skip


def audits() -> Audits:
    better, early, little = (
        Word(text=text, tone=tone)
        for text, tone in (("Better", Tone.GOOD), ("Too early", Tone.PLAIN), ("Little change", Tone.CAUTION))
    )
    return Audits(
        lede="An audit matters when something is different for children afterwards. Each finding below has a change,"
        " and a second look.",
        grades=audit_grades("All audits after moderation"),
        domains=AuditGrades(
            caption="The latest quarter, domain by domain", scale=SCALE,
            periods=(
                AuditPeriod(label="Voice of the child", counts=(8, 25, 12, 1)),
                AuditPeriod(label="Assessment", counts=(4, 29, 12, 1)),
                AuditPeriod(label="Plan", counts=(3, 22, 18, 3)),
                AuditPeriod(label="Management oversight", counts=(2, 19, 21, 4)),
            ),
        ),
        findings=(
            AuditFinding(reference="F-14", source="Q-61, May 2026", state=better,
                         found="At the front door, history was missing from 19 of 50 decisions to take no further"
                         " action", changed="The record asks for history before a decision is saved (A-106)",
                         second_look="Missing from 7 of 50 in September [E-208]"),
            AuditFinding(reference="F-17", source="Q-72, July 2026", state=early,
                         found="What children said in return interviews was absent from 9 of 15 plans",
                         changed="The interview is read out at the next review", second_look="Due February [E-220]"),
            AuditFinding(reference="F-18", source="Q-75, March 2026", state=little,
                         found="Fathers living apart were not asked in 14 of 40 assessments",
                         changed="Team managers return an assessment that leaves out a parent without a reason",
                         second_look="Not asked in 12 of 40 [E-210]"),
            AuditFinding(reference="F-19", source="Q-88, September 2026", state=Word(text="Open"),
                         found="Chronologies were out of date for 12 of 46 children"),
        ),
        trust=(
            Row(head="Practitioners", points=("44 of the latest 46 audits were done with the practitioner [E-210].",)),
            Row(head="Families", points=("A parent or child spoke to the auditor in 29 of 46 [E-231].",)),
            Row(head="Moderation", points=("All 46 were moderated. Three grades changed, all down by one [E-212].",)),
        ),
    )  # fmt: skip
