"""Showing a text in an authority's own words."""

import re
from collections.abc import Mapping
from functools import cached_property

LONGEST = 80
"""Characters of a term."""

QUOTED = re.compile(r"“[^”]{0,500}”|\"[^\"\n]{0,500}\"|`[^`\n]{0,200}`|\]\([^()\s]{0,300}\)")
"""Other people's words are shown as they are, and so are addresses."""


class Glossary:
    """Terms by how they are written, in small letters."""

    def __init__(self, terms: Mapping[str, str]) -> None:
        self.terms = terms

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.terms, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)

    def shown(self, text: str) -> str:
        """A text as it is shown. Whole words only; what begins with a capital letter goes on beginning with one.

        >>> Glossary({"lac": "children in our care"}).shown("LAC say “LAC is not a word”; placed, not lacking.")
        'Children in our care say “LAC is not a word”; placed, not lacking.'
        """
        if not self.terms:
            return text
        pieces, end = [], 0
        for quoted in QUOTED.finditer(text):
            pieces += [self._pattern.sub(self._instead, text[end : quoted.start()]), quoted[0]]
            end = quoted.end()
        return "".join([*pieces, self._pattern.sub(self._instead, text[end:])])

    def _instead(self, found: re.Match[str]) -> str:
        words = self.terms[found[0].lower()]
        return words[0].upper() + words[1:] if found[0][0].isupper() and _begins(found) else words

    def changes(self, text: str) -> bool:
        return self.shown(text) != text


def _begins(found: re.Match[str]) -> bool:
    """Whether a word with a capital letter begins a sentence, or is written with one wherever it stands."""
    before = found.string[: found.start()].rstrip(" *_\n#-|>(")
    return not before or before[-1] in '.!?:”"])' or not found[0].isupper()
