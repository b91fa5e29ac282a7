"""Every way an authority's own tool changes: copied or begun, written, published, retired; and a shipped one retired.

What is being written is always a whole tool: a change that would break it is refused with the place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tracker.audits import tools
from tracker.audits.authoring import queries
from tracker.audits.authoring.models import AuthorityTool, ShippedTool, ToolVersion
from tracker.audits.authoring.rules import OWN, code_for
from tracker.audits.commands.checks import added, changed_since, flush, require_may, require_words
from tracker.audits.schema import ClosesBy, Domain, Question, ReauditAfter, Scale, Tool
from tracker.frameworks import queries as frameworks
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import Refused

NEVER_AGAIN = ReauditAfter()
Part = TypeVar("Part", Domain, Question)


@dataclass(frozen=True)
class Whole:
    """What a tool says beside its domains."""

    name: str
    short_name: str
    areas: tuple[str, ...]
    scale: Scale
    grade_question: str
    difference_question: str
    closes_by: ClosesBy
    safety_action_for: tuple[str, ...] = ()
    reaudit_after_months: ReauditAfter = NEVER_AGAIN


def copy(authority: Authority, *, tool: Tool, name: str, by: Person) -> AuthorityTool:
    """Begin a tool of one's own as a copy of another, in draft."""
    require_may(by, authority, Permission.WRITE_AUDIT_TOOLS)
    require_words(name, "Give the copy a name.")
    if tool.name.strip().lower() == name.strip().lower():
        raise Refused(f"There is a tool called {tool.name} already. Give the copy a name of its own.")
    # Lists say the short name: with the copied one the two could not be told apart there.
    names = {"name": name.strip(), "short_name": name.strip()}
    drafted = tool.model_copy(update={"id": _new_id(authority, name), "version": 1, **names})
    return _begun(authority, drafted, copied_from=f"{tool.name}, version {tool.version}")


def begin(authority: Authority, *, tool: Tool, by: Person) -> AuthorityTool:
    """Begin a tool anew, in draft. ``tool`` has its first domain; its id is given here."""
    require_may(by, authority, Permission.WRITE_AUDIT_TOOLS)
    return _begun(authority, tool.model_copy(update={"id": _new_id(authority, tool.name), "version": 1}))


def take_up(own: AuthorityTool, *, version: int, by: Person) -> None:
    """Begin the next version as a copy of the newest one."""
    _require_author(own, version, by)
    newest = own.newest
    if own.draft is not None or newest is None:
        raise Refused(f"{own.name} is being written already. Change or publish that draft.")
    own.draft = tools.as_json(tools.from_json(newest.content).model_copy(update={"version": own.next_number}))
    flush(own.name)
    history.record(own, f"version {own.next_number} begun")


def change_whole(own: AuthorityTool, *, version: int, whole: Whole, by: Person) -> None:
    _keep(own, version, by, draft_of(own).model_copy(update=vars(whole)))


def add_domain(own: AuthorityTool, *, version: int, domain: Domain, by: Person) -> None:
    """Add a domain at the end; its code is made from its name."""
    tool = draft_of(own)
    _require_own_name(domain.name, [one.name for one in tool.domains], "domain")
    code = code_for(domain.name, [one.code for one in tool.domains])
    _keep_domains(own, version, by, [*tool.domains, domain.model_copy(update={"code": code})])


def change_domain(own: AuthorityTool, code: str, *, version: int, domain: Domain, by: Person) -> None:
    """Change what a domain asks; its questions and its code stay."""
    before = _domain(own, code)
    _require_own_name(domain.name, [one.name for one in draft_of(own).domains if one.code != code], "domain")
    changed = domain.model_copy(update={"code": code, "questions": before.questions})
    _keep_domains(own, version, by, [changed if one.code == code else one for one in draft_of(own).domains])


def move_domain(own: AuthorityTool, code: str, *, version: int, later: bool, by: Person) -> None:
    _keep_domains(own, version, by, _moved(draft_of(own).domains, _domain(own, code), later=later))


def remove_domain(own: AuthorityTool, code: str, *, version: int, by: Person) -> None:
    gone = _domain(own, code)
    rest = [one for one in draft_of(own).domains if one is not gone]
    if not rest:
        raise Refused("A tool needs a domain. Add another one before you take this out.")
    _keep_domains(own, version, by, rest)


def add_question(own: AuthorityTool, code: str, *, version: int, question: Question, by: Person) -> None:
    """Add a question at the end of a domain; its code is made from its words."""
    before = _domain(own, code).questions
    _require_own_name(question.text, [one.text for one in before], "question")
    made = code_for(" ".join(question.text.split()[:5]), [one.code for one in before])
    _keep_questions(own, code, version, by, [*before, question.model_copy(update={"code": made})])


def change_question(own: AuthorityTool, code: str, of: str, *, version: int, question: Question, by: Person) -> None:
    """Change the question with the code ``of``, which stays."""
    before = _domain(own, code).questions
    _require_own_name(question.text, [one.text for one in before if one.code != of], "question")
    changed = question.model_copy(update={"code": _question(own, code, of).code})
    _keep_questions(own, code, version, by, [changed if one.code == of else one for one in before])


def move_question(own: AuthorityTool, code: str, of: str, *, version: int, later: bool, by: Person) -> None:
    before = _domain(own, code).questions
    _keep_questions(own, code, version, by, _moved(before, _question(own, code, of), later=later))


def remove_question(own: AuthorityTool, code: str, of: str, *, version: int, by: Person) -> None:
    gone = _question(own, code, of)
    _keep_questions(own, code, version, by, [one for one in _domain(own, code).questions if one is not gone])


def publish(own: AuthorityTool, *, version: int, by: Person, on: date) -> ToolVersion:
    """Make the draft the newest version, which never changes again."""
    _require_author(own, version, by)
    tool, newest = draft_of(own), own.newest
    if newest is not None and tools.from_json(newest.content).model_copy(update={"version": tool.version}) == tool:
        raise Refused(f"Nothing differs from version {newest.number}. Change something first, or discard the draft.")
    published = ToolVersion(
        authority=own.authority, tool=own, tool_id=own.tool_id, number=own.next_number, content=tools.as_json(tool),
        published_on=on, published_by=by,
    )  # fmt: skip
    own.draft, own.retired_on = None, None
    added(published)
    history.record(own, f"version {published.number} published")
    return published


def discard(own: AuthorityTool, *, version: int, by: Person) -> bool:
    """Drop the draft, and the tool with it where nothing was ever published; whether the tool is still there."""
    _require_author(own, version, by)
    draft_of(own)
    newest = own.newest
    if newest is None:
        db.session.delete(own)
    else:
        own.draft, own.name = None, tools.from_json(newest.content).name
    flush(own.name)
    if newest is not None:
        history.record(own, "draft discarded")
    return newest is not None


def retire(own: AuthorityTool, *, version: int, by: Person, on: date) -> None:
    """Offer it no more. Audits answered with it, and drafts begun, stay as they are."""
    _require_author(own, version, by)
    if own.newest is None or own.retired_on is not None:
        raise Refused(f"{own.name} is not offered, so it cannot be retired.")
    own.retired_on = on
    flush(own.name)


def offer_again(own: AuthorityTool, *, version: int, by: Person) -> None:
    _require_author(own, version, by)
    own.retired_on = None
    flush(own.name)


def retire_shipped(authority: Authority, tool_id: str, *, by: Person, on: date) -> Tool:
    """Offer a tool that came with the product no more, here alone. Audits and drawn cases go on with it."""
    require_may(by, authority, Permission.WRITE_AUDIT_TOOLS)
    history.take_turn(db.session.connection(), authority.id)  # two at once would both begin the row
    box = tools.of(authority.id)
    tool = box.offered(tools.toolbox().newest(tool_id).id)
    if [tool] == [*box.latest]:
        raise Refused(f"{tool.name} is the only tool that is offered. Offer another one first.")
    kept = queries.shipped(authority, tool_id)
    if kept is None:
        kept = added(ShippedTool(authority=authority, tool_id=tool_id, name=tool.name))
    kept.retired_on = on
    history.record(kept, "offered no more")
    return tool


def offer_shipped_again(authority: Authority, tool_id: str, *, by: Person) -> Tool:
    require_may(by, authority, Permission.WRITE_AUDIT_TOOLS)
    kept = queries.shipped(authority, tool_id)
    if kept is None or kept.retired_on is None:
        raise Refused("This tool is offered already.")
    kept.retired_on = None
    history.record(kept, "offered again")
    return tools.toolbox().newest(tool_id)


def draft_of(own: AuthorityTool) -> Tool:
    """What is being written. Raises Refused where nothing is."""
    if own.draft is None:
        raise Refused(f"{own.name} is published. Begin its next version to change it.")
    return tools.from_json(own.draft)


def _new_id(authority: Authority, name: str) -> str:
    taken = [tool_id for tool_id, _ in tools.of(authority.id).versions]
    taken += db.session.scalars(db.select(AuthorityTool.tool_id).where(AuthorityTool.authority_id == authority.id))
    return code_for(f"{OWN}{name}", taken, joined="-")


def _begun(authority: Authority, tool: Tool, copied_from: str = "") -> AuthorityTool:
    checked = tools.understood(tools.written(tool), frameworks.library())
    return added(
        AuthorityTool(
            authority=authority,
            tool_id=checked.id,
            name=checked.name,
            copied_from=copied_from,
            draft=tools.as_json(checked),
        )
    )


def _require_author(own: AuthorityTool, version: int, by: Person) -> None:
    require_may(by, own.authority, Permission.WRITE_AUDIT_TOOLS)
    if own.version != version:
        raise changed_since(own.name)


def _require_own_name(name: str, others: Sequence[str], what: str) -> None:
    """Two of one name could not be told apart in an audit or its figures."""
    if " ".join(name.split()).casefold() in {" ".join(one.split()).casefold() for one in others}:
        raise Refused(f"There is a {what} “{' '.join(name.split())}” already. Word this one in a way of its own.")


def _keep(own: AuthorityTool, version: int, by: Person, changed: Tool) -> None:
    _require_author(own, version, by)
    draft_of(own)
    tool = tools.understood(tools.written(changed), frameworks.library())
    own.draft, own.name = tools.as_json(tool), tool.name
    flush(own.name)
    history.record(own, "draft changed")


def _keep_domains(own: AuthorityTool, version: int, by: Person, domains: Sequence[Domain]) -> None:
    _keep(own, version, by, draft_of(own).model_copy(update={"domains": tuple(domains)}))


def _keep_questions(own: AuthorityTool, code: str, version: int, by: Person, questions: Sequence[Question]) -> None:
    changed = _domain(own, code).model_copy(update={"questions": tuple(questions)})
    _keep_domains(own, version, by, [changed if one.code == code else one for one in draft_of(own).domains])


def _domain(own: AuthorityTool, code: str) -> Domain:
    return draft_of(own).domain(code)


def _question(own: AuthorityTool, code: str, of: str) -> Question:
    found = next((one for one in _domain(own, code).questions if one.code == of), None)
    if found is None:
        raise Refused("There is no such question any more. Open the domain again.")
    return found


def _moved(parts: Sequence[Part], part: Part, *, later: bool) -> Sequence[Part]:
    """The parts with one of them a place later or earlier; the first and the last stay where they end."""
    place = parts.index(part)
    rest: list[Part] = [one for one in parts if one is not part]
    at: int = min(max(place + (1 if later else -1), 0), len(rest))
    rest.insert(at, part)
    return rest
