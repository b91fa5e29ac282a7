"""Taking values out of e-mails: who wrote to whom, what about, what they wrote, and what is attached."""

from email.message import EmailMessage
from pathlib import Path

from tracker.evidence.redaction import values
from tracker.evidence.redaction.in_office import RedactAttached
from tracker.evidence.redaction.values import Patterns
from tracker.evidence.words import of_mail
from tracker.platform.child_data import BLOCK

NOBODY = "taken-out@example.invalid"
"""An address that leads nowhere, for headers that must hold one. Source: RFC 2606, section 2."""


def redact(path: Path, to: Path, patterns: Patterns, html: Patterns, attached: RedactAttached) -> None:
    mail = of_mail.opened(path.read_bytes())
    _redact(mail, patterns, html, attached)
    to.write_bytes(mail.as_bytes())


def _redact(mail: EmailMessage, patterns: Patterns, html: Patterns, attached: RedactAttached) -> None:
    for part in list(mail.walk()):
        if isinstance(part, EmailMessage):
            _redact_headers(part, patterns)
            if not part.is_multipart():
                _redact_content(part, patterns, html, attached)


def _redact_headers(part: EmailMessage, patterns: Patterns) -> None:
    for name in dict.fromkeys(part.keys()):
        said = [str(value) for value in part.get_all(name, [])]
        if not any(values.seen(value, patterns) for value in said):
            continue
        if name.lower() in {"content-type", "content-disposition"}:
            _rename(part, patterns)
            continue
        del part[name]
        for value in said:
            part[name] = values.blotted(value, patterns, NOBODY if "@" in value else BLOCK)


def _rename(part: EmailMessage, patterns: Patterns) -> None:
    """An attachment's name stands in one header or in both."""
    name = values.blotted(part.get_filename() or "", patterns)
    if part.get_param("name") is not None:
        part.set_param("name", name)
    if "content-disposition" in part:
        part.set_param("filename", name, header="Content-Disposition")


def _redact_content(part: EmailMessage, patterns: Patterns, html: Patterns, attached: RedactAttached) -> None:
    if part.get_content_maintype() == "text" and not part.get_filename():
        _redact_text(part, patterns, html)
        return
    content = part.get_payload(decode=True)
    if part.get_filename() and isinstance(content, bytes):
        new = attached(part.get_filename() or "", content)
        if new != content:
            kept = {name: part[name] for name in ("Content-ID", "Content-Description") if name in part}
            _set_file(part, new)
            for name, value in kept.items():
                part[name] = value


def _set_file(part: EmailMessage, content: bytes) -> None:
    part.set_content(
        content, part.get_content_maintype(), part.get_content_subtype(), filename=part.get_filename(),
        disposition=part.get_content_disposition() or "attachment",
    )  # fmt: skip


def _redact_text(part: EmailMessage, patterns: Patterns, html: Patterns) -> None:
    subtype = part.get_content_subtype()
    if subtype == "html":
        text, those = of_mail.source(part), html
    else:
        text, those = of_mail.written(part), patterns
    if values.seen(text, those):
        part.set_content(values.blotted(text, those), subtype=subtype)
