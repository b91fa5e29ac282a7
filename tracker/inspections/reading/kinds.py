"""What sort of document this is, by its title; a sort that is not read is refused as what it is."""

import re
from collections.abc import Sequence

from tracker.inspections.reading.flow import Flow
from tracker.inspections.reading.front import Front
from tracker.inspections.reading.headings import is_table_head
from tracker.inspections.reading.readings import Certainty, Found, Kind
from tracker.inspections.reading.refusals import Unreadable

_CHILDREN = r"child(?:ren)?(?:[’'`]?s)?"
_LETTERS: tuple[tuple[Kind, str], ...] = (
    (Kind.JTAI, r"joint targeted area inspection|\bJTAI\b"),
    (Kind.AREA_SEND, r"area send|special educational needs|joint (?:local )?area send"),
    (Kind.MONITORING_VISIT, r"monitoring visit"),
    (Kind.FOCUSED_VISIT, r"focused (?:assurance )?visit|assurance visit"),
)
_INSPECTIONS: tuple[tuple[Kind, str], ...] = (
    (Kind.SIF_REINSPECTION, rf"re-?inspection of services for {_CHILDREN}"),
    (Kind.SIF, rf"inspection of services for {_CHILDREN} in need of help"),
    (Kind.ILACS, rf"inspection of .*(?:{_CHILDREN} (?:social (?:care|work) )?services?|{_CHILDREN} services? trust)"),
    (Kind.ILACS, rf"inspection of .*local authority|inspection of {_CHILDREN} social (?:care|work)"),
    (Kind.ILACS, rf"{_CHILDREN} (?:social (?:care|work) )?services? inspection|\bILACS\b"),
)
_REFUSED = (
    (r"safeguarding and looked[- ]after children", "an inspection of safeguarding and looked after children services"),
    (r"looked[- ]after children services", "an inspection of looked after children services"),
    (r"arrangements for the protection of children", "an inspection of arrangements for the protection of children"),
    (r"annual unannounced|contact, referral and assessment", "an unannounced inspection of contact arrangements"),
    (r"youth (?:justice|offending)", "an inspection of youth justice services"),
    (
        r"fostering|adoption (?:agency|support)|children[’']s home|residential|secure (?:training|children)",
        "an inspection of one provider of care",
    ),
    (
        r"(?:primary|secondary|high|infant|junior|nursery) school|academy|early years|college|further education",
        "an inspection of a school or another provider of education",
    ),
    (r"adult social care", "an assessment of adult social care"),
)
_BOARD = re.compile(
    r"review of the effectiveness of the local safeguarding children|safeguarding children board", re.IGNORECASE
)
_ABOUT_SERVICES = re.compile(
    rf"{_CHILDREN} (?:social (?:care|work) )?services?\b|local authority|council|joint|partnership|local area",
    re.IGNORECASE,
)
_AREAS = re.compile(r"(?:the )?(?:experiences? and progress of|impact of leaders)\b", re.IGNORECASE)
"""How the judgement areas of a report that is read begin."""
_SERVICES = re.compile(r"inspection of services|children in need of help", re.IGNORECASE)
KNOWN = (
    "Reports that can be read are inspections of local authority children’s services, letters about focused and "
    "monitoring visits, joint targeted area inspections and Area SEND reports."
)


def kind_of(flow: Flow, front: Front) -> Found[Kind]:
    """Raises Unreadable if this is no report that is read, saying what it is where that can be told."""
    title = front.title.value
    for said in (title, _opening(flow)):
        kind = _kind(said)
        if kind is not None:
            return Found(kind, front.title.page, front.title.box)
    if _is_graded(flow):
        why = "The title does not say what kind of report this is. It has the judgements of an inspection."
        return Found(Kind.ILACS, front.title.page, front.title.box, Certainty.UNSURE, why)
    raise Unreadable(f"This does not look like an Ofsted report about children’s services. {KNOWN}")


def _is_graded(flow: Flow) -> bool:
    """Whether the first pages have a table of judgements, or name areas that are judged."""
    first = [row for row in flow.rows if row.page <= 2]
    return any(is_table_head(row) for row in first) or sum(_AREAS.match(row.text) is not None for row in first) > 1


def _kind(said: str) -> Kind | None:
    """The kind that a title names. Raises Unreadable if it is one that is not read."""
    letter = _first(_LETTERS, said)
    if letter is not None and (_ABOUT_SERVICES.search(said) or _another(said) is None):
        return letter
    if _BOARD.search(said) and not _SERVICES.search(said):
        raise _of_another_kind("a review of a Local Safeguarding Children Board, without the authority’s own services")
    another = _another(said)
    if another is not None:
        raise _of_another_kind(another)
    return _first(_INSPECTIONS, said)


def _first(kinds: Sequence[tuple[Kind, str]], said: str) -> Kind | None:
    return next((kind for kind, pattern in kinds if re.search(pattern, said, re.IGNORECASE)), None)


def _another(said: str) -> str | None:
    return next((what for pattern, what in _REFUSED if re.search(pattern, said, re.IGNORECASE)), None)


def _of_another_kind(what: str) -> Unreadable:
    return Unreadable(f"This is {what}. {KNOWN}")


def _opening(flow: Flow) -> str:
    """The first lines of a letter, which say what the visit was."""
    first = [row.text for row in flow.rows if row.page == 1]
    dear = next((index for index, line in enumerate(first) if line.startswith("Dear ")), None)
    return " ".join(first[dear : dear + 12] if dear is not None else [])
