"""One short pack with everything in it that any kind of pack prints: what a validator has to see, and no more of it."""

from dataclasses import replace
from datetime import date

from reports.contents import (
    Area,
    Audits,
    Chain,
    Comparison,
    ControlChart,
    DifferenceChart,
    Differences,
    Followed,
    IndexLine,
    IndexPoint,
    KeyFigure,
    PackContents,
    Plan,
    ProposedActions,
    Quality,
    Register,
    Scored,
    ScoredMeasure,
    Shares,
    StandingOfArea,
    Standings,
    Statement,
    Tone,
    WhatMoved,
    Word,
)
from reports.look import Look
from reports.quality_parts import ChainLine, ControlPoint, ShareLine, Station
from tests.unit.reports import sample
from tests.unit.reports.sample_area import help_and_protection
from tests.unit.reports.sample_board import how_far, over_time, what_moved
from tests.unit.reports.sample_evidence import evidence_register
from tests.unit.reports.sample_plan import audits, plan
from tests.unit.reports.sample_statement import actions, inspection, signatures, watching

IN_PROSE = Statement(
    reference="S-90",
    text="**Plans** are _dated_ [E-231].\n\n1. First\n   - Under it\n2. Second\n\n> Said\n\n"
    "| Team | Late |\n|---|---|\n| North | 2 |",
    claim=True,
    notes=("Rests on evidence that has gone stale",),
)


def every_construct() -> PackContents:
    """A draft with the look of a profile and every kind of chapter that stands in a pack of several pages."""
    return replace(
        sample.self_evaluation(),
        look=Look(profile="Scrutiny committee", watermark="DRAFT", ink="#14324a", accent="#0b5563"),
        chapters=(
            sample.where_we_stand(), sample.summary(), _area(), _plan(), _audits(), sample.voices(),
            sample.not_yet_sure(), _moved(), how_far(), over_time(), inspection(), _proposed(), watching(),
            signatures(), evidence_register().chapters[0], quality(), standings(), scored(), differences(),
            _register(), sample.changes(), sample.method(),
        ),
    )  # fmt: skip


def _area() -> Area:
    area = help_and_protection()
    know = replace(area.know, statements=(*area.know.statements[:1], IN_PROSE))
    how = replace(area.how, statements=area.how.statements[:1])
    return replace(area, know=know, how=how, plans=replace(area.plans, statements=()), agreements=area.agreements[:2])


def _plan() -> Plan:
    """An item that shares a table, and one that is so long that its words are repeated."""
    short, *rest = plan().items
    long = max(rest, key=lambda item: len(item.actions))
    more = tuple(replace(long.actions[0], reference=f"A-{number}") for number in range(800, 806))
    return replace(plan(), items=(short, replace(long, actions=more)), earlier=plan().earlier[:2])


def _audits() -> Audits:
    return replace(audits(), findings=audits().findings[:2])


def _moved() -> WhatMoved:
    moved = what_moved()
    return replace(moved, groups=tuple(replace(group, actions=group.actions[:1]) for group in moved.groups))


def _proposed() -> ProposedActions:
    return replace(actions(), items=actions().items[:1])


def _register() -> Register:
    return replace(sample.register(), entries=sample.register().entries[:3])


def quality() -> Quality:
    point = ControlPoint(label="Oct 2026", value=70, low=41, high=92, basis="14 of 20")
    return Quality(
        title="Grades over time",
        lede="Seven in ten were good or better.",
        figures=(KeyFigure(label="Audits done", value="12", note="of 15 planned"),),
        control=ControlChart(caption="Good or better", unit="%", mean=68, points=(point,)),
        shares=(
            Shares(
                caption="By team", words="good or better", lines=(ShareLine(label="North", part=7, whole=9, high=1),)
            ),
        ),
        chain=chain(),
        comparisons=(Comparison(caption="Planned and done", columns=("Month", "Planned"), rows=(("May 2026", "3"),)),),
        note="Drafts do not count.",
    )


def chain() -> Chain:
    line = ChainLine(
        audit=Station(reference="Q-88", words="Requires improvement", on=date(2026, 5, 4), tone=Tone.CAUTION),
        finding=Station(reference="F-19", words="Closed", tone=Tone.GOOD),
        action=Station(reference="A-104", words="Delivered"),
        reaudit=Station(reference="Q-97", words="Good", on=date(2026, 9, 8), tone=Tone.GOOD),
        change="One higher",
    )
    return Chain(caption="From finding to change", lines=(line,))


def standings() -> Standings:
    word = Word(text="Off target", tone=Tone.CAUTION)
    return Standings(lede="There is one measure.", words=(word,), areas=(StandingOfArea(area="Leaders", counts=(1,)),))


def scored() -> Scored:
    measure = ScoredMeasure(
        reference="M-7", name="Return interviews in time", basis="% of interviews", look=Word(text="Off target"),
        figure="70.8%", of="17 of 24 children", target="19.2 points short of 90%", direction="↓ Worse", aim=90,
        series=(80, 75, 70.8), unit="%", value=70.8,
    )  # fmt: skip
    return Scored(title="Leaders", measures=(measure,), notes=("Hidden: so few are counted.",))


def differences() -> Differences:
    point = IndexPoint(value=1.46, low=1.31, high=1.63, told=True)
    lines = (
        IndexLine(stage="Referral", population=point, before=None),
        IndexLine(stage="In care", population=IndexPoint(value=1.2, low=0.9, high=None, told=False), before=point),
        IndexLine(stage="Care leaver", population=None, before=None, without="too few to show"),
    )
    chart = DifferenceChart(
        caption="W-1", finding="Black children are counted 1.2 times as often", group="Black children",
        compared_with="White children", lines=lines,
    )  # fmt: skip
    followed = Followed(
        reference="W-1", name="Children’s social care by ethnicity", period="Year to 31 March 2026",
        finding="Black children are counted 1.2 times as often.", chart=chart,
    )  # fmt: skip
    return Differences(
        lede="How often a group is counted at each stage.",
        pathways=(
            followed,
            replace(followed, reference="W-2", finding="There are too few counts to compare groups.", chart=None),
        ),
        note="These figures say where groups differ, not why.",
    )
