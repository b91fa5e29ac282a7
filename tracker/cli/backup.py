"""Backups: made while people work, restored into an empty place, and tried before they are needed."""

import os
import tempfile
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click
from flask import Flask
from pydantic import SecretStr, ValidationError

from tracker import serving
from tracker.application import create_app
from tracker.cli.database import changes, follow
from tracker.cli.people import say_sealed
from tracker.people.codes import commands as codes
from tracker.platform import history, storage_check
from tracker.platform.backup import making, restoring, sealing
from tracker.platform.backup.restoring import Restored
from tracker.platform.errors import Refused
from tracker.settings import Settings
from tracker.web.filters import count_of

MEGABYTE = 1024 * 1024
SEAL = "The seal of entry"
"""How what ``history.faults`` says of a seal begins."""


class BackupCommands(click.Group):
    """``tracker backup FILE`` makes one; what is no command's name is a file's."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["make", *args]
        return super().parse_args(ctx, args)


@click.group("backup", cls=BackupCommands, subcommand_metavar="FILE | verify FILE | key FILE")
def backup_commands() -> None:
    """Make one encrypted file of all rows and files: backup FILE; try one: backup verify FILE."""


@backup_commands.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--for", "keys", multiple=True, metavar="AGE1…", help="A public key, instead of TRACKER_BACKUP_KEYS.")
def make(file: Path, keys: tuple[str, ...]) -> None:
    """Make a backup while people go on working."""
    app = create_app()
    began = time.monotonic()
    with app.app_context():
        made = making.make(file, _public(keys or app.config["BACKUP_KEYS"]))
    took = f"{file.stat().st_size / MEGABYTE:,.1f} MB in {time.monotonic() - began:.0f} seconds"
    click.echo(f"{file}: {_said(made.all_rows, made.files, made.at)}, {took}")
    _say_what_is_lost(made.lost)


@backup_commands.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Instead of asking."
)
@click.option("--no-passphrase", is_flag=True, help="Whoever has the file then opens every backup.")
def key(file: Path, passphrase_file: Path | None, no_passphrase: bool) -> None:
    """Make the key that opens backups. Keep its file away from the service."""
    if file.exists():
        raise Refused(f"{file} is there already. Without it no backup that was made for it can be opened: keep it.")
    protected_by = "" if no_passphrase else _passphrase(passphrase_file, confirm=True)
    if not no_passphrase and len(protected_by) < 12:
        raise Refused("Choose a passphrase of 12 characters or more, such as four random words.")
    public, secret = sealing.new_key(protected_by)
    file.touch(mode=0o600, exist_ok=False)
    file.write_bytes(secret)
    click.echo(f"Set TRACKER_BACKUP_KEYS={public}")
    click.echo(f"Keep {file} in two places that are not this machine: backups cannot be opened without it.")


@backup_commands.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", "key_file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Instead of asking."
)
def verify(file: Path, key_file: Path, passphrase_file: Path | None) -> None:
    """Restore a backup into a scratch folder, look whether all of it holds, and remove the folder."""
    secret = _secret(key_file, passphrase_file)
    with tempfile.TemporaryDirectory(prefix="tracker-verify-") as folder:
        settings, sealed_by_us = _scratch(Path(folder))
        app = create_app(settings)
        serving.make_folders(app)
        with app.app_context():
            restored = restoring.restore(file, secret)
            told = [fault for chain in history.chains() for fault in history.faults(chain)]
            faults = [fault for fault in told if sealed_by_us or not fault.startswith(SEAL)]
            faults += [one for one in storage_check.check().lost if one.split()[1].rstrip(":") not in restored.lost]
    for fault in faults:
        click.echo(fault)
    if faults:
        raise Refused(f"The backup does not hold: {count_of(len(faults), 'fault')}")
    click.echo(f"The backup holds: {_said(restored.rows, restored.files, restored.made_at)}")
    if not sealed_by_us:
        click.echo("The seals of the history were not looked at: that needs the service's TRACKER_SECRET_KEY.")
    _say_what_is_lost(restored.lost)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", "key_file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Instead of asking."
)
def restore(file: Path, key_file: Path, passphrase_file: Path | None) -> None:
    """Bring a backup back into an empty database and an empty store of files."""
    app = create_app()
    restored = _restored(app, file, _secret(key_file, passphrase_file))
    click.echo(f"Restored: {_said(restored.rows, restored.files, restored.made_at)}")
    with changes(app):
        say_sealed(codes.seal_anew())
    click.echo("Look whether it holds: tracker history verify; tracker storage verify")
    _say_what_is_lost(restored.lost)


def _restored(app: Flask, file: Path, secret: sealing.SecretKey) -> Restored:
    serving.make_folders(app)
    with app.app_context():
        restored = restoring.restore(file, secret)
    with changes(app):
        follow()
    return restored


def _said(rows: int, files: int, at: datetime) -> str:
    return f"{count_of(rows, 'row')} and {count_of(files, 'file')} as at {at:%Y-%m-%d %H:%M:%S} UTC"


def _say_what_is_lost(lost: Mapping[str, str]) -> None:
    """Files that could not be backed up are somebody's evidence: the exit status says it, too."""
    if not lost:
        return
    for sha256, why in lost.items():
        click.echo(f"{sha256}: {why} in the store when the backup was made", err=True)
    raise Refused(f"{count_of(len(lost), 'file')} could not be backed up whole; everything else was.")


def _public(keys: tuple[str, ...]) -> tuple[str, ...]:
    if not keys:
        raise Refused(
            "Backups are encrypted: say for whom. Make a key with “tracker backup key FILE”, away from this machine if "
            "you can, and set TRACKER_BACKUP_KEYS to its public half."
        )
    for each in keys:
        if not sealing.is_public(each):
            raise Refused(f"“{each}” is no public key of age: one begins with age1.")
    return tuple(keys)


def _secret(key_file: Path, passphrase_file: Path | None) -> sealing.SecretKey:
    asked = sealing.is_locked(key_file)
    return sealing.secret_key(key_file, _passphrase(passphrase_file, confirm=False) if asked else "")


def _passphrase(file: Path | None, *, confirm: bool) -> str:
    if file is not None:
        return file.read_text(encoding="utf-8").strip("\r\n")
    said: str = click.prompt("Passphrase of the key", hide_input=True, confirmation_prompt=confirm)
    return said


def _scratch(folder: Path) -> tuple[Settings, bool]:
    """Settings of a place in this folder, and whether the secret key is the service's: elsewhere nobody knows it."""
    there = {"database_url": f"sqlite:///{folder / 'tracker.sqlite'}", "storage_url": f"file://{folder / 'files'}"}
    try:
        return Settings().model_copy(update=there), True
    except ValidationError:
        return Settings(_env_file=None, secret_key=SecretStr(os.urandom(24).hex())).model_copy(update=there), False
