"""The kinds of pack."""

from enum import StrEnum


class PackKind(StrEnum):
    """In the order in which they are offered. Values are part of addresses and of the command line."""

    SELF_EVALUATION = "self-evaluation"
    SUMMARY = "self-evaluation-summary"
    IMPROVEMENT_PLAN = "improvement-plan"
    STATEMENT_OF_ACTION = "statement-of-action"
    BOARD = "board"
    EXCEPTIONS = "exceptions"
    SCORECARD = "scorecard"
    QA_QUARTERLY = "qa-quarterly"
    EVIDENCE_REGISTER = "evidence-register"
    PRACTICE_EXAMPLE = "practice-example"
    PEER_CHALLENGE = "peer-challenge"
    PUBLIC = "public"
    DAILY_BRIEF = "daily-brief"
    MEETING_BRIEFING = "meeting-briefing"


FOR_EVERYBODY = frozenset({PackKind.PUBLIC})
"""What whoever may open packs at all may open: it is written for the public, without names."""

FOR_WHO_RUNS_A_WEEK = frozenset({PackKind.DAILY_BRIEF, PackKind.MEETING_BRIEFING})
"""What only those may open who run the week of an inspection: it says what was noted of inspectors' words."""


class State(StrEnum):
    """How far a pack is."""

    QUEUED = "Queued"
    RUNNING = "Running"
    READY = "Ready"
    FAILED = "Failed"
    CANCELLED = "Cancelled"

    @property
    def is_under_way(self) -> bool:
        return self in (State.QUEUED, State.RUNNING)


class FileKind(StrEnum):
    """What a pack can be taken away as. Values are the endings of file names."""

    PDF = "pdf"
    WORD = "docx"
    SPREADSHEET = "xlsx"
    PAGE = "html"


FILE_NAMES = {
    FileKind.PDF: "PDF",
    FileKind.WORD: "Word document",
    FileKind.SPREADSHEET: "spreadsheet of its tables",
    FileKind.PAGE: "web page in one file",
}

PACK_NAMES = {
    PackKind.SELF_EVALUATION: "Self-evaluation",
    PackKind.IMPROVEMENT_PLAN: "Improvement plan",
    PackKind.STATEMENT_OF_ACTION: "Written statement of action",
    PackKind.BOARD: "Board report",
    PackKind.PRACTICE_EXAMPLE: "Practice example",
    PackKind.EVIDENCE_REGISTER: "Evidence register",
    PackKind.QA_QUARTERLY: "Quarterly report on audits",
    PackKind.SCORECARD: "Scorecard",
    PackKind.SUMMARY: "Self-evaluation, summary",
    PackKind.PUBLIC: "Public report",
    PackKind.PEER_CHALLENGE: "Peer challenge",
    PackKind.EXCEPTIONS: "Exceptions since the last board",
    PackKind.DAILY_BRIEF: "Daily brief",
    PackKind.MEETING_BRIEFING: "Meeting briefing",
}

WHAT_FOR = {
    PackKind.SELF_EVALUATION: "For inspection day and the annual engagement meeting: the newest version, whole.",
    PackKind.IMPROVEMENT_PLAN: "For the improvement board: open items, their actions, and what became of earlier ones.",
    PackKind.STATEMENT_OF_ACTION: "For the Secretary of State and HM Chief Inspector: what we propose in answer "
    "to the newest report, for the director to sign.",
    PackKind.BOARD: "For a board: what moved between its last two snapshots, and how far from target all is.",
    PackKind.PRACTICE_EXAMPLE: "For a regional alliance: one page, made from the page of the practice example.",
    PackKind.EVIDENCE_REGISTER: "For inspectors on site: the evidence of each area, what is missing, and the names "
    "of its files in a bundle.",
    PackKind.QA_QUARTERLY: "For leaders and boards: what audits of the last full quarter found, and what they changed.",
    PackKind.SCORECARD: "For leaders, boards and partners: every measure by judgement area, exceptions first; small "
    "numbers are hidden.",
    PackKind.SUMMARY: "For the director, the lead member and the chief executive: the newest version in four pages.",
    PackKind.PUBLIC: "For the scrutiny committee and the website: the last version that was signed, or else the draft "
    "marked as one; small numbers hidden, posts instead of names, nothing internal.",
    PackKind.PEER_CHALLENGE: "For a regional alliance: what we ask peers to test, then the newest version with its "
    "plan; posts instead of names.",
    PackKind.EXCEPTIONS: "For the chair of a board: only what has got worse or is late since its last snapshot, "
    "and the measures to look at first.",
    PackKind.DAILY_BRIEF: "For our own leaders in the week of an inspection: one page, made from the brief of its day.",
    PackKind.MEETING_BRIEFING: "For our own people before a meeting with inspectors: one page, made from the "
    "meeting’s own page.",
}

FROM_A_PAGE = frozenset({PackKind.PRACTICE_EXAMPLE, PackKind.DAILY_BRIEF, PackKind.MEETING_BRIEFING})
"""Kinds that are made from the page of what they are about, and take no other's place."""

OF_THE_WHOLE_AUTHORITY = tuple(kind for kind in PackKind if kind not in FROM_A_PAGE)
"""Kinds that need nothing chosen."""

OF_ONE_THING = FROM_A_PAGE | {PackKind.BOARD}
"""Kinds that may be about a chosen snapshot, piece of evidence, day or meeting."""
BY_POST = frozenset({PackKind.PUBLIC, PackKind.PEER_CHALLENGE})
"""Kinds for readers who are to know who answers by her post, and not by her name."""
