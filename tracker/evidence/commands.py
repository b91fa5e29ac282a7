"""Every way evidence changes. Each command checks, changes and flushes; the edge commits.

``version`` is the one the person saw when she opened the form. A file is stored last, when nothing else can be refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import BinaryIO

from tracker.actions import commands as actions
from tracker.actions import leaning
from tracker.actions.models import Action
from tracker.evidence import queries, rules
from tracker.evidence.files import commands as files
from tracker.evidence.files.commands import KeptFile
from tracker.evidence.models import Evidence, EvidenceLink, PracticeExample
from tracker.evidence.placing import keeping as keeping  # every flush keeps the places
from tracker.evidence.rules import Kind, Marking, Strength, VoiceOf
from tracker.frameworks.queries import library
from tracker.improvements.models import ImprovementItem
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.platform import child_data, history
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused


@dataclass(frozen=True)
class Upload:
    """A file as somebody chose it: what it holds, and the name it came with."""

    stream: BinaryIO
    name: str


@dataclass(frozen=True, kw_only=True)
class Practice:
    """What only a practice example says; see ``models.PracticeExample``."""

    contact: str
    team: str
    aims: str
    done: str
    partners: str = ""
    in_the_way: str = ""


@dataclass(frozen=True, kw_only=True)
class Description:
    """What is said of a piece of evidence, whatever its kind. What a kind does not have is left as it is here."""

    title: str
    dated: date
    shows: str
    strength: Strength
    origin: str = ""
    owner: Person | None = None
    marking: Marking = Marking.OFFICIAL
    period_from: date | None = None
    period_to: date | None = None
    url: str = ""
    words: str = ""
    voice_of: VoiceOf | None = None
    setting: str = ""
    consent: str = ""
    practice: Practice | None = None
    not_child_data_because: str = ""


LABELS = {
    "title": "Title",
    "shows": "What it shows",
    "origin": "Where it comes from",
    "words": "Their words",
    "setting": "Where it was heard",
    "consent": "Consent",
    "contact": "Key contact",
    "team": "Team",
    "partners": "Partners",
    "aims": "Why, and what for",
    "done": "What was done",
    "in_the_way": "What stood in the way",
}
"""The free text that is looked through for what could lead to a child, under the names its form gives it."""

NEEDED_OF_A_VOICE = {
    "words": "Enter what was said, in their own words.",
    "voice_of": "Say whose voice it is.",
    "consent": "Say how consent to use these words was given.",
}


def add_evidence(
    authority: Authority, *, kind: Kind, says: Description, upload: Upload | None = None, by: Person, on: date
) -> Evidence:
    """Record a piece of evidence. Its owner is whoever adds it, unless ``says`` names a colleague."""
    _require_described(authority, kind, says, on)
    if kind is Kind.FILE and upload is None:
        raise Refused("Choose the file to add.")
    kept = None if upload is None else files.keep(upload.stream, upload.name, authority_id=authority.id)
    return add_with_kept_file(authority, kind=kind, says=says, kept=kept, by=by, on=on)


def add_with_kept_file(
    authority: Authority, *, kind: Kind, says: Description, kept: KeptFile | None, by: Person, on: date
) -> Evidence:
    """As ``add_evidence``, with a file that is in the store already."""
    _require_described(authority, kind, says, on)
    evidence = Evidence(authority=authority, kind=kind)
    _describe(evidence, says)
    evidence.owner = says.owner or by
    if kept is not None:
        files.attach(evidence, kept, by=by)
    db.session.add(evidence)
    db.session.flush()
    return evidence


def correct(evidence: Evidence, *, version: int, says: Description, on: date) -> None:
    """Say it better. Its kind, file and links stay as they are."""
    require_version(evidence, version)
    require_standing(evidence)
    _require_described(evidence.authority, evidence.kind, says, on)
    _describe(evidence, says)
    db.session.flush()


def replace_file(evidence: Evidence, *, version: int, upload: Upload, by: Person, why: str = "") -> None:
    """Put a newer version in the place of the file there is, or add the first one. Older versions are kept.

    ``why`` says what is different in it.
    """
    require_version(evidence, version)
    require_standing(evidence)
    _check_text({"What is different in it": why}, evidence)
    kept = files.keep(upload.stream, upload.name, authority_id=evidence.authority_id)
    files.attach(evidence, kept, by=by, why=why)


def say_why_not_child_data(evidence: Evidence, *, because: str) -> None:
    """Record why text that looks like a child's number or contact may stay."""
    evidence.not_child_data_because = because.strip()
    db.session.flush()


def withdraw(evidence: Evidence, *, version: int, reason: str, on: date) -> None:
    """Rely on it no longer. It stays in the register, and in no count.

    What it alone showed is not shown any more: an action that was embedded because of it goes back.
    """
    require_version(evidence, version)
    require_standing(evidence)
    if not reason.strip():
        raise Refused("Say why it can no longer be relied on.")
    with history.because(reason):
        evidence.withdrawn_on, evidence.withdrawn_because = on, reason.strip()
        db.session.flush()
    for link in queries.links_that_show_a_difference(evidence):
        link.shows_difference = False
        if link.action is not None and not leaning.still_shown(link.action):
            because = f"{evidence.reference}, which showed what difference it made, was withdrawn: {reason.strip()}"
            actions.doubt(link.action, because=because, by=None, on=on)


def reinstate(evidence: Evidence, *, version: int) -> None:
    """Undo ``withdraw``."""
    require_version(evidence, version)
    if evidence.withdrawn_on is None:
        raise Refused(f"{evidence.reference} was not withdrawn.")
    if evidence.disposed_on is not None:
        require_standing(evidence)
    evidence.withdrawn_on, evidence.withdrawn_because = None, ""
    db.session.flush()


def link_to_item(evidence: Evidence, *, item: ImprovementItem, shows_there: str = "") -> EvidenceLink:
    """Say that it speaks for an improvement item, and what it shows about that item in particular."""
    _require_same_authority(evidence, item)
    _require_new(evidence, any(link.item_id == item.id for link in evidence.links), item.reference)
    return _linked(evidence, EvidenceLink(item=item, shows_there=shows_there))


def link_to_action(evidence: Evidence, *, action: Action, shows_there: str = "") -> EvidenceLink:
    _require_same_authority(evidence, action)
    _require_new(evidence, any(link.action_id == action.id for link in evidence.links), action.reference)
    return _linked(evidence, EvidenceLink(action=action, shows_there=shows_there))


def link_to_area(evidence: Evidence, *, area_code: str, shows_there: str = "") -> EvidenceLink:
    """``area_code`` is that of an area in any framework we know."""
    names = _area_names()
    if area_code not in names:
        raise Refused("Choose a judgement area from the list.")
    _require_new(evidence, any(link.area_code == area_code for link in evidence.links), names[area_code])
    return _linked(evidence, EvidenceLink(area_code=area_code, shows_there=shows_there))


def link_to_theme(evidence: Evidence, *, theme_code: str, shows_there: str = "") -> EvidenceLink:
    """``theme_code`` is that of a theme in any framework we know. Raises Refused for any other."""
    theme = library().theme(theme_code).theme
    _require_new(evidence, any(link.theme_code == theme_code for link in evidence.links), theme.name)
    return _linked(evidence, EvidenceLink(theme_code=theme_code, shows_there=shows_there))


def say_what_it_shows_there(link: EvidenceLink, *, shows_there: str) -> None:
    """Change what a link says it shows about its one thing."""
    _check_text({"What it shows there": shows_there}, link.evidence)
    link.shows_there = shows_there.strip()
    db.session.flush()


def unlink(link: EvidenceLink) -> None:
    """Take a link out. Refused while an action is marked embedded because of it."""
    if link.shows_difference and link.action is not None:
        raise Refused(
            f"{link.action.reference} was marked embedded because of {link.evidence.reference}, so the link stays."
        )
    evidence = link.evidence
    evidence.links.remove(link)
    db.session.delete(link)
    history.record(evidence, f"no longer linked to {_name(link)}")


def embed(action: Action, *, evidence: Sequence[Evidence], difference: str, by: Person, on: date) -> None:
    """Mark a delivered action embedded because ``evidence`` shows what difference it made.

    Each piece must be data, audit, observation or voice, show an outcome or an impact, and be linked to the action
    or to its item. Those that were linked only to the item are linked to the action as well.
    """
    if not evidence:
        raise Refused("Choose the evidence that shows the difference.")
    queries.hold(evidence)
    for one in evidence:
        _require_same_authority(one, action)
        why_not = rules.why_not_show_difference(
            one.reference,
            one.kind,
            one.strength,
            withdrawn=one.withdrawn_on is not None,
            linked=_speaks_of(one, action),
        )
        if why_not:
            raise Refused(why_not)
    actions.mark_embedded(action, difference=difference, by=by, on=on)
    for one in evidence:
        link = next((link for link in one.links if link.action_id == action.id), None)
        (link or _linked(one, EvidenceLink(action=action, shows_there=difference))).shows_difference = True
    db.session.flush()


def _describe(evidence: Evidence, says: Description) -> None:
    for field in fields(Description):
        if field.name not in {"owner", "practice"}:
            value = getattr(says, field.name)
            setattr(evidence, field.name, value.strip() if type(value) is str else value)
    evidence.owner = says.owner or evidence.owner
    if says.practice is not None:
        evidence.practice = evidence.practice or PracticeExample(authority_id=evidence.authority.id)
        for field in fields(Practice):
            setattr(evidence.practice, field.name, getattr(says.practice, field.name).strip())


def _linked(evidence: Evidence, link: EvidenceLink) -> EvidenceLink:
    _check_text({"What it shows there": link.shows_there}, evidence)
    link.authority_id = evidence.authority_id
    link.shows_there = link.shows_there.strip()
    evidence.links.append(link)
    history.record(evidence, f"linked to {_name(link)}")
    return link


def _name(link: EvidenceLink) -> str:
    """As the history says it: I-9, A-104, HP11 or the name of an area."""
    thing = link.item or link.action
    if thing is not None:
        return thing.reference
    return link.theme_code or _area_names()[link.area_code or ""]


def _area_names() -> Mapping[str, str]:
    """Of every framework we know; what a later one calls an area wins."""
    return {area.code: area.short_name for one in library().frameworks.values() for area in one.areas}


def _speaks_of(evidence: Evidence, action: Action) -> bool:
    return any(link.action_id == action.id or link.item_id == action.item_id for link in evidence.links)


def _check_text(texts: dict[str, str], evidence: Evidence) -> None:
    child_data.check(texts, reason=evidence.not_child_data_because)


def _require_described(authority: Authority, kind: Kind, says: Description, on: date) -> None:
    for why_not in _faults(kind, says, on):
        raise Refused(why_not)
    if says.owner is not None and people.membership(says.owner, authority) is None:
        raise Refused(f"{says.owner.name} does not work in {authority.name}. Choose a colleague from the list.")
    child_data.check(_free_text(says), reason=says.not_child_data_because)


def _faults(kind: Kind, says: Description, on: date) -> Iterator[str]:
    if not says.title.strip():
        yield "Enter a title."
    if not says.shows.strip():
        yield "Say what it shows, in a sentence."
    if kind is Kind.LINK and not says.url.startswith(("https://", "http://")):
        yield "Enter the address of the page, starting with https://"
    if kind is Kind.PRACTICE_EXAMPLE and says.practice is None:
        yield "Say what was done, by which team and why."
    yield from _faults_of_voice(kind, says)
    yield from _faults_of_dates(says, on)


def _faults_of_voice(kind: Kind, says: Description) -> Iterator[str]:
    if kind is Kind.VOICE:
        yield from (sentence for field, sentence in NEEDED_OF_A_VOICE.items() if not getattr(says, field))


def _faults_of_dates(says: Description, on: date) -> Iterator[str]:
    if says.dated > on:
        yield "The day it speaks of is in the future. Enter today or an earlier day."
    if says.period_from and says.period_to and says.period_from > says.period_to:
        yield "The period ends before it starts. Change one of its days."
    if says.period_to and says.period_to > on:
        yield "The period ends in the future. Enter today or an earlier day."


def _free_text(says: Description) -> dict[str, str]:
    """Every free text by the name its form gives it."""
    texts = {LABELS[name]: getattr(says, name) for name in LABELS if hasattr(says, name)}
    if says.practice is not None:
        texts |= {LABELS[field.name]: getattr(says.practice, field.name) for field in fields(Practice)}
    return texts


def require_version(evidence: Evidence, version: int) -> None:
    """Raises Conflict when it was changed since."""
    if evidence.version != version:
        raise Conflict(
            f"{evidence.reference} was changed by somebody else, or in another window, after you opened it. "
            "Look at what is there now, then make your change again."
        )


def require_standing(evidence: Evidence) -> None:
    """Raises Refused for what was withdrawn or disposed of."""
    if evidence.disposed_on is not None:
        raise Refused(f"{evidence.reference} was disposed of on {evidence.disposed_on:%-d %B %Y}. It cannot come back.")
    if evidence.withdrawn_on is not None:
        raise Refused(f"{evidence.reference} was withdrawn on {evidence.withdrawn_on:%-d %B %Y}. Reinstate it first.")


def _require_same_authority(evidence: Evidence, thing: ImprovementItem | Action) -> None:
    if evidence.authority_id != thing.authority_id:
        raise Refused(f"{thing.reference} belongs to another authority.")


def _require_new(evidence: Evidence, linked: bool, name: str) -> None:
    require_standing(evidence)
    if linked:
        raise Refused(f"{evidence.reference} is linked to {name} already.")
