"""Packs of any length to measure with, invented: the sample with more of everything that grows in a real one."""

from dataclasses import replace
from itertools import cycle, islice

from reports.contents import Area, AuditFinding, Audits, Chapter, PackContents, Plan, PlanItem, Register, Statement
from tests.unit.reports import sample
from tests.unit.reports.sample_plan import audits, plan

ALWAYS = 18
"""Pages of the sample that do not grow."""
OF_A_PAGE = 1.83
"""How much of what grows makes a page. Both were found by trying."""


def pack(pages: int) -> PackContents:
    """A self-evaluation of about so many pages: plan, register, findings, statements and quotations grow alike."""
    contents, size = sample.self_evaluation(), round((pages - ALWAYS) * OF_A_PAGE)
    return replace(contents, chapters=tuple(_more(chapter, size) for chapter in contents.chapters))


def _more(chapter: Chapter, pages: int) -> Chapter:
    match chapter:
        case Plan():
            return replace(chapter, items=_items(2 + pages // 8, actions=9))
        case Register():
            more = islice(cycle(chapter.entries), pages * 4)
            entries = [replace(entry, reference=f"E-{2000 + number}") for number, entry in enumerate(more)]
            return replace(chapter, entries=(*chapter.entries, *entries))
        case Audits():
            return replace(chapter, findings=_findings(chapter, pages))
        case Area():
            statements = chapter.know.statements or chapter.plans.statements
            first = 1000 * len(chapter.title)
            told = [_renamed(one, first + number) for number, one in enumerate(islice(cycle(statements), pages // 6))]
            know = replace(chapter.know, statements=(*chapter.know.statements, *told))
            return replace(chapter, know=know, inspectors_said=chapter.inspectors_said * (1 + pages // 20))
    return chapter


def _renamed(statement: Statement, number: int) -> Statement:
    return replace(statement, reference=f"S-{number}")


def _findings(chapter: Audits, count: int) -> tuple[AuditFinding, ...]:
    more = islice(cycle(chapter.findings), count)
    return tuple(replace(finding, reference=f"F-{1000 + number}") for number, finding in enumerate(more))


def _items(count: int, *, actions: int) -> tuple[PlanItem, ...]:
    """Items with so many actions each, in the words of the sample."""
    items = plan().items
    known = [action for item in items for action in item.actions]
    made = []
    for place, item in enumerate(islice(cycle(items), count)):
        own = tuple(
            replace(action, reference=f"A-{1000 + place * actions + number}")
            for number, action in enumerate(islice(cycle(known), actions))
        )
        made.append(replace(item, reference=f"I-{100 + place}", actions=own))
    return tuple(made)


def improvement_plan(actions: int, *, areas: int = 10, findings: int = 200) -> PackContents:
    """A plan of so many actions in so many areas, with so many audit findings."""
    items = _items(areas, actions=-(-actions // areas))
    left = actions - areas * (actions // areas) or areas
    items = tuple(
        item if place < left else replace(item, actions=item.actions[: actions // areas])
        for place, item in enumerate(items)
    )
    found = replace(audits(), findings=_findings(audits(), findings))
    return replace(sample.improvement_plan(), chapters=(replace(plan(), items=items, earlier=()), found))


def with_one_section_changed(contents: PackContents) -> PackContents:
    """One statement of one area says something else, and three times as much."""
    place, area = next((place, one) for place, one in enumerate(contents.chapters) if isinstance(one, Area))
    first, *rest = area.know.statements
    changed = replace(first, text=f"{first.text} This was written anew today. " * 3)
    area = replace(area, know=replace(area.know, statements=(changed, *rest)))
    return replace(contents, chapters=(*contents.chapters[:place], area, *contents.chapters[place + 1 :]))
