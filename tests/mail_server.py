"""A real mail server on this machine, and a stand-in for GOV.UK Notify: what was sent can be looked at."""

import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HERE = "127.0.0.1"
PASSWORD = "a password of the mail server"


@dataclass
class Mailbox:
    """What came, and how the server behaves."""

    letters: list[EmailMessage] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    """The answer to a recipient, if not that all is well."""
    answers: list[str] = field(default_factory=list)
    """What the next letters are answered, one after another; then all is well."""
    port: int = 0

    async def handle_RCPT(  # noqa: N802 aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 as above
        if self.answers:
            answer = self.answers.pop(0)
            if not answer.startswith("250"):
                return answer
        content = envelope.content or b""
        letter = message_from_bytes(content if isinstance(content, bytes) else content.encode(), policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"

    @property
    def to(self) -> list[str]:
        """To whom each letter went."""
        return [str(letter["To"]) for letter in self.letters]

    @property
    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.letters]


@contextmanager
def mail_server(*, certificate: Path | None = None, asks_who: bool = False) -> Iterator[Mailbox]:
    """A server for as long as the block lasts; with a certificate it wants STARTTLS first."""
    mailbox, more = Mailbox(), dict[str, Any]()
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        more = {"tls_context": context, "require_starttls": True}
    if asks_who:
        more |= {"authenticator": _knows_us, "auth_required": True}
    mailbox.port = free_port()
    controller = Controller(mailbox, hostname=HERE, port=mailbox.port, **more)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def free_port() -> int:
    """A port at which nobody answers at this moment."""
    with socket.socket() as taken:
        taken.bind((HERE, 0))
        port: int = taken.getsockname()[1]
        return port


def _knows_us(server: SMTP, session: Session, envelope: Envelope, mechanism: str, said: Any) -> AuthResult:
    right = isinstance(said, LoginPassword) and said.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)


def a_certificate(folder: Path) -> Path:
    """A certificate of this machine's own, with its key."""
    file = folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", f"subjectAltName=IP:{HERE}", "-keyout", str(file), "-out", str(folder / "only.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    file.write_text(file.read_text() + (folder / "only.pem").read_text())
    return file


@dataclass
class Notify:
    """What GOV.UK Notify was asked for."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    """The status of the next answers, one after another; then all is well."""
    keeps_then_fails: bool = False
    """Whether it takes a letter, and then cannot say so."""
    address: str = ""


@contextmanager
def notify_service() -> Iterator[Notify]:
    """A stand-in for GOV.UK Notify on this machine, for as long as the block lasts."""
    notify = Notify()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = notify.answers.pop(0) if notify.answers else 201
            if status == 201 or notify.keeps_then_fails:
                notify.sent.append({**asked, "path": self.path, "key": self.headers["Authorization"]})
            self._answer(status, {"id": "1"} if status == 201 else {"errors": [{"message": "No"}]})

        def do_GET(self) -> None:
            wanted = parse_qs(urlsplit(self.path).query)["reference"][0]
            self._answer(200, {"notifications": [each for each in notify.sent if each["reference"] == wanted]})

        def _answer(self, status: int, content: dict[str, Any]) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer((HERE, 0), Answers)
    notify.address = f"http://{HERE}:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield notify
    finally:
        server.shutdown()
        server.server_close()
