"""Reading the audit tools and their versions, and what is done with a tool as a whole."""

from dataclasses import dataclass
from datetime import date

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import tools
from tracker.audits.authoring import commands, queries
from tracker.audits.authoring.forms import CopyForm
from tracker.audits.authoring.models import AuthorityTool, ShippedTool
from tracker.audits.authoring.rules import OWN, applies_said, differences, months_said, scale_said
from tracker.audits.authoring.views.blueprint import bp, own_or_404, version_sent
from tracker.audits.schema import Tool
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history


@dataclass(frozen=True)
class Shown:
    """A tool as its page shows it: one version, or the draft."""

    tool: Tool
    own: AuthorityTool | None
    """None for a tool that was shipped."""
    numbers: tuple[int, ...]
    """Of every published version, newest first."""
    is_draft: bool = False
    shipped: ShippedTool | None = None
    """What the authority made of one that was shipped; None: nothing yet."""

    @property
    def row(self) -> AuthorityTool | ShippedTool | None:
        return self.own or self.shipped

    @property
    def retired_on(self) -> date | None:
        return self.row.retired_on if self.row else None


@bp.get("")
@allowed(Permission.READ_AUDITS)
def index() -> ResponseReturnValue:
    box = tools.of(here().id)
    own = queries.tools(here())
    mine = {one.tool_id for one in own}
    shipped = [tool for tool in (*box.every, *box.every_lens) if tool.id not in mine]
    return render_template("audits/tools/index.html", shipped=shipped, own=own, scale_said=scale_said, box=box)


@bp.get("/<tool_id>")
@allowed(Permission.READ_AUDITS)
def show(tool_id: str) -> ResponseReturnValue:
    """The newest version, the one asked for, or the draft."""
    shown = _shown(tool_id, request.args.get("version", ""))
    return render_template(
        "audits/tools/show.html",
        shown=shown,
        tool=shown.tool,
        happened=history.of(shown.row, limit=20) if shown.row else [],
        **SAID,
    )


@bp.get("/<tool_id>/versions")
@allowed(Permission.READ_AUDITS)
def compare(tool_id: str) -> ResponseReturnValue:
    """What one version says differently from another; without two named, the newest two."""
    newest = _shown(tool_id, request.args.get("to", ""))
    earlier = [number for number in newest.numbers if number < newest.tool.version]
    if not earlier:
        return render_template("audits/tools/compare.html", before=None, after=newest.tool, differences=())
    before = _shown(tool_id, request.args.get("from", "") or str(earlier[0])).tool
    return render_template(
        "audits/tools/compare.html", before=before, after=newest.tool, differences=differences(before, newest.tool)
    )


@bp.get("/<tool_id>.yaml")
@allowed(Permission.READ_AUDITS)
def export(tool_id: str) -> ResponseReturnValue:
    """A version as a file that the product takes back among its own."""
    tool = _shown(tool_id, request.args.get("version", "")).tool
    name = f"{tool.id}-{tool.version}.yaml"
    return Response(
        tools.as_yaml(tool),
        mimetype="application/yaml",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@bp.route("/<tool_id>/copy", methods=["GET", "POST"])
@allowed(Permission.WRITE_AUDIT_TOOLS)
def copy(tool_id: str) -> ResponseReturnValue:
    shown, form = _shown(tool_id, request.args.get("version", "")), CopyForm()
    if request.method == "GET":
        form.name.data = f"{shown.tool.name}, ours"
    begun: list[AuthorityTool] = []

    def make() -> None:
        begun.append(commands.copy(here(), tool=shown.tool, name=form.name.data or "", by=me()))

    if form.carries_out(make):
        flash(f"{begun[0].name} is a draft of yours. Change it, then publish it.", "saved")
        return redirect(url_for(".show", tool_id=begun[0].tool_id))
    return render_template("audits/tools/copy.html", tool=shown.tool, form=form), form.status


@bp.post("/<tool_id>/take-up")
@allowed(Permission.WRITE_AUDIT_TOOLS)
def take_up(tool_id: str) -> ResponseReturnValue:
    own = own_or_404(tool_id)
    commands.take_up(own, version=version_sent(), by=me())
    flash(
        f"Version {own.next_number} of {own.name} is a draft. Audits go on in version {own.next_number - 1}.", "saved"
    )
    return redirect(url_for(".show", tool_id=tool_id))


@bp.post("/<tool_id>/publish")
@allowed(Permission.WRITE_AUDIT_TOOLS)
def publish(tool_id: str) -> ResponseReturnValue:
    own = own_or_404(tool_id)
    published = commands.publish(own, version=version_sent(), by=me(), on=clock.today())
    flash(
        f"Version {published.number} of {own.name} is published. New audits use it; begun ones stay as they are.",
        "saved",
    )
    return redirect(url_for(".show", tool_id=tool_id))


@bp.post("/<tool_id>/discard")
@allowed(Permission.WRITE_AUDIT_TOOLS)
def discard(tool_id: str) -> ResponseReturnValue:
    own = own_or_404(tool_id)
    stays = commands.discard(own, version=version_sent(), by=me())
    flash(f"The draft of {own.name} is discarded.", "saved")
    return redirect(url_for(".show", tool_id=tool_id) if stays else url_for(".index"))


@bp.post("/<tool_id>/retire")
@allowed(Permission.WRITE_AUDIT_TOOLS)
def retire(tool_id: str) -> ResponseReturnValue:
    """An authority's own tool, or one that was shipped."""
    if tool_id.startswith(OWN):
        own = own_or_404(tool_id)
        commands.retire(own, version=version_sent(), by=me(), on=clock.today())
        name = own.name
    else:
        name = commands.retire_shipped(here(), _shown(tool_id, "").tool.id, by=me(), on=clock.today()).name
    flash(f"{name} is offered no more. Audits answered with it stay as they are.", "saved")
    return redirect(url_for(".show", tool_id=tool_id))


@bp.post("/<tool_id>/offer-again")
@allowed(Permission.WRITE_AUDIT_TOOLS)
def offer_again(tool_id: str) -> ResponseReturnValue:
    if tool_id.startswith(OWN):
        own = own_or_404(tool_id)
        commands.offer_again(own, version=version_sent(), by=me())
        name = own.name
    else:
        name = commands.offer_shipped_again(here(), _shown(tool_id, "").tool.id, by=me()).name
    flash(f"{name} is offered again.", "saved")
    return redirect(url_for(".show", tool_id=tool_id))


SAID = {"applies_said": applies_said, "scale_said": scale_said, "months_said": months_said}


def _shown(tool_id: str, version: str) -> Shown:
    """The draft where there is one and no version is asked for, else the newest."""
    own = queries.tool(here(), tool_id)
    box = tools.of(here().id)
    numbers = tuple(sorted((number for each, number in box.versions if each == tool_id), reverse=True))
    if own is not None and own.draft is not None and not version:
        return Shown(commands.draft_of(own), own, numbers, is_draft=True)
    asked = int(version) if version.isdecimal() and len(version) < 6 else (numbers[0] if numbers and not version else 0)
    if asked not in numbers:
        abort(404)
    return Shown(box.tool(tool_id, asked), own, numbers, shipped=queries.shipped(here(), tool_id))
