"""Pages on which a bundle of evidence is asked for, waited for and taken away."""

from uuid import UUID

from flask import Blueprint, abort, current_app, redirect, render_template, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from tracker.evidence import register_page
from tracker.evidence.bundles import commands, queries
from tracker.evidence.bundles.models import EvidenceBundle
from tracker.evidence.bundles.rules import MOST_PIECES, Contents, State
from tracker.evidence.rules import Marking
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history, storage
from tracker.web.downloads import as_attachment
from tracker.web.fields import CheckboxField, Form

bp = Blueprint("evidence_bundles", __name__, url_prefix="/<authority>/evidence/bundles")


class AskForm(Form):
    sensitive_agreed = CheckboxField("It will be kept, sent and handed over as Official-Sensitive")


@bp.get("")
@allowed(Permission.READ)
def index() -> ResponseReturnValue:
    return render_template("evidence/bundles/index.html", bundles=queries.last_bundles(here()))


@bp.route("/new", methods=["GET", "POST"])
@allowed(Permission.MAKE_PACKS)
def ask() -> ResponseReturnValue:
    """What would be in it; the address asks as the register's does: ``?area=help_protection``, ``?item=I-9``."""
    form, contents, asked = AskForm(), _contents(), list[EvidenceBundle]()
    if form.carries_out(lambda: asked.append(_ask(contents, form))):
        return redirect(url_for(".show", bundle_id=asked[0].id))
    sensitive = [entry for entry in contents.taken if entry.marking == Marking.OFFICIAL_SENSITIVE]
    return (
        render_template("evidence/bundles/ask.html", form=form, contents=contents, sensitive=sensitive),
        form.status,
    )


def _contents() -> Contents:
    pieces, about = register_page.asked_with_withdrawn(here(), me(), clock.today(), most=MOST_PIECES + 1)
    demonstration = bool(current_app.config["DEMONSTRATION"])
    return commands.gathered(here(), pieces, about=about, at=clock.now(), demonstration=demonstration)


def _ask(contents: Contents, form: AskForm) -> EvidenceBundle:
    agreed = bool(form.sensitive_agreed.data)
    return commands.ask(here(), contents, sensitive_agreed=agreed, by=me(), at=clock.now())


@bp.get("/<uuid:bundle_id>")
@allowed(Permission.READ)
def show(bundle_id: UUID) -> ResponseReturnValue:
    bundle = _bundle(bundle_id)
    return render_template(
        "evidence/bundles/show.html", bundle=bundle, held=bundle.held, happened=history.of(bundle), State=State
    )


@bp.post("/<uuid:bundle_id>/again")
@allowed(Permission.MAKE_PACKS)
def again(bundle_id: UUID) -> ResponseReturnValue:
    commands.ask_again(_bundle(bundle_id))
    return redirect(url_for(".show", bundle_id=bundle_id))


@bp.post("/<uuid:bundle_id>/download")
@allowed(Permission.MAKE_PACKS)
def download(bundle_id: UUID) -> ResponseReturnValue:
    """Posted, since every download is written into the history."""
    bundle = _bundle(bundle_id)
    pieces = stream_with_context(storage.pieces(commands.note_download(bundle)))
    return as_attachment(pieces, name=bundle.file_name, size=bundle.file_size or 0, media_type="application/zip")


def _bundle(bundle_id: UUID) -> EvidenceBundle:
    return queries.bundle(here(), bundle_id) or abort(404)
