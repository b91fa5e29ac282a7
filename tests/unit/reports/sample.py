"""An invented pack of about 20 pages to look at and to test with. Only what inspectors said is real."""

from dataclasses import replace
from datetime import date

from reports.contents import (
    Approval,
    Area,
    Audits,
    Changes,
    Comparison,
    Grade,
    GradeProfile,
    Inspected,
    KeyFigure,
    Kind,
    Meaning,
    Method,
    NotYetSure,
    OwnView,
    PackContents,
    Plan,
    ProfileRow,
    Question,
    Register,
    RegisterEntry,
    Row,
    Statement,
    Summary,
    Unsure,
    Voice,
    Voices,
    WhereWeStand,
)
from tests.unit.reports.sample_area import (
    AT_RISK,
    AWAITING,
    DELIVERED,
    HOW,
    KNOW,
    NOT_STARTED,
    OFF_TRACK,
    ON_TRACK,
    PLANS,
    SCALE,
    area_in_brief,
    grade,
    help_and_protection,
)
from tests.unit.reports.sample_plan import audits, plan


def where_we_stand() -> WhereWeStand:
    def row(area: str, short: str, first: Grade, confidence: str) -> ProfileRow:
        return ProfileRow(
            area=area, short=short, grades=(first, grade(3), grade(3)), own=grade(3), confidence=confidence
        )

    joint = "joint with {}"
    rows = (
        row("Leaders’ impact on practice with children and families", "Leaders", grade(3), "High"),
        row("Children who need help and protection", "Help and protection", grade(2), "Medium"),
        row("Children in care", "Children in care", grade(4, joint.format("care leavers")), "Medium"),
        row("Care leavers", "Care leavers", grade(4, joint.format("children in care")), "High"),
    )
    return WhereWeStand(
        lede="Ofsted judged all four areas Good in 2026. Our own view, six months on, is that all four remain Good.",
        profile=GradeProfile(
            scale=SCALE,
            inspections=(
                Inspected(head="May 2018", short="2018"),
                Inspected(head="February 2023", short="2023"),
                Inspected(head="May 2026", short="2026"),
            ),
            rows=rows,
            overall=(Grade(words="Good", step=3), Grade(words="Good", step=3), Grade(words="Not given")),
            own_note="Our own view, October 2026. Ofsted has not judged it.",
        ),
        notes=(
            Row(
                head="Reading across",
                points=(
                    (
                        "Ofsted has given no overall grade since April 2026, so this pack gives none. In 2018 children"
                        " in care and care leavers were one judgement; from January 2023 they are two. A change"
                        " between 2018 and 2023 in those rows is partly a change of framework."
                    ),
                ),
            ),
            Row(
                head="Sources",
                points=(
                    (
                        "Ofsted reports of 17 June 2026 [R-3], 11 April 2023 [R-2] and 2 July 2018 [R-1]."
                        " Dates above are those of the fieldwork."
                    ),
                ),
            ),
        ),
    )


def summary() -> Summary:
    return Summary(
        figures=(
            KeyFigure(label="Audits good or better", value="67%", note="31 of 46, July to September 2026"),
            KeyFigure(label="Actions in the plan", value="14", note="3 with a difference shown; 1 off track"),
            KeyFigure(label="Measures at target", value="2 of 8", note="4 more are near; 2 are not met"),
            KeyFigure(label="Evidence in use", value="24", note="items cited; 21 are under six months old"),
        ),
        rows=(
            Row(
                head="What we know",
                points=(
                    "Children get a prompt response at the front door: 95% of contacts are decided in a day [E-204].",
                    "Decisions now weigh history in 43 of 50 cases (86%), up from 31 of 50 in May [E-208].",
                    "Fewer children wait in pre-proceedings: six for longer than 16 weeks, down from 13 [E-214].",
                    "Assessments are later than they were: 79% within 45 working days, against 86% [E-204].",
                ),
            ),
            Row(
                head="How we know it",
                points=(
                    "248 audits in six quarters, each moderated; 37 grades changed, 30 of them downwards [E-211].",
                    "Peer challenge by two neighbouring directors, September 2026 [E-240].",
                ),
            ),
            Row(
                head="What we will do",
                points=(
                    "Hold every child’s pre-proceedings plan to a week-12 review by an assistant director (A-103).",
                    "Bring assessments within 45 working days back to 88% by March 2027 (M-3, S-38).",
                ),
            ),
        ),
        not_sure_of=(
            "Whether better recording of history at the front door means earlier help.",
            "Whether return interviews change plans: the last audit read only 15 [E-220].",
        ),
    )


def voices() -> Voices:
    return Voices(
        lede="Each person agreed to these words appearing here. Ages are given as bands, and details that could"
        " identify someone are left out.",
        voices=(
            Voice(who="Young person, 14 to 16", setting="Child protection plan", reference="E-235",
                  words="I told my story four times before. This time she had read it, and she asked me if it was"
                  " right.", source="Said to an advocate, September 2026. She chose the words.",
                  bears_on="Bears on S-32 and S-33."),
            Voice(who="Father", setting="Pre-proceedings", reference="E-231",
                  words="The letter was clear. What was not clear was how long it would go on.",
                  source="Written reply to a feedback form, July 2026.", bears_on="Bears on S-34."),
        ),
        notes=(
            Row(head="Who we have not heard",
                points=("Of 29 parents and children who spoke to auditors, none needed an interpreter [E-231].",)),
        ),
    )  # fmt: skip


def register() -> Register:
    dip_sample = "History was weighed in 43 of 50 decisions, from 31 in May"
    rows = (
        ("R-1", "Inspection of children’s social care services", "Ofsted report, real", date(2018, 7, 2), "", ""),
        ("R-2", "Inspection of Brent local authority children’s services", "Ofsted report, real", date(2023, 4, 11),
         "", ""),
        ("R-3", "Inspection of Brent local authority children’s services", "Ofsted report, real", date(2026, 6, 17),
         "", ""),
        ("E-204", "Quarterly performance report, quarter 2", "Data", date(2026, 10, 12), "", "Outcome"),
        ("E-208", "Front door dip sample: 50 decisions", "Audit", date(2026, 9, 25), dip_sample, "Impact"),
        ("E-210", "Moderated audits, July to September: 46 children", "Audit", date(2026, 10, 16),
         "31 of 46 good or better; management oversight is weakest", "Outcome"),
        ("E-211", "Six-quarter audit summary: 248 audits", "Audit", date(2026, 10, 16), "", "Outcome"),
        ("E-212", "Moderation panel record, quarter 2", "Audit", date(2026, 10, 9), "", "Output"),
        ("E-214", "Pre-proceedings tracker: weekly extract", "Data", date(2026, 10, 30), "", "Outcome"),
        ("E-216", "Statistical neighbour benchmark, 2025 model", "Data", date(2026, 9, 3), "", "Outcome"),
        ("E-219", "Pre-proceedings and court audit: 20 children", "Audit", date(2026, 6, 18), "", "Outcome"),
        ("E-220", "Return interviews, thematic audit: 15 children", "Audit", date(2026, 7, 24),
         "6 of 15 plans used what the child had said", "Impact"),
        ("E-222", "Cumulative harm workshops: attendance", "Document", date(2026, 10, 28), "", "Activity"),
        ("E-228", "Foster carer training record", "Data", date(2026, 10, 30), "", "Output"),
        ("E-231", "Parents’ and children’s feedback to auditors: 29 people", "Voice", date(2026, 10, 9),
         "24 of 29 felt heard", "Impact"),
        ("E-233", "Survey of designated safeguarding leads: 42 schools", "Voice", date(2026, 10, 21), "", "Outcome"),
        ("E-235", "Advocacy service half-year report: 26 children", "Voice", date(2026, 10, 14),
         "22 of 26 felt that their meeting had changed something", "Impact"),
        ("E-240", "Peer challenge: letter from two neighbouring directors", "Observation", date(2026, 9, 29), "",
         "Outcome"),
        ("E-245", "Improvement board minutes", "Document", date(2026, 3, 26), "", "Activity"),
        ("E-250", "Recruitment campaign: leaflet", "Document", date(2026, 5, 1), "", "Activity"),
    )  # fmt: skip
    return Register(
        lede="Everything this pack relies on, and where.",
        note="everything is invented unless marked real",
        entries=tuple(
            RegisterEntry(
                reference=reference, title=title, kind=kind, dated=dated, shows=shows, strength=strength,
                owner="Ofsted" if reference.startswith("R") else "Head of Quality Assurance",
            )
            for reference, title, kind, dated, shows, strength in rows
        ),
    )  # fmt: skip


def not_yet_sure() -> NotYetSure:
    return NotYetSure(
        lede="Saying what we do not know is part of knowing ourselves. Each point says what would settle it.",
        entries=(
            Unsure(head="Help and protection", points=(
                "Whether better recording of history means earlier help. A-108 will test it.",
                "Whether return interviews change plans: the last audit read only 15 [E-220].")),
            Unsure(head="Leaders", points=("Why fewer parents of disabled children answer us: 4 of 29 [E-231].",)),
        ),
    )  # fmt: skip


def changes() -> Changes:
    return Changes(
        lede="Compared with P-13, as at 31 July 2026.",
        comparisons=(
            Comparison(caption="Statements", columns=("Ref", "In July", "Now", "Why"), rows=(
                ("S-33", "Not good enough", "Improving", "Second dip sample of 50 decisions"),
                ("S-36", "Not stated", "Not good enough", "Thematic audit of 15 interviews"))),
            Comparison(caption="Evidence and measures", columns=("Change", "Which"), rows=(
                ("Added", "E-208, E-210 to E-212, E-231, E-233, E-235, E-240"),
                ("Withdrawn", "E-206, parents’ survey 2025: more than a year old"))),
        ),
    )  # fmt: skip


def method() -> Method:
    return Method(
        rows=(
            Row(head="Method", points=(
                ("Evidence is linked to statements by the people who own it. Percentages are rounded to a whole number"
                " unless the measure is published to one decimal place; counts are shown beside them."),)),
            Row(head="Audit grades", points=(
                "Auditors use Ofsted’s four words. Every grade here is the grade after moderation.",)),
            Row(head="Own view", points=(
                "Self-grades are the authority’s own view, not Ofsted’s.",)),
        ),
    )  # fmt: skip


STATUSES = (
    (NOT_STARTED, "Start date not yet reached"),
    (ON_TRACK, "Under way; will meet its due date"),
    (AT_RISK, "Under way; the due date may be missed"),
    (OFF_TRACK, "The due date has been missed"),
    (AWAITING, "The lead says it is done; not yet accepted"),
    (DELIVERED, "Accepted as done; the difference it made is asked separately"),
)


def self_evaluation() -> PackContents:
    return PackContents(
        kind=Kind.SELF_EVALUATION, reference="P-14", title="Self-evaluation of children’s services",
        short_title="Brent children’s services: self-evaluation", authority="London Borough of Brent",
        subtitle="What we know about practice with children and families, how we know it, and what we will do next",
        version="Autumn 2026, version 6, draft", made_on=date(2026, 10, 30), as_at=date(2026, 10, 30),
        marking="OFFICIAL", marking_note="no child can be identified from it",
        prepared_for="Ofsted, for the annual engagement meeting", replaces="P-13, 31 July 2026",
        demonstration="Ofsted’s judgements, areas for improvement and quoted paragraphs are real. Everything else is"
        " invented and says nothing about the London Borough of Brent.",
        approvals=(
            Approval(by="Principal Social Worker", on=date(2026, 10, 29), words="Reviewed"),
            Approval(by="Director of Children’s Services", on=None),
        ),
        how_to_read=(
            Row(head="What is real", points=(
                ("This is a demonstration. Ofsted’s judgements, the areas for improvement and quotations marked with a"
                " report and paragraph number are real. **Everything else is invented.**"),)),
            Row(head="Three questions", points=(
                ("Each judgement chapter answers the same three questions: what we know about the quality and impact of"
                " practice, how we know it, and what we plan for the next 12 months."),)),
            Row(head="References", points=(
                ("Everything has a short reference that does not change: statement S-31, evidence E-231, action A-104,"
                " finding F-19, measure M-7. A reference in brackets, such as [E-210], leads to the evidence register,"
                " which gives its date, its owner and every place it is cited."),)),
            Row(head="Confidence", points=(
                "**High**: at least three kinds of source agree, and the newest is under three months old.",
                "**Medium**: two kinds of source agree, or one of three is old or disagrees.",
                "**Low**: one source, or sources that disagree. We say what would settle it.")),
        ),
        status_meanings=tuple(Meaning(word=word, meaning=meaning) for word, meaning in STATUSES),
        chapters=(
            where_we_stand(), summary(),
            area_in_brief("leadership", "Leaders", 11), help_and_protection(),
            area_in_brief("children_in_care", "Children in care", 41),
            plan(), audits(), voices(), not_yet_sure(), register(), changes(), method(),
        ),
    )  # fmt: skip


def improvement_plan() -> PackContents:
    return replace(
        self_evaluation(), kind=Kind.IMPROVEMENT_PLAN, reference="P-15", title="Improvement plan",
        subtitle="What inspectors said, what we are doing and what difference it makes",
        chapters=(plan(), audits(), register(), method()),
    )  # fmt: skip


def nothing_yet() -> PackContents:
    """An authority on its first day: every chapter, and nothing in any."""
    nothing = Question(words=KNOW)
    return replace(
        self_evaluation(), how_to_read=(), status_meanings=(), approvals=(), demonstration="", prepared_for="",
        replaces="",
        chapters=(
            WhereWeStand(profile=GradeProfile(scale=SCALE, inspections=(), rows=())),
            Summary(),
            Area(code="a", title="Help and protection", own_view=OwnView(grade="Not yet agreed"), know=nothing,
                 how=Question(words=HOW), plans=Question(words=PLANS)),
            Plan(), Audits(), Voices(), NotYetSure(), Register(), Changes(), Method(),
        ),
    )  # fmt: skip


def with_statement(contents: PackContents, statement: Statement) -> PackContents:
    """The pack with ``statement`` in place of the first about help and protection."""
    chapters = list(contents.chapters)
    area = next(chapter for chapter in chapters if isinstance(chapter, Area) and chapter.code == "help_protection")
    know = replace(area.know, statements=(statement, *area.know.statements[1:]))
    chapters[chapters.index(area)] = replace(area, know=know)
    return replace(contents, chapters=tuple(chapters))
