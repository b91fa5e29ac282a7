"""Invented judgement areas for the sample pack. Only what inspectors said is real."""

from reports.contents import (
    Agreement,
    Area,
    AuditGrades,
    AuditPeriod,
    Grade,
    KeyFigure,
    Measure,
    Measures,
    OwnView,
    Question,
    Quotation,
    Says,
    Statement,
    Tone,
    Word,
)
from reports.measure_parts import MeasureChart, MeasurePoint

SCALE = ("Outstanding", "Good", "Requires improvement", "Inadequate")
NOT_STARTED = Word(text="Not started")
ON_TRACK = Word(text="On track", tone=Tone.STEADY)
AT_RISK = Word(text="At risk", tone=Tone.CAUTION)
OFF_TRACK = Word(text="Off track", tone=Tone.BAD)
AWAITING = Word(text="Awaiting sign-off", tone=Tone.WAITING)
DELIVERED = Word(text="Delivered", tone=Tone.PART)
SHOWN = Word(text="Shown", tone=Tone.GOOD)
NOT_SHOWN = Word(text="Not shown yet", tone=Tone.CAUTION)
STRENGTH = Word(text="Strength", tone=Tone.GOOD)
IMPROVING = Word(text="Improving", tone=Tone.STEADY)
WEAK = Word(text="Not good enough", tone=Tone.BAD)

KNOW = "What do we know about the quality and impact of practice?"
HOW = "How do we know it?"
PLANS = "What are our plans for the next 12 months?"


def grade(step: int | None, note: str = "") -> Grade:
    words = {4: "Outstanding", 3: "Good", 2: "Requires improvement", 1: "Inadequate", None: "Not judged separately"}
    return Grade(words=words[step], step=step, note=note)


def statement(reference: str, word: Word | None, confidence: str, text: str) -> Statement:
    return Statement(reference=reference, word=word, notes=(confidence,), text=text, claim="[" not in text)


def help_and_protection() -> Area:
    return Area(
        code="help_protection",
        title="Help and protection",
        own_view=OwnView(
            grade="Good",
            grade_note="Agreed by leaders, 30 October 2026",
            confidence="Medium",
            confidence_note="Sources agree on four themes of five",
            reasons=(
                "Most children who need help or protection get it quickly, from people who know them well. Two things"
                " keep this from being better than Good: the history of earlier contacts is not yet weighed every"
                " time, and planning before court is tighter but not yet tested by re-audit. Assessment timeliness"
                " fell as teams moved to the family help model and has not recovered [E-204]."
            ),
        ),
        figures=(
            KeyFigure(label="Ofsted, May 2026", value="Good", note="Requires improvement in 2018; Good in 2023"),
            KeyFigure(label="Newest evidence", value="30 October", note="Oldest relied on: 17 June 2026"),
        ),
        know=Question(
            words=KNOW,
            statements=(
                statement(
                    "S-31",
                    STRENGTH,
                    "High confidence",
                    "Children and families get a prompt response. In the year to date, 95% of contacts were decided"
                    " within one working day [E-204]; auditors judged the decision right in 47 of 50 [E-208]; and"
                    " inspectors found the right level of intervention “at the earliest opportunity” [R-3:2].",
                ),
                statement(
                    "S-32",
                    STRENGTH,
                    "High confidence",
                    "Children are seen, and their words shape the plan. The child’s own words appear in 39 of 46"
                    " audited plans [E-210], and the advocacy service reports that 22 of 26 children felt their"
                    " meeting had changed something [E-235].",
                ),
                statement(
                    "S-33",
                    IMPROVING,
                    "Medium confidence",
                    "History is weighed more often at the front door. In May, 31 of 50 decisions to take no further"
                    " action considered earlier contacts; in September, 43 of 50 did [E-208]. Schools still say they"
                    " are not always told the outcome [E-233].",
                ),
                statement(
                    "S-34",
                    IMPROVING,
                    "Medium confidence",
                    "Children wait less in pre-proceedings. Six have waited longer than 16 weeks, against 13 a year"
                    " ago, and the tracker is complete for 34 of 36 [E-214]. In June only 9 of 20 audited plans were"
                    " good or better [E-219]; until the re-audit in January we cannot say that planning is more"
                    " decisive.",
                ),
                statement("S-35", None, "Low confidence", "Supervision is regular and staff feel supported."),
                statement(
                    "S-36",
                    WEAK,
                    "Low confidence",
                    "Return interviews reach too few children in time: 66% within 72 hours, against a target of 80%"
                    " [E-204]. In a small audit, 6 of 15 plans used what the child had said [E-220].",
                ),
            ),
        ),
        how=Question(words=HOW),
        plans=Question(
            words=PLANS,
            statements=(
                statement(
                    "S-37",
                    None,
                    "By January 2027",
                    "No child waits longer than 16 weeks in pre-proceedings without an assistant director’s decision"
                    " on the record. We will know from the tracker each week [E-214], and from a re-audit of 20"
                    " children moderated by another authority (A-104).",
                ),
                statement(
                    "S-38",
                    None,
                    "By March 2027",
                    "Assessments within 45 working days return to 88%, without loss of quality. We will stop if the"
                    " share graded good or better falls below 33 of 46 [E-210].",
                ),
            ),
        ),
        inspectors_said=(
            Quotation(
                words=(
                    "The cumulative nature of risk and need identified in previous referrals does not always"
                    " sufficiently inform risk assessment and decision-making for children and their current lived"
                    " experiences."
                ),
                source="Ofsted, published 17 June 2026",
                reference="R-3",
                page=2,
                paragraph="3",
            ),
        ),
        agreements=agreements(),
        audits=audit_grades("Audits of help and protection after moderation"),
        audits_show=(
            "The share good or better has risen in each of five quarters, from 50% to 67%. Moderation changed 37 of"
            " 248 grades (15%): 30 down and 7 up [E-211]. With about 40 audits a quarter, a change of 3 points in one"
            " quarter means little; the rise over six quarters is probably, but not certainly, real."
        ),
        measures=measures(),
    )


def agreements() -> tuple[Agreement, ...]:
    def row(theme: str, *said: tuple[str, str], verdict: Word, note: str) -> Agreement:
        inspectors, audits, figures, people = (Says(word=word, note=text) for word, text in said)
        return Agreement(
            theme=theme, inspectors=inspectors, audits=audits, measures=figures, people=people,
            verdict=verdict, verdict_note=note,
        )  # fmt: skip

    return (
        row(
            "Front door and history",
            ("Improve", "History not always considered [R-3:3]"), ("Better", "43 of 50, from 31 [E-208]"),
            ("Near", "Re-referrals 19.2%, target 18.0%"), ("Mixed", "Schools want outcomes [E-233]"),
            verdict=Word(text="Mostly agree", tone=Tone.STEADY), note="Confidence medium",
        ),
        row(
            "Pre-proceedings and court",
            ("Improve", "“Not sufficiently robust” [R-3:8]"), ("Weak", "9 of 20, June [E-219]"),
            ("Better", "Over 16 weeks: 6, from 13"), ("Better", "Peers saw tighter grip [E-240]"),
            verdict=Word(text="Do not agree", tone=Tone.CAUTION), note="Audit is older; re-audit January",
        ),
        row(
            "Missing and exploitation",
            ("Mixed", "Tenacious support; analysis uneven [R-3:11]"), ("Weak", "6 of 15 plans [E-220]"),
            ("Weak", "66% in 72 hours, target 80%"), ("No evidence", "Interviews with young people booked"),
            verdict=Word(text="Agree", tone=Tone.STEADY), note="Small sample",
        ),
    )  # fmt: skip


def audit_grades(caption: str) -> AuditGrades:
    quarters = (
        ("Apr to Jun 2025", (2, 17, 16, 3)), ("Jul to Sep 2025", (3, 19, 17, 2)), ("Oct to Dec 2025", (3, 20, 15, 2)),
        ("Jan to Mar 2026", (4, 23, 15, 2)), ("Apr to Jun 2026", (4, 21, 13, 1)), ("Jul to Sep 2026", (5, 26, 14, 1)),
    )  # fmt: skip
    periods = tuple(AuditPeriod(label=label, counts=counts) for label, counts in quarters)
    return AuditGrades(caption=caption, scale=SCALE, periods=periods)


def measures() -> Measures:
    met, near, missed = (
        Word(text=text, tone=tone) for text, tone in (("Met", Tone.GOOD), ("Near", Tone.CAUTION), ("Not met", Tone.BAD))
    )
    rows = (
        ("M-1", "Re-referrals within 12 months", "% of referrals, year to date", "21.4", "19.2", "≤ 18.0", "18.6",
         near, "1.2 points away", (22.6, 21.9, 21.4, 20.6, 19.8, 19.2)),
        ("M-2", "Contacts decided in one working day", "% of contacts, year to date", "88", "95", "95", "",
         met, "at target", (85, 86, 88, 91, 93, 95)),
        ("M-3", "Assessments within 45 working days", "% of those completed", "86", "79", "88", "84",
         missed, "9 points away", (87, 88, 86, 82, 78, 79)),
        ("M-4", "Conference within 15 working days", "% of initial conferences, from start of section 47", "84", "87",
         "85", "80", met, "2 points better", (82, 83, 84, 84, 86, 87)),
        ("M-7", "Return interviews within 72 hours", "% of missing episodes", "58", "66", "80", "",
         missed, "14 points away", (52, 55, 58, 61, 67, 66)),
        ("M-8", "Pre-proceedings over 16 weeks", "children, last day of month", "13", "6", "≤ 4", "",
         near, "2 children away", (15, 14, 13, 12, 9, 6)),
    )  # fmt: skip
    return Measures(
        as_at="year to date, 30 September 2026", was_head="Sept 2025", value_head="Sept 2026",
        series_head="Six quarters",
        note=(
            "Sources: quarterly performance report [E-204] and neighbour benchmark [E-216]. ≤ means that lower is"
            " better. Near: within 2 points, or 2 children. The line shows direction only; each has its own scale."
        ),
        measures=tuple(
            Measure(
                reference=reference, name=name, basis=basis, was=was, value=value, target=target, neighbours=others,
                against=against, distance=distance, series=series, series_words="last six quarters",
            )
            for reference, name, basis, was, value, target, others, against, distance, series in rows
        ),
        charts=(measure_over_time(),),
    )  # fmt: skip


def measure_over_time() -> MeasureChart:
    """Twelve quarters, the last of them unusual and provisional."""
    values = (86, 87, 88, 86, 87, 88, 87, 86, 88, 87, 86, 79)
    return MeasureChart(
        caption="M-3, assessments in time",
        finding="79% in July to September 2026, 9 points short of 88%, below its usual range",
        unit="%",
        target=88,
        points=tuple(
            MeasurePoint(
                label=f"{2023 + (place + 3) // 4} Q{(place + 3) % 4 + 1}", value=value, basis=f"{2 * value} of 200",
                mean=86.3, low=81.5, high=91.1, signal="outside the limits" if value < 80 else "",
                provisional=place > 10,
            )
            for place, value in enumerate(values)
        ),
        shows="The latest figure lies below its usual range, 81.5% to 91.1%: something has changed.",
        does_not_show="The range says what is usual, not whether it is good enough.",
    )  # fmt: skip


def area_in_brief(code: str, title: str, first: int) -> Area:
    """A shorter chapter for an area that is not what a test is about."""
    return Area(
        code=code, title=title,
        own_view=OwnView(grade="Good", confidence="High", reasons="Practice is sound and steady [E-210]."),
        figures=(KeyFigure(label="Ofsted, May 2026", value="Good"),),
        know=Question(
            words=KNOW,
            statements=(
                statement(f"S-{first}", STRENGTH, "High confidence", "Children are known well and seen often [E-210]."),
                statement(f"S-{first + 1}", IMPROVING, "Medium confidence",
                          "Plans are clearer than a year ago, and families are given them in good time [E-231]."),
            ),
        ),
        how=Question(words=HOW),
        plans=Question(
            words=PLANS,
            statements=(statement(f"S-{first + 2}", None, "By March 2027", "Re-audit 20 children’s plans (A-104)."),),
        ),
        audits=audit_grades(f"Audits of {title.lower()} after moderation"),
    )  # fmt: skip
