"""Everything an operator can set, each from an environment variable named TRACKER_<NAME>."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).parent.parent
SEED = PROJECT / "seed"

MEGABYTE = 1024 * 1024

MailKind = Literal["off", "console", "smtp", "notify"]


@dataclass(frozen=True)
class MailSettings:
    """How reminders leave the service."""

    kind: MailKind
    sender: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    notify_key: str = field(default="", repr=False)
    notify_template: str = ""
    notify_address: str = ""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="TRACKER_", env_file=PROJECT / ".env", frozen=True, extra="ignore")

    secret_key: SecretStr = Field(min_length=16)
    """Signs sessions and form tokens. No default: a guessable key is worse than no start."""

    database_url: str = f"sqlite:///{PROJECT / 'var' / 'tracker.sqlite'}"
    """An SQLAlchemy URL; in production ``postgresql+psycopg://…``."""

    storage_url: str = f"file://{PROJECT / 'var' / 'files'}"
    """Where files are kept: ``file:///folder``, ``s3://bucket/prefix`` or ``az://container/prefix``."""

    jobs: Literal["local", "inline"] = "local"
    """``local``: worker processes beside the web process do slow work. ``inline``: it is done at once, for tests."""

    demonstration: bool = False
    """Says on every page and in every pack that all but the published reports is invented."""

    https: bool = False
    """On wherever people sign in over a network: cookies are then sent over HTTPS only."""

    proxies: int = Field(default=0, ge=0)
    """How many proxies of yours stand before the service, each of which says whom it speaks for. 0: believe none."""

    csrf_enabled: bool = True
    """Off only in tests that post forms directly."""

    sign_in_limit: str = "10 per minute"
    """How often one address may try to sign in."""

    contact: str = "your council's digital service desk"
    """Whom the help and accessibility pages tell people to contact."""

    clamd: str = Field(default="", pattern=r"^(tcp://[^\s:/]+:\d+|unix:///\S+)?$")
    """Where ClamAV's daemon answers: ``tcp://127.0.0.1:3310`` or ``unix:///run/clamav/clamd.ctl``. Files of
    evidence are then in quarantine until it found nothing in them. Empty: nothing is scanned, all are open at once."""

    largest_upload_mb: int = Field(default=200, gt=0)
    """The largest file taken, in megabytes of 1,048,576 bytes."""

    public_address: str = Field(default="http://127.0.0.1:8000", pattern=r"^https?://[^/\s]+(/[^\s]*)?$")
    """Where people open the service, as links in mails and calendars say it: ``https://tracker.example.gov.uk``."""

    mail: MailKind = "off"
    """``smtp`` or ``notify`` (GOV.UK Notify) sends reminders; ``console`` only prints them. Off: none are written.
    A demonstration prints them whatever is set here: it never mails anybody."""

    mail_from: str = ""
    """Whom mails by SMTP come from: ``Inspection readiness tracker <no-reply@example.gov.uk>``."""

    smtp_host: str = ""
    smtp_port: int = Field(default=587, gt=0, lt=65536)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    """``none`` only for a relay on the same machine: whatever is sent can then be read on its way."""
    smtp_user: str = ""
    """Empty: the server asks for no name and password."""
    smtp_password: SecretStr = SecretStr("")

    notify_key: SecretStr = SecretStr("")
    """An API key of your GOV.UK Notify service."""
    notify_template: str = ""
    """The id of an e-mail template of yours there, with the subject ((subject)) and the message ((body))."""
    notify_address: str = "https://api.notifications.service.gov.uk"
    """Where GOV.UK Notify answers."""

    small_number: int = Field(default=5, ge=0)
    """Numbers from 1 to below this are hidden, with what they could be worked out from, in the quarterly report on
    audits and where audits are broken down by team. 0 or 1: none is hidden. Five is our choice."""

    recurring_audits: int = Field(default=3, ge=2)
    """In how many audits a theme has to be found before it is listed as one that recurs. Our choice."""
    recurring_months: int = Field(default=6, ge=1)
    """Over how many months. Our choice: two quarters."""

    reminders: Literal["built-in", "command"] = "built-in"
    """``built-in``: worker processes look every few minutes whether reminders are due. ``command``: only the command
    ``tracker remind`` looks, from a timetable of yours."""

    @model_validator(mode="after")
    def mail_can_be_sent(self) -> Self:
        wanted = {
            "smtp": {"SMTP_HOST": self.smtp_host, "MAIL_FROM": self.mail_from},
            "notify": {"NOTIFY_KEY": self.notify_key.get_secret_value(), "NOTIFY_TEMPLATE": self.notify_template},
        }
        missing = [f"TRACKER_{name}" for name, value in wanted.get(self.mail, {}).items() if not value]
        if missing:
            raise ValueError(f"TRACKER_MAIL={self.mail} also needs {' and '.join(missing)}")
        return self

    def mail_settings(self) -> MailSettings:
        return MailSettings(
            kind="console" if self.demonstration else self.mail,
            sender=self.mail_from,
            smtp_host=self.smtp_host,
            smtp_port=self.smtp_port,
            smtp_security=self.smtp_security,
            smtp_user=self.smtp_user,
            smtp_password=self.smtp_password.get_secret_value(),
            notify_key=self.notify_key.get_secret_value(),
            notify_template=self.notify_template,
            notify_address=self.notify_address,
        )

    def as_flask(self) -> dict[str, object]:
        return {
            "SECRET_KEY": self.secret_key.get_secret_value(),
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "WTF_CSRF_ENABLED": self.csrf_enabled,
            "WTF_CSRF_TIME_LIMIT": None,  # a form left open over lunch must still save; the token ends with the session
            "STORAGE_URL": self.storage_url,
            "JOBS": self.jobs,
            "DEMONSTRATION": self.demonstration,
            "HTTPS": self.https,
            "PROXIES": self.proxies,
            "CONTACT": self.contact,
            "SIGN_IN_LIMIT": self.sign_in_limit,
            "PUBLIC_ADDRESS": self.public_address.rstrip("/"),
            "MAIL": self.mail_settings(),
            "REMINDERS": self.reminders,
            "SMALL_NUMBER": self.small_number,
            "RECURRING_AUDITS": self.recurring_audits,
            "RECURRING_MONTHS": self.recurring_months,
            "MAX_CONTENT_LENGTH": self.largest_upload_mb * MEGABYTE + MEGABYTE,
            "CLAMD": self.clamd,
            "LARGEST_UPLOAD": self.largest_upload_mb * MEGABYTE,
        }
