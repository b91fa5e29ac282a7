"""E-mails: who wrote to whom, what about, what they wrote, and what is attached."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from tracker.evidence.words.of_text import decoded
from tracker.evidence.words.passages import Passage, one

HEADERS = {
    "Subject": "the subject", "From": "the sender", "Reply-To": "the sender", "To": "the recipients",
    "Cc": "the recipients", "Bcc": "the recipients", "Thread-Topic": "the subject",
}  # fmt: skip
BLOCKS = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "td", "th", "blockquote"})
NOT_SHOWN = frozenset({"style", "script", "head", "title"})


def opened(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def passages(mail: EmailMessage) -> Iterator[Passage]:
    for header, place in HEADERS.items():
        for value in mail.get_all(header, []):
            yield from one(place, str(value))
    for part in texts(mail):
        yield from one("the text", written(part))


def texts(mail: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that are read in the mail itself."""
    for part in mail.walk():
        if part.get_content_maintype() == "text" and not part.get_filename() and isinstance(part, EmailMessage):
            yield part


def written(part: EmailMessage) -> str:
    """What a person reads of it."""
    return without_marks(source(part)) if part.get_content_subtype() == "html" else source(part)


def source(part: EmailMessage) -> str:
    """With the marks of a web page, if it is one."""
    content = part.get_payload(decode=True)
    return _in_its_alphabet(content if isinstance(content, bytes) else b"", part.get_content_charset())


def _in_its_alphabet(content: bytes, alphabet: str | None) -> str:
    try:
        return content.decode(alphabet or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decoded(content)


def attachments(mail: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """By name; a mail in the mail is called that."""
    for part in mail.walk():
        if part is not mail and part.get_content_type() == "message/rfc822":
            for inner in part.iter_parts():
                yield "mail.eml", inner.as_bytes()
        elif part.get_filename():
            content = part.get_payload(decode=True)
            yield part.get_filename() or "", content if isinstance(content, bytes) else b""


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in NOT_SHOWN
        if tag in BLOCKS:
            self.said.append("\n")
        self.said += [f" {value} " for name, value in attrs if name in {"href", "alt", "title"} and value]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in NOT_SHOWN and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.said.append(data)


def without_marks(html: str) -> str:
    """What a person reads of a web page, and where its links lead."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.said)
