"""The files of a piece of evidence: taken away, and looked at without being taken away."""

from flask import Blueprint, Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from tracker.evidence import queries as evidence_queries
from tracker.evidence.files import commands, opened, queries
from tracker.evidence.files.models import FileVersion
from tracker.evidence.guard import guard_page
from tracker.evidence.models import Evidence
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import storage
from tracker.platform.errors import Refused
from tracker.web.downloads import as_attachment

bp = Blueprint("evidence_files", __name__, url_prefix="/<authority>/evidence/<int:number>")

A_DAY = 24 * 60 * 60
"""Seconds for which a person's own browser may keep a picture: what a file holds never changes."""


@bp.post("/download")
@allowed(Permission.READ_EVIDENCE)
def download(number: int) -> ResponseReturnValue:
    """The newest version, as something to save and never to open here. A form posts to this: it is recorded."""
    evidence = _evidence(number)
    newest = queries.version(evidence, queries.last_number(evidence))
    if newest is None:
        raise Refused(f"{evidence.reference} has no file.")
    return _sent(newest)


@bp.post("/files/<int:version>/download")
@allowed(Permission.READ_EVIDENCE)
def download_version(number: int, version: int) -> ResponseReturnValue:
    return _sent(_version(number, version))


@bp.post("/look")
@allowed(Permission.READ)
def look(number: int) -> ResponseReturnValue:
    """Into a file that is marked Official-Sensitive. A form posts to this: it is recorded."""
    evidence = _evidence(number)
    commands.note_opened(evidence)
    opened.open_for_a_while(evidence)
    return redirect(url_for("evidence.show", number=number, _anchor="look"))


@bp.get("/files/<int:version>/pages/<int:page>")
@allowed(Permission.READ_EVIDENCE)
def picture(number: int, version: int, page: int) -> ResponseReturnValue:
    """A page of the first look at a file, where that is made of pictures."""
    evidence = _evidence(number)
    content = queries.content(_version(number, version).file_sha256) or abort(404)
    found = queries.preview(content, page)
    shut = content.why_shut or _why_held_back(_version(number, version)) or not opened.is_open(evidence)
    if found is None or found.width is None or shut:
        abort(404)
    response = Response(storage.pieces(found.file_sha256), mimetype=found.file_type)
    if not opened.is_recorded(evidence):
        response.cache_control.private = True
        response.cache_control.max_age = A_DAY
    return response


def _sent(version: FileVersion) -> Response:
    if why_not := _why_held_back(version):
        raise Refused(why_not)
    content = storage.pieces(commands.note_download(version))
    return as_attachment(content, name=version.file_name, size=version.file_size, media_type=version.file_type)


def _why_held_back(version: FileVersion) -> str:
    """While something in it could lead to a child, a file is for those alone who decide about it."""
    return guard_page.why_held_back(version.evidence, me(), version.file_sha256)


def _version(number: int, version: int) -> FileVersion:
    return queries.version(_evidence(number), version) or abort(404)


def _evidence(number: int) -> Evidence:
    return evidence_queries.evidence(here(), number) or abort(404)
