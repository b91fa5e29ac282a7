"""The names of inspectors, told from their offices."""

import re

LEAD = re.compile(
    r"(?:joint\s+|co-?)?(?:lead|reporting)\s+(?:(?:HM|ofsted|social care|majesty[’'`]s)\s+)*"
    r"inspectors?(?:\(s\)|\b)\s*[:\-–—]?|lead\s+HMIs?\b\s*[:\-–—]?",
    re.IGNORECASE,
)
"""The label before who led an inspection."""
_RANKS = (
    r"(?:(?:additional|assistant|associate|compliance|contracted|deputy|lead|national|ofsted|principal|regional|"
    r"regulatory|senior|seconded|social care|specialist|team)\s+)*"
)
_INSPECTOR = r"h(?:er|is) majesty[’'`‘´]?s?(?:\s+(?:(?:senior|lead|chief)\s+)?inspectors?)?|HM inspectors?|S?HMIs?"
OFFICE = re.compile(
    rf"[,\s]*\(?\b{_RANKS}(?:{_INSPECTOR}|inspectors?|directors?|advis[eo]rs?|officers?|(?:inspection )?managers?)\b"
    r"(?:\s+of children[’'`]?s (?:social care|services))?(?:[,\s]+(?:for )?social care)?\s*(?:\(S?HMIs?\))?\)?",
    re.IGNORECASE,
)
"""An inspector's office, which is no part of the name."""
NAME = re.compile(r"(?:[^\W\d_][\w’'`.-]*)(?:\s+[^\W\d_][\w’'`.-]*){1,4}")
_STYLED = re.compile(r"\b(?:dr|mr|mrs|ms|miss|professor|sir|dame)\.?\s+", re.IGNORECASE)
_PARTING = re.compile(r"\s+and\s+|\s+[-–—]\s+|[,;&/|():]")


def inspectors_in(text: str) -> tuple[str, ...]:
    """Names without their office.

    >>> inspectors_in("Rebecca Quested and Matthew Reed, His Majesty’s Inspectors")
    ('Rebecca Quested', 'Matthew Reed')
    """
    return tuple(name for name in _said(text) if NAME.fullmatch(name) and name[0].isupper())


def breaks_off(text: str) -> bool:
    """Whether a line ends within a name or before one: "Rebecca Quested and Matthew"."""
    said = _said(_STYLED.sub("", text))
    return text.rstrip().casefold().endswith((",", "&", " and")) or not said or " " not in said[-1]


def _said(text: str) -> list[str]:
    """What stands between the offices and the words that part names."""
    parts = _PARTING.split(OFFICE.sub(" , ", text))
    names = (" ".join(part.split()).strip(" .–—-") for part in parts)
    return [name for name in names if name and name.casefold() != "ofsted"]
