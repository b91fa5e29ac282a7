"""Text that people wrote, made safe to print: Markdown to HTML with citations as links, and characters that fonts have.

Whatever a statement holds, nothing in it becomes markup, an address to fetch or an element the document did not expect:
headings become bold lines, pictures a note that they were left out, links their words and address.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

CITATION = re.compile(r"\[([A-Z]{1,2}-\d+)(?::(\d+))?\]")
"""``[E-231]``, or ``[R-3:8]`` for a paragraph of a report."""
MENTION = re.compile(r"(?<![\w-])([A-Z]-\d+)(?![\w-])")
"""A reference in running text: A-104."""

DEEPEST = 14
"""Markdown nested further than this is printed as the plain text it is: nobody means it, and layout is recursive."""
KEPT_FORMAT = {"\u00ad", "\u200c", "\u200d"}
"""Invisible characters that words need: soft hyphen and the joiners of Arabic and Indic scripts."""
LONGEST = 20
"""Letters after which a word may be broken between lines."""
NO_WORD = 200
"""Letters after which it is no word, and is cut by a space: layout looks for one, and at all the text without."""
BREAK_HERE = "\u200b"


def citations(text: str) -> Iterator[str]:
    """References cited in ``text``, as often as they are.

    >>> list(citations("Seen [E-231], and in paragraph 8 [R-3:8]; A-104 is only mentioned"))
    ['E-231', 'R-3']
    """
    return (found[1] for found in CITATION.finditer(text))


def in_words(text: str) -> str:
    """Citations of paragraphs as they are read.

    >>> in_words("Honest [R-3:49], and late [E-2].")
    'Honest [R-3, paragraph 49], and late [E-2].'
    """
    return CITATION.sub(lambda found: f"[{found[1]}, paragraph {found[2]}]" if found[2] else found[0], text)


class Prose:
    """Prints Markdown for one document, which holds an anchor for each reference in ``printed``."""

    def __init__(self, printed: Collection[str]) -> None:
        self._printed = printed
        self._markdown = _markdown(self.linked)

    def passage(self, text: str) -> Markup:
        """Markdown as paragraphs, lists and tables."""
        tokens = self._markdown.parse(text)
        if any(token.level > DEEPEST for token in tokens):
            return Markup().join(self._plain(text))
        html: str = self._markdown.renderer.render(tokens, self._markdown.options, {})
        return Markup(html)  # noqa: S704 markdown-it escapes, raw HTML is off

    def line(self, text: str) -> Markup:
        """Markdown for inside a list item: a lone paragraph as its words."""
        passage = self.passage(text).strip()
        lone = passage.startswith("<p>") and passage.endswith("</p>") and passage.count("<p") == 1
        return Markup(passage[3:-4]) if lone else passage  # noqa: S704 cut out of what is markup already

    def linked(self, text: str) -> Markup:
        """Plain text in which references that the document prints are links."""
        parts, end = [], 0
        for found in re.finditer(f"{CITATION.pattern}|{MENTION.pattern}", text):
            parts += [escape(text[end : found.start()]), self._reference(found)]
            end = found.end()
        return Markup().join([*parts, escape(text[end:])])

    def _reference(self, found: re.Match[str]) -> Markup:
        cited, paragraph, mentioned = found.groups()
        reference = cited or mentioned
        words = f"[{cited}, paragraph {paragraph}]" if paragraph else found[0]
        if reference not in self._printed:
            return escape(words)
        style = Markup(' class="c"') if cited else Markup()
        return Markup('<a{} href="#{}">{}</a>').format(style, reference.lower(), words)

    def _plain(self, text: str) -> Iterator[Markup]:
        for paragraph in re.split(r"\n\s*\n", text):
            yield Markup("<p>{}</p>").format(self.linked(paragraph))


class _Renderer(RendererHTML):
    """HTML that a pack can hold. Each method is called for the token of its name."""

    linked: Callable[[str], Markup]

    def text(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        return self.linked(tokens[index].content)

    def code_inline(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        return self.linked(tokens[index].content)

    def fence(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        return Markup("<p>{}</p>\n").format(self.linked(tokens[index].content))

    def image(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        return Markup("[picture left out: {}]").format(tokens[index].content or "no description")

    def link_open(self, *_: object) -> str:
        return ""

    hr = link_open

    def link_close(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        return escape(_address(tokens, index))

    def heading_open(self, *_: object) -> str:
        return '<p class="head"><b>'

    def heading_close(self, *_: object) -> str:
        return "</b></p>\n"

    def th_open(self, *_: object) -> str:
        return '<th scope="col">'

    def td_open(self, *_: object) -> str:
        return "<td>"


def _markdown(linked: Callable[[str], Markup]) -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 200}, renderer_cls=_Renderer).enable("table")
    markdown.disable(["html_block", "html_inline", "reference", "autolink", "code"])
    markdown.renderer.linked = linked  # type: ignore[attr-defined] # the protocol knows no attributes
    return markdown


def _address(tokens: Sequence[Token], closing: int) -> str:
    """Where a link led, to be read rather than followed; nothing for a place in the pack itself."""
    depth = 0
    for token in reversed(tokens[:closing]):
        depth += {"link_close": 1, "link_open": -1}.get(token.type, 0)
        if depth < 0:
            address = str(token.attrs.get("href", ""))
            return f" ({address})" if address.startswith(("http://", "https://", "mailto:")) else ""
    return ""


def readable(text: str, has: Callable[[str], bool] = lambda character: True) -> str:
    """``text`` without characters that no file can hold, and with each that no font ``has`` told by its name.

    >>> readable("Well done \U0001f44d", str.isascii)
    'Well done [thumbs up sign]'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character, has) for character in text)


def breakable(text: str) -> str:
    """``text`` with places to break inside words that no line could hold."""
    return re.sub(rf"\S{{{2 * LONGEST + 1},}}", _broken, text)


def _shown(character: str, has: Callable[[str], bool]) -> str:
    category = unicodedata.category(character)
    if character in "\n\t" or character in KEPT_FORMAT:
        return character
    if category in {"Cc", "Cf", "Cs", "Co", "Cn"} or unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
        return ""
    if has(character):
        return character
    return f"[{unicodedata.name(character, 'character that cannot be printed').lower()}]"


def _broken(word: re.Match[str]) -> str:
    return " ".join(BREAK_HERE.join(_pieces(part, LONGEST)) for part in _pieces(word[0], NO_WORD))


def _pieces(letters: str, size: int) -> Iterator[str]:
    return (letters[start : start + size] for start in range(0, len(letters), size))
