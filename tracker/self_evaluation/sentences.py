"""A statement's Markdown as a reader meets it: paragraphs, points, headings and rows, sentence by sentence.

Emphasis, links and the marks of a list are read as plain words here, so that every sentence can carry its own mark; the
pack prints the Markdown itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

CITATION = re.compile(r"\[([A-Z]-\d{1,9}(?::\d{1,4})?)\]")
"""``[E-231]``; ``[R-3:8]`` is paragraph 8 of report R-3."""

TYPED = re.compile(r"\[\s*([A-Za-z]-\d{1,9}(?::\d{1,4})?(?:\s*[,;]\s*[A-Za-z]-\d{1,9}(?::\d{1,4})?){0,20})\s*\]")
"""Citations as people type them: ``[e-231]``, ``[E-231, Q-88]``."""

NOT_WRITTEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that nobody types, a database refuses or a page may not hold."""

SENTENCE_END = re.compile(r"(?<=[.!?])[”\"’')]*(?:\s*\[[A-Z]-\d{1,9}(?::\d{1,4})?\])*(?=\s+[“\"‘'(\[]?[^\Wa-z_]|\s*$)")
"""After a full stop, its closing marks and the citations that follow it, where a sentence or nothing begins."""

NO_END = re.compile(r"(?:\b(?:e\.g|i\.e|paras?|pp?|approx|vs|cf|[Dd]r|Mrs?|Ms|St|No)|\b[A-Z])\.$")
"""Full stops that end a word and no sentence."""

LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\(([^()\s]{0,300})\)")
EMPHASIS = re.compile(r"(\*{1,3}|__|`{1,3}|~~)(?=\S)(.{1,300}?)(?<=\S)\1")
DRAWN = re.compile(r"\s*(?:[-*_=]{3,}|`{3,}.*|~{3,}.*|\|[\s|:-]*)$")
"""Lines that draw and say nothing: rules, fences, the line under the head of a table."""


class Form(StrEnum):
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBER = "number"
    HEADING = "heading"
    ROW = "row"


BEGINNINGS = {
    Form.HEADING: re.compile(r"\s{0,3}#{1,6}\s+"),
    Form.BULLET: re.compile(r"\s*[-*+•]\s+"),
    Form.NUMBER: re.compile(r"\s*\d{1,9}[.)]\s+"),
    Form.ROW: re.compile(r"\s*\|"),
    Form.PARAGRAPH: re.compile(r"[\s>]*"),
}
ONE_LINE = frozenset({Form.HEADING, Form.ROW})
INDENTED = 2
"""Spaces before a point from which on it belongs to the point above."""


@dataclass(frozen=True)
class Sentence:
    """A sentence without its citations, and the references it cites."""

    text: str
    cites: tuple[str, ...]
    claims: bool = True
    """False of a heading, a cell, a question and the words before a list: they claim nothing by themselves."""


@dataclass(frozen=True)
class Block:
    form: Form
    sentences: tuple[Sentence, ...]
    """Of a row, its cells."""
    deep: bool = False
    """A point under the point above it."""


@dataclass
class _Lines:
    form: Form
    deep: bool
    text: str


def references(text: str) -> tuple[str, ...]:
    """Every reference a text cites, each once, in order.

    >>> references("Fewer wait [M-7], as audits found [Q-88] [M-7].")
    ('M-7', 'Q-88')
    """
    return tuple(dict.fromkeys(CITATION.findall(text)))


def tidied(text: str) -> str:
    """A text as it is kept: citations in the one way they are written, and nothing that no page can show.

    >>> tidied("Fewer wait [m-7, q-88]. ")
    'Fewer wait [M-7] [Q-88].'
    """
    plain = NOT_WRITTEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return TYPED.sub(_each_alone, plain).strip()


def _each_alone(typed: re.Match[str]) -> str:
    return " ".join(f"[{reference.strip().upper()}]" for reference in re.split(r"[,;]", typed[1]))


def blocks(text: str) -> tuple[Block, ...]:
    """A text block by block, empty ones left out.

    >>> [(block.form.value, [s.text for s in block.sentences]) for block in blocks("We know.\\n\\n- One [E-1]\\n- Two")]
    [('paragraph', ['We know.']), ('bullet', ['One']), ('bullet', ['Two'])]
    """
    read = (Block(lines.form, _sentences(lines), lines.deep) for lines in _lines(text))
    return tuple(block for block in read if block.sentences)


def written(text: str) -> list[str]:
    """Every sentence with its citations, without the marks of Markdown."""
    return [
        " ".join(filter(None, [sentence.text, *(f"[{cited}]" for cited in sentence.cites)]))
        for block in blocks(text)
        for sentence in block.sentences
    ]


def _lines(text: str) -> Iterator[_Lines]:
    """Lines that belong together: an empty line ends a block, and so does a line that begins another kind."""
    current: _Lines | None = None
    for line in text.splitlines():
        if not line.strip() or DRAWN.match(line):
            yield from [current] if current else []
            current = None
            continue
        form, begins = _form_of(line)
        rest = line[begins.end() :].strip()
        if current and form is Form.PARAGRAPH and current.form not in ONE_LINE:
            current.text += f" {rest}"
            continue
        yield from [current] if current else []
        current = _Lines(form, _is_deep(line), rest)
    yield from [current] if current else []


def _form_of(line: str) -> tuple[Form, re.Match[str]]:
    return next((form, match) for form, pattern in BEGINNINGS.items() if (match := pattern.match(line)))


def _is_deep(line: str) -> bool:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip()) >= INDENTED


def _sentences(lines: _Lines) -> tuple[Sentence, ...]:
    text = _unmarked(lines.text)
    if lines.form is Form.ROW:
        return tuple(_sentence(cell, claims=False) for cell in text.strip().removesuffix("|").split("|"))
    found = [text] if lines.form is Form.HEADING else pieces(text)
    claims = lines.form is not Form.HEADING
    return tuple(_sentence(piece, claims=claims) for piece in found if piece)


def pieces(text: str) -> list[str]:
    """One paragraph cut into its sentences, each with the citations that follow it."""
    ends = [match.end() for match in SENTENCE_END.finditer(text) if not NO_END.search(text[: match.start()][-12:])]
    cuts = [0, *(end for end in ends if 0 < end < len(text)), len(text)]
    return [text[start:end].strip() for start, end in pairwise(cuts)]


def _sentence(text: str, *, claims: bool) -> Sentence:
    bare = re.sub(r"\s+", " ", CITATION.sub("", text))
    words = re.sub(r" +([.,;:!?])", r"\1", bare).strip()
    return Sentence(words, references(text), claims and not words.endswith((":", "?")))


def _unmarked(text: str) -> str:
    """Without the marks of emphasis and links; twice, since one may stand inside another."""
    for _ in range(2):
        text = EMPHASIS.sub(r"\2", LINK.sub(_link_words, text))
    return text


def _link_words(link: re.Match[str]) -> str:
    return f"{link[1]} ({link[2]})" if link[2].startswith(("http://", "https://")) else link[1]
