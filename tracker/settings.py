"""Everything an operator can set, each from an environment variable named TRACKER_<NAME>."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).parent.parent
SEED = PROJECT / "seed"

MEGABYTE = 1024 * 1024


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

    largest_upload_mb: int = Field(default=200, gt=0)
    """The largest file taken, in megabytes of 1,048,576 bytes."""

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
            "MAX_CONTENT_LENGTH": self.largest_upload_mb * MEGABYTE + MEGABYTE,
            "LARGEST_UPLOAD": self.largest_upload_mb * MEGABYTE,
        }
