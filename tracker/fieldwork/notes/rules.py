from collections.abc import Mapping
from enum import StrEnum

LONGEST = 2000


class NoteKind(StrEnum):
    LINE_OF_ENQUIRY = "line_of_enquiry"
    STRENGTH = "strength"
    CONCERN = "concern"


NOTE_NAMES: Mapping[NoteKind, str] = {
    NoteKind.LINE_OF_ENQUIRY: "Line of enquiry",
    NoteKind.STRENGTH: "Emerging strength",
    NoteKind.CONCERN: "Emerging concern",
}
NOTE_HINTS: Mapping[NoteKind, str] = {
    NoteKind.LINE_OF_ENQUIRY: "Something that inspectors follow up, or will.",
    NoteKind.STRENGTH: "Something that they say goes well.",
    NoteKind.CONCERN: "Something that they say worries them.",
}
