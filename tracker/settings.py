"""Everything an operator can set, each from an environment variable named TRACKER_<NAME>.

What stands under a setting is what ``docs/settings.md`` and ``.env.example`` say of it.
"""

import os
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)

PROJECT = Path(__file__).parent.parent
SEED = PROJECT / "seed"

MEGABYTE = 1024 * 1024
LARGEST_FORM = 500_000
"""Bytes of a form without its files; text areas take less than a tenth. Our choice, and Flask's."""
MOST_FIELDS = 1_000
"""Fields of one form. Our choice, and Flask's."""

NO_CONNECTION = 5
"""Seconds after which a database that does not take a connection is taken to be away. Our choice."""
SECRETS_IN = ("TRACKER_SETTINGS_IN", "CREDENTIALS_DIRECTORY")
"""Variables that name folders of secrets, each a file such as ``tracker_secret_key``; the second is systemd's."""

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
    model_config = SettingsConfigDict(
        env_prefix="TRACKER_",
        env_file=PROJECT / ".env",
        frozen=True,
        extra="ignore",
        use_attribute_docstrings=True,
    )

    secret_key: SecretStr = Field(min_length=16)
    """Signs sessions and form tokens. No default: a guessable key is worse than no start."""

    secret_key_fallbacks: Annotated[list[SecretStr], NoDecode] = []
    """Earlier secret keys, with a comma between them, while what they signed or encrypted is still to be read."""

    database_url: str = f"sqlite:///{PROJECT / 'var' / 'tracker.sqlite'}"
    """An SQLAlchemy URL; in production ``postgresql+psycopg://tracker:password@host/tracker``."""

    database_connections: int = Field(default=10, ge=1)
    """How many connections to PostgreSQL one process keeps at most. Web processes use one a thread, workers two."""

    storage_url: str = f"file://{PROJECT / 'var' / 'files'}"
    """Where files are kept: ``file:///folder``, ``s3://bucket/prefix`` or ``az://container/prefix``."""

    jobs: Literal["local", "celery", "inline"] = "local"
    """``local``: worker processes look for slow work in the database. ``celery``: Celery wakes them through Redis, on
    as many machines as you like. ``inline``: it is done at once, for tests."""

    redis_url: SecretStr = SecretStr("")
    """Where Redis answers: ``redis://127.0.0.1:6379/0``, or ``rediss://…`` encrypted. Needed by ``celery``;
    ``TRACKER_RATE_LIMITS`` may count there too. Redis may lose all that it holds."""

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

    idle_minutes: int = Field(default=60, gt=0)
    """After how long without use somebody is signed out. Sixty: the National Institute of Standards and Technology's
    advice for two steps (SP 800-63B-4), and a visit or a meeting fits in; what was typed is kept by the page."""
    session_hours: int = Field(default=12, gt=0)
    """After how long somebody is signed out whatever she does. Our choice: a working day, and never overnight."""
    confirm_minutes: int = Field(default=30, gt=0)
    """Where a password is asked for again: how long ago it may have been given. Our choice."""

    second_step: Literal["off", "offered", "required"] = "offered"
    """One-time codes of an app on a phone, besides the password: whether people may or must have them."""
    second_step_roles: Annotated[frozenset[str], NoDecode] = frozenset()
    """Who must have them where they are required: roles such as ``director``, with commas between. Empty: everybody."""

    local_sign_in: bool = True
    """Whether people may sign in with a password or a passkey of this service. Off only where an identity provider is
    set."""
    oidc_issuer: str = Field(
        default="", pattern=r"^(https://[^\s?#]+|http://(localhost|127\.0\.0\.1)(:\d+)?(/[^\s?#]*)?)?$"
    )
    """Your OpenID Connect provider: ``https://login.microsoftonline.com/<your tenant>/v2.0``. Empty: none."""
    oidc_client_id: str = ""
    """What the provider calls this service: the application's id of its registration there."""
    oidc_client_secret: SecretStr = SecretStr("")
    """The client secret of that registration."""
    oidc_name: str = "your council account"
    """As the button says it: Sign in with …"""
    oidc_groups: str = ""
    """Which of its groups have which roles: JSON, or the path of a file with it. docs/operating.md shows one."""
    oidc_join_by_email: bool = False
    """Whether an account of the provider is joined to the person of the same address though the provider does not say
    that the address was verified. Only where your own administrators alone decide who has which address."""

    rate_limits: str = Field(default="", pattern=r"^(memory://|rediss?://\S+|off)?$")
    """Where it is counted how often somebody signs in, searches, uploads, asks for packs or takes files away:
    ``memory://`` in each web process by itself, ``redis://host:6379/1`` for all together; ``off``: nowhere. Empty: in
    the Redis of ``TRACKER_REDIS_URL``, or in each web process where none is set."""

    trusted_hosts: str = ""
    """Host names that the service answers to, with commas: ``tracker.example.gov.uk``. Others get an error page. Empty:
    all, which is right only where a proxy of yours passes on nothing else."""

    contact: str = "your council's digital service desk"
    """Whom the help and accessibility pages tell people to contact."""

    clamd: str = Field(default="", pattern=r"^(tcp://[^\s:/]+:\d+|unix:///\S+)?$")
    """Where ClamAV's daemon answers: ``tcp://127.0.0.1:3310`` or ``unix:///run/clamav/clamd.ctl``. Files of
    evidence are then in quarantine until it found nothing in them. Empty: nothing is scanned, all are open at once."""

    largest_upload_mb: int = Field(default=200, gt=0)
    """The largest file taken, in megabytes of 1,048,576 bytes."""

    public_address: str = Field(default="http://127.0.0.1:8000", pattern=r"^https?://[^/\s]+(/[^\s]*)?$")
    """Where people open the service, as links in mails and calendars say it: ``https://tracker.example.gov.uk``.
    Passkeys are made for its host name; without HTTPS and a name, as by default, none is offered."""

    mail: MailKind = "off"
    """``smtp`` or ``notify`` (GOV.UK Notify) sends reminders; ``console`` only prints them. Off: none are written.
    A demonstration prints them whatever is set here: it never mails anybody."""

    mail_from: str = ""
    """Whom mails by SMTP come from: ``Inspection readiness tracker <no-reply@example.gov.uk>``."""

    smtp_host: str = ""
    """The mail server that takes mails from this service."""
    smtp_port: int = Field(default=587, gt=0, lt=65536)
    """Its port."""
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    """``none`` only for a relay on the same machine: whatever is sent can then be read on its way."""
    smtp_user: str = ""
    """Whom the mail server lets in. Empty: it asks for no name and password."""
    smtp_password: SecretStr = SecretStr("")
    """The password of that name."""

    notify_key: SecretStr = SecretStr("")
    """An API key of your GOV.UK Notify service."""
    notify_template: str = ""
    """The id of an e-mail template of yours there, with the subject ((subject)) and the message ((body))."""
    notify_address: str = "https://api.notifications.service.gov.uk"
    """Where GOV.UK Notify answers."""

    small_number: int = Field(default=5, ge=0)
    """Numbers from 1 to below this are hidden, with what they could be worked out from, in the quarterly report on
    audits and where audits are broken down by team. 0 or 1: none is hidden. Five is our choice."""

    pack_minutes: float = Field(default=10, gt=0)
    """How long making one pack may take. Our choice: some five times a pack of 350 pages."""
    pack_memory_mb: int = Field(default=2000, ge=200)
    """The memory that making one pack may take, in megabytes. Our choice: a pack of 350 pages takes 1,400."""

    pack_processes: int = Field(default=2, ge=1)
    """How many processes lay out sections of one pack beside each other: no more than the machine has cores."""
    pack_folder: str = str(PROJECT / "var" / "sections")
    """Where sections that were laid out are kept, so that only what changed is laid out again. Empty: none is."""
    packs_ahead: bool = True
    """Whether workers make the packs of inspection day ahead, every night and when something changed."""

    told_after_minutes: float = Field(default=3, ge=0)
    """How long nothing more moves for somebody in an inspection until she is told, once, what has moved; at most four
    times as long after the first change. 0: she is told of each change at once. Our choice: time enough to put a wrong
    date right."""

    recurring_audits: int = Field(default=3, ge=2)
    """In how many audits a theme has to be found before it is listed as one that recurs. Our choice."""
    recurring_months: int = Field(default=6, ge=1)
    """Over how many months those audits may lie apart. Our choice: two quarters."""

    backup_keys: str = ""
    """The public keys, as ``tracker backup key`` prints them, whose holders can open a backup: several with commas."""

    reminders: Literal["built-in", "command"] = "built-in"
    """``built-in``: worker processes look every few minutes whether reminders are due. ``command``: only the command
    ``tracker remind`` looks, from a timetable of yours."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """What is logged: ``info`` has a line for each request and each job, ``warning`` only what went wrong."""

    metrics_address: str = Field(default="", pattern=r"^([^\s:/]+:\d+)?$")
    """Where ``tracker serve`` answers Prometheus, such as ``127.0.0.1:9100``: a port of its own, without sign-in, so
    never one that strangers reach. Empty: nothing is counted."""

    ready_token: SecretStr = SecretStr("")
    """Who sends it as ``Authorization: Bearer …`` is told by ``/ready`` what is wrong, from wherever she asks."""

    @field_validator("secret_key_fallbacks", "second_step_roles", mode="before")
    @classmethod
    def split_at_commas(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Secrets may lie in files: of a container, or as systemd hands them to a service."""
        folders = [Path(os.environ[name]) for name in SECRETS_IN if os.environ.get(name)]
        files = SecretsSettingsSource(settings_cls, secrets_dir=[one for one in folders if one.is_dir()])
        return init_settings, env_settings, dotenv_settings, files

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

    @model_validator(mode="after")
    def somebody_can_sign_in(self) -> Self:
        if not self.local_sign_in and not self.oidc_issuer:
            raise ValueError("TRACKER_LOCAL_SIGN_IN=false also needs TRACKER_OIDC_ISSUER, or nobody could sign in")
        if self.oidc_issuer and not (self.oidc_client_id and self.oidc_client_secret.get_secret_value()):
            raise ValueError("TRACKER_OIDC_ISSUER also needs TRACKER_OIDC_CLIENT_ID and TRACKER_OIDC_CLIENT_SECRET")
        return self

    @model_validator(mode="after")
    def workers_can_be_woken(self) -> Self:
        url = self.redis_url.get_secret_value()
        if url and not url.startswith(("redis://", "rediss://")):
            raise ValueError("TRACKER_REDIS_URL begins with redis:// or rediss://")
        if self.jobs == "celery" and not url:
            raise ValueError("TRACKER_JOBS=celery also needs TRACKER_REDIS_URL")
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

    def _engine(self) -> dict[str, object]:
        if not self.database_url.startswith("postgresql"):
            return {}
        return {
            "pool_size": self.database_connections,
            "max_overflow": 0,
            "connect_args": {"connect_timeout": NO_CONNECTION},
        }

    def _limits(self) -> dict[str, object]:
        """Where tries are counted. While Redis is away each process counts those that come to it: nobody who signs in
        is turned away for Redis's sake, and nobody may try without end."""
        counted = self.rate_limits or self.redis_url.get_secret_value() or "memory://"
        waits = {"socket_connect_timeout": 1, "socket_timeout": 1, "wrap_exceptions": True}
        return {
            "RATELIMIT_ENABLED": counted != "off",
            "RATELIMIT_STORAGE_URI": "memory://" if counted == "off" else counted,
            "RATELIMIT_STORAGE_OPTIONS": waits if counted.startswith("redis") else {},
            "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        }

    def older_keys(self) -> list[str]:
        return [key.get_secret_value() for key in self.secret_key_fallbacks]

    def as_flask(self) -> dict[str, object]:
        return {
            "SECRET_KEY": self.secret_key.get_secret_value(),
            "SECRET_KEY_FALLBACKS": self.older_keys(),
            "WTF_CSRF_SECRET_KEY": [*reversed(self.older_keys()), self.secret_key.get_secret_value()],
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": self._engine(),
            "WTF_CSRF_ENABLED": self.csrf_enabled,
            "WTF_CSRF_TIME_LIMIT": None,  # a form left open over lunch must still save; the token ends with the session
            "STORAGE_URL": self.storage_url,
            "JOBS": self.jobs,
            "REDIS_URL": self.redis_url.get_secret_value(),
            **self._limits(),
            "DEMONSTRATION": self.demonstration,
            "HTTPS": self.https,
            "PROXIES": self.proxies,
            "CONTACT": self.contact,
            "TRUSTED_HOSTS": [host.strip() for host in self.trusted_hosts.split(",") if host.strip()] or None,
            "SESSION_COOKIE_NAME": "__Host-tracker" if self.https else "tracker",
            "MAX_FORM_MEMORY_SIZE": LARGEST_FORM,
            "MAX_FORM_PARTS": MOST_FIELDS,
            "SIGN_IN_LIMIT": self.sign_in_limit,
            "IDLE": timedelta(minutes=self.idle_minutes),
            "LONGEST_SESSION": timedelta(hours=self.session_hours),
            "CONFIRMED_FOR": timedelta(minutes=self.confirm_minutes),
            "SECOND_STEP": self.second_step,
            "SECOND_STEP_ROLES": self.second_step_roles,
            "LOCAL_SIGN_IN": self.local_sign_in,
            "OIDC_ISSUER": self.oidc_issuer.rstrip("/"),
            "OIDC_CLIENT_ID": self.oidc_client_id,
            "OIDC_CLIENT_SECRET": self.oidc_client_secret.get_secret_value(),
            "OIDC_NAME": self.oidc_name,
            "OIDC_GROUPS": self.oidc_groups,
            "OIDC_JOIN_BY_EMAIL": self.oidc_join_by_email,
            "PUBLIC_ADDRESS": self.public_address.rstrip("/"),
            "MAIL": self.mail_settings(),
            "REMINDERS": self.reminders,
            "SMALL_NUMBER": self.small_number,
            "PACK_SECONDS": self.pack_minutes * 60,
            "PACK_MEMORY": self.pack_memory_mb * MEGABYTE,
            "PACK_PROCESSES": self.pack_processes,
            "PACK_FOLDER": self.pack_folder,
            "PACKS_AHEAD": self.packs_ahead,
            "TOLD_AFTER": timedelta(minutes=self.told_after_minutes),
            "RECURRING_AUDITS": self.recurring_audits,
            "RECURRING_MONTHS": self.recurring_months,
            "MAX_CONTENT_LENGTH": self.largest_upload_mb * MEGABYTE + MEGABYTE,
            "BACKUP_KEYS": tuple(key.strip() for key in self.backup_keys.split(",") if key.strip()),
            "LOG_LEVEL": self.log_level,
            "METRICS_ADDRESS": self.metrics_address,
            "READY_TOKEN": self.ready_token.get_secret_value(),
            "CLAMD": self.clamd,
            "LARGEST_UPLOAD": self.largest_upload_mb * MEGABYTE,
        }
