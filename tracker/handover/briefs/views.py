from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.fieldwork.asked import asked, day_asked
from tracker.fieldwork.forms import PressedForm
from tracker.fieldwork.notes import queries as notes
from tracker.handover.briefs import commands, queries
from tracker.handover.briefs.queries import Brief
from tracker.packs import telling
from tracker.packs.commands import Asked
from tracker.people.guards import allowed, me
from tracker.people.rules import Permission
from tracker.platform import clock

bp = Blueprint("briefs", __name__, url_prefix="/<authority>/fieldwork/<int:number>/notes/briefs")


@bp.get("/<day>")
@allowed(Permission.RUN_FIELDWORK)
def show(number: int, day: str) -> ResponseReturnValue:
    """What leaders read at the end of a day, and the pages that were made of it."""
    return _show(queries.brief(asked(number), day_asked(day)), PressedForm())


def _show(brief: Brief, form: PressedForm) -> ResponseReturnValue:
    fieldwork = brief.fieldwork
    return render_template(
        "handover/brief.html",
        fieldwork=fieldwork,
        brief=brief,
        form=form,
        kept=queries.kept(brief),
        areas={area.code: area.short_name for area in notes.areas(fieldwork)},
        themes=notes.theme_names(fieldwork),
        today=clock.today(),
    ), form.status


@bp.post("/<day>")
@allowed(Permission.RUN_FIELDWORK)
def make(number: int, day: str) -> ResponseReturnValue:
    """The one page, as a pack."""
    brief, form, made = queries.brief(asked(number), day_asked(day)), PressedForm(), list[Asked]()
    if form.carries_out(lambda: made.append(commands.make(brief, by=me(), at=clock.now()))):
        if made[0].kept:
            flash(telling.still_says(made[0].pack), "saved")
        return redirect(url_for("packs.show", number=made[0].pack.number))
    return _show(brief, form)
