"""Shows in a text what was found, and as much around it as says what it is about."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from tracker.corpus.words import places
from tracker.platform.full_text import Phrase

LONGEST_EXCERPT = 420
"""Characters, as far as whole sentences allow. Our choice: six lines beside the filters."""
SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+(?=[A-Z0-9‘“(•–-])")


def marked(text: str, phrases: Sequence[Phrase]) -> Markup:
    """The text with every phrase marked; whatever the text holds is escaped.

    >>> marked("Visits <b> & visiting", [("visit",)])
    Markup('<mark>Visits</mark> &lt;b&gt; &amp; <mark>visiting</mark>')
    """
    pieces, end = [], 0
    for start, stop in places(text, phrases):
        pieces += [escape(text[end:start]), Markup("<mark>{}</mark>").format(text[start:stop])]
        end = stop
    return Markup("").join([*pieces, escape(text[end:])])


def excerpt(text: str, phrases: Sequence[Phrase], *, longest: int = LONGEST_EXCERPT) -> str:
    """The neighbouring sentences that say most of what was asked; the text itself where it is short.

    >>> excerpt("Plans drift. Missing children are seen. Visits are late.", [("miss",)], longest=30)
    '… Missing children are seen. …'
    """
    if len(text) <= longest:
        return text
    sentences = SENTENCE_END.split(text)
    spans = [_span(sentences, first, longest) for first in range(len(sentences))]
    best = max(spans, key=lambda span: _told(" ".join(sentences[slice(*span)]), phrases))
    piece = " ".join(sentences[slice(*best)])
    return f"{'… ' if best[0] else ''}{piece}{' …' if best[1] < len(sentences) else ''}"


def _span(sentences: Sequence[str], first: int, longest: int) -> tuple[int, int]:
    """From one sentence on, as many as fit, at least that one."""
    last, length = first + 1, len(sentences[first])
    while last < len(sentences) and length + 1 + len(sentences[last]) <= longest:
        length += 1 + len(sentences[last])
        last += 1
    return first, last


def _told(text: str, phrases: Sequence[Phrase]) -> tuple[int, int]:
    """How many different phrases a text has, and how often."""
    found = [len(places(text, [phrase])) for phrase in phrases]
    return sum(count > 0 for count in found), sum(found)
