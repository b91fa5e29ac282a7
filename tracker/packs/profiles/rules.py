"""What a profile may say. Pure."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from reports.look import ACCENT, COLOUR, GROUND, INK, READABLE, contrast
from tracker.evidence.rules import Marking
from tracker.packs.profiles import sections
from tracker.packs.rules import BY_POST, PackKind

LONGEST_NAME, LONGEST_WORD, LONGEST_ALT = 60, 24, 200
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ,.&/-]*")
"""A watermark: letters that every face has, since it is drawn and not reworded."""


class LeftOut(StrEnum):
    """What is taken out of a pack."""

    NUMBERS = "numbers"
    NAMES = "names"
    REMARKS = "remarks"


LEFT_OUT_NAMES: Mapping[LeftOut, str] = {
    LeftOut.NUMBERS: "Small numbers: few cases of a whole are “some” or “most”, and charts of few audits are left out",
    LeftOut.NAMES: "Names of people: posts stand in their place",
    LeftOut.REMARKS: "Internal remarks: marks beside statements, our confidence, and what we are not yet sure of",
}
LEFT_OUT_WORDS: Mapping[LeftOut, str] = {
    LeftOut.NUMBERS: "small numbers",
    LeftOut.NAMES: "names of people",
    LeftOut.REMARKS: "internal remarks",
}
_SELF = (PackKind.SELF_EVALUATION, PackKind.SUMMARY, PackKind.PEER_CHALLENGE)
OFFERED: Mapping[LeftOut, frozenset[PackKind]] = {
    LeftOut.NUMBERS: frozenset({*_SELF, PackKind.IMPROVEMENT_PLAN}),
    LeftOut.NAMES: frozenset(sections.SECTIONS) - BY_POST,
    LeftOut.REMARKS: frozenset(_SELF),
}
"""Where each may be chosen. The public report leaves all of it out always, and a peer challenge names; a quarterly
report on audits is numbers throughout, and who may not see few of them is given the public report."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Everything that a profile chooses, apart from its crest."""

    kind: PackKind
    name: str
    order: tuple[str, ...]
    """Codes of the sections to print, in order."""
    marking: Marking = Marking.OFFICIAL
    watermark: str = ""
    ink: str = INK
    accent: str = ACCENT
    left_out: tuple[LeftOut, ...] = ()

    @classmethod
    def usual(cls, kind: PackKind, name: str) -> "Profile":
        return cls(kind=kind, name=name, order=sections.usual(kind))

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Profile":
        return cls(
            **{
                **kept,
                "kind": PackKind(kept["kind"]),
                "order": tuple(kept["order"]),
                "marking": Marking(kept["marking"]),
                "left_out": tuple(map(LeftOut, kept["left_out"])),
            }
        )


def why_not(profile: Profile) -> Mapping[str, str]:
    """By field, why a profile cannot be kept, in sentences; empty: it can."""
    found = {
        "name": _why_not_named(profile.name),
        "order": _why_not_ordered(profile),
        "watermark": _why_not_a_word(profile.watermark),
        "ink": _why_not_a_colour(profile.ink, "headings"),
        "accent": _why_not_a_colour(profile.accent, "links and references"),
        "left_out": next((f"A pack of this kind has no choice about {LEFT_OUT_WORDS[one]}."
                          for one in profile.left_out if profile.kind not in OFFERED[one]), ""),
    }  # fmt: skip
    return {field: sentence for field, sentence in found.items() if sentence}


def _why_not_named(name: str) -> str:
    if not name:
        return "Give the profile a name, such as Scrutiny committee."
    return f"Use {LONGEST_NAME} characters or fewer for the name." if len(name) > LONGEST_NAME else ""


def _why_not_ordered(profile: Profile) -> str:
    known = sections.named(profile.kind)
    if set(profile.order) - set(known) or len(set(profile.order)) != len(profile.order):
        return "A section was chosen that a pack of this kind does not have. Open the profile again."
    missing = [one.name for one in known.values() if one.needed and one.code not in profile.order]
    if missing:
        return f"“{missing[0]}” cannot be left out: a pack of this kind is not one without it."
    if sections.METHOD.code in profile.order and profile.order[-1] != sections.METHOD.code:
        return f"“{sections.METHOD.name}” stands last."
    return ""


def _why_not_a_word(word: str) -> str:
    if not word or (WORD.fullmatch(word) and len(word) <= LONGEST_WORD):
        return ""
    return f"A watermark is up to {LONGEST_WORD} letters, figures and spaces, such as NOT FOR PUBLICATION."


def _why_not_a_colour(colour: str, of: str) -> str:
    """
    >>> _why_not_a_colour("#ffcc00", "headings")
    'The colour of headings, #ffcc00, stands out 1.3 to 1 from a tinted ground and needs 4.5 to 1. Choose a darker one.'
    """
    if not COLOUR.fullmatch(colour):
        return f"The colour of {of} is six figures and letters after a #, such as {INK}."
    found = contrast(colour, GROUND)
    if found >= READABLE:
        return ""
    return (
        f"The colour of {of}, {colour}, stands out {found:.1f} to 1 from a tinted ground and needs {READABLE} to 1. "
        "Choose a darker one."
    )


def why_no_alternative(alt: str) -> str:
    if not alt:
        return "Say in a few words what the picture shows, such as: Crest of the London Borough of Brent."
    if "ofsted" in alt.lower() or "crown" in alt.lower():
        return "Use your authority’s own crest or logo. Ofsted’s logo and the Crown’s arms are not ours to print."
    return f"Use {LONGEST_ALT} characters or fewer to say what it shows." if len(alt) > LONGEST_ALT else ""
