"""Letters as a real mail server and a stand-in for GOV.UK Notify get them, and what a failure means."""

import io
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from pydantic import SecretStr, ValidationError

from tests.mail_server import HERE, PASSWORD, Mailbox, Notify, a_certificate, free_port, mail_server, notify_service
from tracker.platform import mail
from tracker.platform.mail import ConsoleSender, Letter, NotSent, SmtpSender, Unknown
from tracker.platform.notify import NotifySender
from tracker.settings import MailSettings, Settings

LETTER = Letter(
    identity="5b8d8f6e-0000-4000-8000-000000000001",
    written_at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
    to="samira.okafor@example.org",
    subject="Brent: 2 overdue",
    text="Deliver A-104: Review every plan – it’s late",
    html="<p>Deliver A-104: Review every plan – it’s late</p>",
    unsubscribe="https://tracker.example.gov.uk/unsubscribe/" + "a-long-token" * 20,
)
KEY = "test-11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222"


def smtp(mailbox: Mailbox, **more: object) -> SmtpSender:
    settings = MailSettings(
        kind="smtp",
        sender="Inspection readiness tracker <no-reply@example.gov.uk>",
        smtp_host=HERE,
        smtp_port=mailbox.port,
        smtp_security="none",
    )
    return SmtpSender(replace(settings, **more))  # type: ignore[arg-type]  # settings by name


def notify(service: Notify) -> NotifySender:
    return NotifySender(
        MailSettings(kind="notify", notify_key=KEY, notify_template="a-template", notify_address=service.address)
    )


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def service() -> Iterator[Notify]:
    with notify_service() as service:
        yield service


def part(letter: EmailMessage, kind: str) -> str:
    body = letter.get_body((kind,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content()).strip()


def test_a_letter_arrives_as_text_and_html_with_an_identity_that_every_try_has(mailbox: Mailbox) -> None:
    said: list[str] = []

    smtp(mailbox).send(LETTER, handing_over=lambda: said.append("now"))

    (letter,) = mailbox.letters
    assert said == ["now"]
    assert letter["Message-ID"] == "<5b8d8f6e-0000-4000-8000-000000000001@example.gov.uk>"
    assert letter["Date"] == "Mon, 23 Nov 2026 08:00:00 +0000"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert (part(letter, "plain"), part(letter, "html")) == (LETTER.text, LETTER.html)


def test_a_long_address_to_unsubscribe_arrives_whole(mailbox: Mailbox) -> None:
    smtp(mailbox).send(LETTER, handing_over=lambda: None)

    (letter,) = mailbox.letters
    assert letter["List-Unsubscribe"] == f"<{LETTER.unsubscribe}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nobody_smuggles_a_header_in_by_a_subject(mailbox: Mailbox) -> None:
    smtp(mailbox).send(replace(LETTER, subject="Brent\r\nBcc: someone@example.org"), handing_over=lambda: None)

    (letter,) = mailbox.letters
    assert letter["Subject"] == "Brent Bcc: someone@example.org"
    assert letter["Bcc"] is None


def test_a_letter_goes_encrypted_and_signed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = a_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "only.pem"))

    with mail_server(certificate=certificate, asks_who=True) as mailbox:
        known = smtp(mailbox, smtp_security="starttls", smtp_user="tracker", smtp_password=PASSWORD)
        known.send(LETTER, handing_over=lambda: None)
        with pytest.raises(NotSent, match="535") as refused:
            smtp(mailbox, smtp_security="starttls", smtp_user="tracker", smtp_password="wrong").send(
                LETTER, handing_over=lambda: None
            )

    assert len(mailbox.letters) == 1
    assert refused.value.again


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tmp_path: Path) -> None:
    with mail_server(certificate=a_certificate(tmp_path)) as mailbox, pytest.raises(NotSent, match="certificate"):
        smtp(mailbox, smtp_security="starttls").send(LETTER, handing_over=lambda: None)


@pytest.mark.parametrize(("answer", "again"), [("550 No such person", False), ("450 Mailbox busy", True)])
def test_a_refused_recipient_is_tried_again_only_if_the_server_says_so(
    mailbox: Mailbox, answer: str, again: bool
) -> None:
    mailbox.refuses[LETTER.to] = answer
    said: list[str] = []

    with pytest.raises(NotSent, match=answer) as refused:
        smtp(mailbox).send(LETTER, handing_over=lambda: said.append("now"))

    assert refused.value.again is again
    assert said == []


def test_a_letter_refused_at_its_end_surely_did_not_go(mailbox: Mailbox) -> None:
    mailbox.answers.append("451 Greylisted")

    with pytest.raises(NotSent, match="451 Greylisted") as refused:
        smtp(mailbox).send(LETTER, handing_over=lambda: None)

    assert refused.value.again


def test_no_server_is_a_reason_to_try_again() -> None:
    with pytest.raises(NotSent, match="cannot be reached") as fault:
        smtp(Mailbox(port=free_port())).send(LETTER, handing_over=lambda: None)

    assert fault.value.again


def test_a_connection_that_breaks_at_the_end_leaves_it_unknown() -> None:
    with socket.create_server((HERE, 0)) as listening, ThreadPoolExecutor(1) as other:
        other.submit(take_a_letter_and_hang_up, listening)

        with pytest.raises(Unknown, match="while the letter was handed over"):
            smtp(Mailbox(port=listening.getsockname()[1])).send(LETTER, handing_over=lambda: None)


def take_a_letter_and_hang_up(listening: socket.socket) -> None:
    """A server that reads everything, and breaks off where it should say that it has it."""
    connection, _ = listening.accept()
    with connection, connection.makefile("rb") as lines:
        connection.sendall(b"220 Here\r\n")
        for line in lines:
            connection.sendall(b"354 Go on\r\n" if line.upper().startswith(b"DATA") else b"250 OK\r\n")
            if line.upper().startswith(b"DATA"):
                break
        while lines.readline() != b".\r\n":
            pass


def test_the_console_shows_a_letter_and_sends_nothing() -> None:
    shown = io.StringIO()

    ConsoleSender(shown).send(LETTER, handing_over=lambda: None)

    assert "Not mailed, only shown. To: samira.okafor@example.org" in shown.getvalue()
    assert LETTER.text in shown.getvalue()


def test_notify_gets_the_subject_the_text_and_our_identity(service: Notify) -> None:
    notify(service).send(LETTER, handing_over=lambda: None)

    (asked,) = service.sent
    assert asked["path"] == "/v2/notifications/email"
    assert asked["email_address"] == LETTER.to
    assert asked["personalisation"] == {"subject": LETTER.subject, "body": LETTER.text}
    assert (asked["reference"], asked["template_id"]) == (LETTER.identity, "a-template")
    assert asked["one_click_unsubscribe_url"] == LETTER.unsubscribe
    assert asked["key"].startswith("Bearer ")


@pytest.mark.parametrize(("status", "again"), [(400, False), (403, True), (429, True)])
def test_what_notify_refuses_did_not_go(service: Notify, status: int, again: bool) -> None:
    service.answers.append(status)

    with pytest.raises(NotSent, match="refused") as refused:
        notify(service).send(LETTER, handing_over=lambda: None)

    assert refused.value.again is again
    assert notify(service).has(LETTER) is False


def test_notify_can_be_asked_whether_a_letter_went(service: Notify) -> None:
    service.keeps_then_fails = True
    service.answers.append(500)

    with pytest.raises(Unknown, match="did not answer"):
        notify(service).send(LETTER, handing_over=lambda: None)

    assert notify(service).has(LETTER) is True


def test_mail_is_off_until_an_operator_chooses(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(_env_file=None, secret_key=SecretStr("a key for tests only"))
    monkeypatch.setitem(app.config, "MAIL", settings.mail_settings())

    assert mail.sender() is None
    assert not mail.is_on()


def test_a_demonstration_mails_nobody_whatever_is_set(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(
        _env_file=None,
        secret_key=SecretStr("a key for tests only"),
        demonstration=True,
        mail="smtp",
        smtp_host="smtp.example.gov.uk",
        mail_from="tracker@example.gov.uk",
    )
    monkeypatch.setitem(app.config, "MAIL", settings.mail_settings())

    assert isinstance(mail.sender(), ConsoleSender)


@pytest.mark.parametrize(("kind", "needs"), [("smtp", "TRACKER_SMTP_HOST and TRACKER_MAIL_FROM"), ("notify", "KEY")])
def test_settings_that_cannot_send_are_refused_at_the_start(kind: str, needs: str) -> None:
    with pytest.raises(ValidationError, match=needs):
        Settings.model_validate({"secret_key": "a key for tests only", "mail": kind})


def test_secrets_are_not_printed() -> None:
    assert "hunter2" not in repr(MailSettings(kind="smtp", smtp_password="hunter2", notify_key="hunter2"))
