"""The ``tracker`` command: everything that is done at a prompt rather than in a browser.

A command is imported when it is run. Reading a report at a prompt would otherwise wait for every room to load.
"""

import sys
from importlib import import_module
from typing import NamedTuple, cast

import click
from pydantic import ValidationError

from tracker.platform.errors import Refused
from tracker.platform.lasting import lasting


class Place(NamedTuple):
    """Where a command is, and its line in ``tracker --help``."""

    module: str
    name: str
    does: str


BACKUP = "Make one encrypted file of all rows and files: backup FILE; try one: backup verify FILE."

COMMANDS = {
    "demo": Place("site", "demo", "Set the demonstration up, as often as you like, and serve it."),
    "serve": Place("site", "serve", "Serve the site, with worker processes beside it."),
    "work": Place("site", "work", "Do queued jobs until stopped."),
    "remind": Place("site", "remind", "Write the reminders that are due now, for a timetable of your own."),
    "migrate": Place("site", "migrate", "Bring the database up to date."),
    "import-report": Place("importing.command", "import_report", "Read reports (PDF files, or folders of them)."),
    "pack": Place("packs", "pack", "Make one pack from what the database holds now; or verify one: pack verify FILE."),
    "add-authority": Place("people", "add_authority", "Add an authority, such as: add-authority brent Brent."),
    "add-person": Place("people", "add_person", "Let somebody sign in."),
    "person-export": Place("people", "person_export", "Write everything that names a member of staff into a file."),
    "reset-password": Place("people", "reset_password", "A link with which somebody chooses a new password."),
    "sign-in-link": Place("people", "sign_in_link", "A link that lets somebody in once, when nothing else does."),
    "reset-codes": Place("people", "reset_codes", "Remove somebody's one-time codes, when her phone is gone."),
    "remove-passkeys": Place("people", "remove_passkeys", "Remove somebody's passkeys, when a device of hers is gone."),
    "seal-anew": Place("people", "seal_anew", "Encrypt what is kept encrypted with the newest secret key."),
    "end-sessions": Place("people", "end_sessions", "Sign somebody out everywhere."),
    "permissions": Place("people", "permissions", "Print what each role may do."),
    "check-seed": Place("checks", "check_seed", "Load every framework file and say what is in force."),
    "audits": Place("audits", "audit_commands", "The counts of audits, made anew."),
    "evidence": Place("evidence", "evidence_commands", "Bring evidence in, and make anew where it stands."),
    "storage": Place("storage", "storage_commands", "Whether the store of files holds what the database refers to."),
    "search": Place("search", "search_commands", "The index of everything that can be found."),
    "settings": Place("settings", "settings", "Say what is set, without secrets, and what of it is dangerous."),
    "doctor": Place("checks", "doctor", "Say what keeps the service from serving, and what to do about it."),
    "backup": Place("backup", "backup_commands", BACKUP),
    "restore": Place("backup", "restore", "Bring a backup back into an empty database and an empty store of files."),
    "history": Place("trail", "history_commands", "The trail of changes."),
}


class Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        place = COMMANDS[cmd_name]
        with lasting():
            return cast("click.Command", getattr(import_module(f"tracker.cli.{place.module}"), place.name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.does) for name, place in COMMANDS.items()])


def main() -> None:
    """Run one command; a refusal is a sentence and exit status 1, never a traceback."""
    try:
        tracker(standalone_mode=False)
    except Refused as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)
    except ValidationError as error:
        click.echo("The settings do not hold. Put right in the environment or in .env:", err=True)
        for one in error.errors():
            name = "_".join(str(part) for part in one["loc"]).upper()
            click.echo(f"  {f'TRACKER_{name}: ' if name else ''}{one['msg']}", err=True)
        sys.exit(1)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def tracker() -> None:
    """Inspection readiness tracker."""
