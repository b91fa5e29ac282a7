"""Sending letters by e-mail: one interface, and a sender for each setting of TRACKER_MAIL.

A letter has an identity that every try carries, so that what was sent can be told from what was not. A sender says
when it is about to hand the letter over: until then a failure has sent nothing, and the letter may be tried again.
"""

import smtplib
import ssl
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Protocol, TextIO

from flask import current_app

from tracker.settings import MailSettings

TIMEOUT = 30
"""Seconds to wait for a server's answer. Our choice."""
AS_IT_TRAVELS = SMTP.clone(cte_type="7bit", max_line_length=998)
"""Fit for every server. A header is only folded at the length that SMTP allows: a folded address is no address."""


@dataclass(frozen=True)
class Letter:
    identity: str
    """The same for every try of the same letter."""
    written_at: datetime
    to: str
    subject: str
    text: str
    html: str
    unsubscribe: str = ""
    """Where one click stops such letters."""


class NotSent(Exception):
    """Nothing was sent; ``str(error)`` says why, for the operator."""

    def __init__(self, why: str, *, again: bool = True) -> None:
        super().__init__(why)
        self.again = again
        """Whether it may work later."""


class Unknown(Exception):
    """The letter was being handed over when the connection broke: it may have been sent or not."""


class Sender(Protocol):
    def send(self, letter: Letter, *, handing_over: Callable[[], None]) -> None:
        """Send, having called ``handing_over`` at the last moment before. Raises NotSent, or Unknown."""

    def has(self, letter: Letter) -> bool | None:
        """Whether a letter whose handing over was cut off did go; None where nobody can say."""


def sender() -> Sender | None:
    """The sender that the operator chose; None while mail is off."""
    settings: MailSettings = current_app.config["MAIL"]
    if settings.kind == "smtp":
        return SmtpSender(settings)
    if settings.kind == "notify":
        from tracker.platform.notify import NotifySender  # its client is only loaded where it is used

        return NotifySender(settings)
    return ConsoleSender() if settings.kind == "console" else None


def is_on() -> bool:
    """Whether letters are written at all."""
    settings: MailSettings = current_app.config["MAIL"]
    return settings.kind != "off"


def goes_out() -> bool:
    """Whether letters reach anybody: they do not while they are only shown."""
    settings: MailSettings = current_app.config["MAIL"]
    return settings.kind in {"smtp", "notify"}


class ConsoleSender:
    """Prints a letter instead of sending it: for a demonstration, which mails nobody."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr

    def send(self, letter: Letter, *, handing_over: Callable[[], None]) -> None:
        handing_over()
        rule = "-" * 72
        self.stream.write(f"{rule}\nNot mailed, only shown. To: {letter.to}\nSubject: {letter.subject}\n\n")
        self.stream.write(f"{letter.text}\n{rule}\n")
        self.stream.flush()

    def has(self, letter: Letter) -> bool | None:
        return None


class SmtpSender:
    """A council's own mail server, or its relay."""

    def __init__(self, settings: MailSettings) -> None:
        self.settings = settings

    def send(self, letter: Letter, *, handing_over: Callable[[], None]) -> None:
        try:
            server = self._connected()
            try:
                self._say_for_whom(server, letter)
                handing_over()
                _hand_over(server, as_message(letter, self.settings.sender))
            finally:
                _leave(server)
        except smtplib.SMTPResponseException as refused:
            raise _refused(refused) from refused
        except (smtplib.SMTPException, OSError) as fault:
            raise NotSent(f"The mail server cannot be reached: {fault}") from fault

    def has(self, letter: Letter) -> bool | None:
        return None

    def _connected(self) -> smtplib.SMTP:
        settings = self.settings
        if settings.smtp_security == "tls":
            context = ssl.create_default_context()
            return self._signed_in(
                smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT, context=context)
            )
        return self._signed_in(smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT))

    def _signed_in(self, server: smtplib.SMTP) -> smtplib.SMTP:
        """Encrypted and signed in where that is asked for; a server that cannot is left."""
        try:
            if self.settings.smtp_security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if self.settings.smtp_user:
                server.login(self.settings.smtp_user, self.settings.smtp_password)
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        return server

    def _say_for_whom(self, server: smtplib.SMTP, letter: Letter) -> None:
        server.ehlo_or_helo_if_needed()
        code, said = server.mail(parseaddr(self.settings.sender)[1])
        if code == 250:
            code, said = server.rcpt(letter.to)
        if code not in (250, 251):
            raise smtplib.SMTPResponseException(code, said)


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """The message itself. Once it is on its way, only the server's answer tells whether it was taken."""
    try:
        code, said = server.data(message.as_bytes())
    except smtplib.SMTPDataError:
        raise
    except (smtplib.SMTPException, OSError) as cut_off:
        raise Unknown(f"The connection broke while the letter was handed over: {cut_off}") from cut_off
    if code != 250:
        raise smtplib.SMTPDataError(code, said)


def _leave(server: smtplib.SMTP) -> None:
    """Whatever happens now changes nothing about the letter."""
    with suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()


def _refused(refused: smtplib.SMTPResponseException) -> NotSent:
    """A code of 500 or more is the server's last word on a letter; a lower one asks to come again.

    A wrong password is no word on the letter: the operator can put it right.
    """
    said = refused.smtp_error
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    last_word = refused.smtp_code >= 500 and not isinstance(refused, smtplib.SMTPAuthenticationError)
    return NotSent(f"The mail server refused: {refused.smtp_code} {words}", again=not last_word)


def as_message(letter: Letter, sender: str) -> EmailMessage:
    """A letter as it travels: plain text with the same in HTML beside it."""
    message = EmailMessage(policy=AS_IT_TRAVELS)
    message["From"], message["To"], message["Subject"] = sender, letter.to, " ".join(letter.subject.split())
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{letter.identity}@{parseaddr(sender)[1].partition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message
