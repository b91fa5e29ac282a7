"""The settings as a person reads them: one table for the documentation, an example file, and what is set now."""

import json
import re
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from sqlalchemy import make_url

from tracker.settings import PROJECT, Settings

TABLE = PROJECT / "docs" / "settings.md"
EXAMPLE = PROJECT / ".env.example"
HIDDEN = "(set, not shown)"

INTRODUCTION = """# Settings

Each is an environment variable, a line of `.env`, or a file of the same name in small letters in the folder that
`TRACKER_SETTINGS_IN` names (of systemd's credentials, too), for those that are secret. The environment comes first.
This table is written by `tracker settings --markdown`; `tracker settings` says what is set now.

"""


def table() -> str:
    """Every setting with its default and what it does, as ``docs/settings.md`` holds it."""
    rows = [
        f"| `{_name(name)}` | {_default(field)} | {_does(field)} |" for name, field in Settings.model_fields.items()
    ]
    return INTRODUCTION + "\n".join(["| setting | default | what it does |", "|---|---|---|", *rows]) + "\n"


def example() -> str:
    """``.env.example``: every setting, switched off, under what it does."""
    lines = [
        "# Copy to .env and set what differs. Written by “tracker settings --example”; the table is docs/settings.md."
    ]
    for name, field in Settings.model_fields.items():
        wanted = field.is_required()
        lines += ["", *_comment(_plain(_does(field))), f"{'' if wanted else '# '}{_name(name)}={_shown_default(field)}"]
    return "\n".join(lines) + "\n"


def effective(settings: Settings) -> list[tuple[str, str]]:
    """Every setting and what it is now; of secrets only whether they are set."""
    return [(_name(name), _shown(name, getattr(settings, name))) for name in Settings.model_fields]


def dangers(settings: Settings) -> list[str]:
    """What is set so that nobody should work with it in earnest, in sentences."""
    local = settings.public_address.startswith(("http://127.0.0.1", "http://localhost"))
    found = {
        "TRACKER_DEMONSTRATION=true: everything is shown as invented, and its passwords are published.": (
            settings.demonstration
        ),
        "TRACKER_HTTPS=false: whoever listens on the network can take over a session. Set it to true.": (
            not settings.https
        ),
        "TRACKER_CSRF_ENABLED=false: other websites can change things in people's name. Remove it.": (
            not settings.csrf_enabled
        ),
        "TRACKER_PUBLIC_ADDRESS is not set: links in mails lead nowhere.": local
        and settings.mail not in {"off", "console"},
        "TRACKER_PUBLIC_ADDRESS begins with http://: links in mails lead past HTTPS.": (
            not local and settings.public_address.startswith("http://")
        ),
        "TRACKER_SMTP_SECURITY=none: mails can be read on their way, unless the relay is on this machine.": (
            settings.mail == "smtp" and settings.smtp_security == "none"
        ),
        "TRACKER_BACKUP_KEYS is not set: no backup can be made.": not settings.backup_keys,
        "TRACKER_CLAMD is not set: files are not looked through for viruses.": not settings.clamd,
        "TRACKER_JOBS=inline: slow work is done while people wait, and reminders are not looked for.": (
            settings.jobs == "inline"
        ),
    }
    return [sentence for sentence, holds in found.items() if holds]


def _name(name: str) -> str:
    return f"TRACKER_{name.upper()}"


def _does(field: FieldInfo) -> str:
    said = " ".join((field.description or "").split())
    choices = _choices(field)
    return re.sub(r"``(.+?)``", r"`\1`", said) + (f" One of {choices}." if choices else "")


def _choices(field: FieldInfo) -> str:
    """What may be set, where that is a short list."""
    values = getattr(field.annotation, "__args__", ())
    words = [value for value in values if isinstance(value, str)]
    return ", ".join(f"`{word}`" for word in words)


def _default(field: FieldInfo) -> str:
    shown = _shown_default(field)
    return "**none: it must be set**" if field.is_required() else f"`{shown}`" if shown else "empty"


def _shown_default(field: FieldInfo) -> str:
    value = field.default
    if value is PydanticUndefined:
        return ""
    return _text(value).replace(str(PROJECT), "/…")


def _text(value: Any) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _shown(name: str, value: Any) -> str:
    if isinstance(value, SecretStr):
        return HIDDEN if value.get_secret_value() else ""
    if name.endswith("_url") and isinstance(value, str):
        return _without_password(value)
    return _text(value)


def _without_password(url: str) -> str:
    """An address as it may be printed; one that cannot be read might hold anything."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except Exception:  # whatever is wrong with it, it is not printed
        return HIDDEN


def _plain(said: str) -> str:
    return said.replace("`", "").replace("**", "")


def _comment(said: str, width: int = 118) -> list[str]:
    lines, line = [], "#"
    for word in said.split():
        if len(line) + len(word) + 1 > width:
            lines.append(line)
            line = "#"
        line += f" {word}"
    return [*lines, line]


def is_current(file: Path, written: str) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == written
