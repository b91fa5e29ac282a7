"""The list of themes that recur, and making an improvement item of one."""

from datetime import date

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.analysis.names import names_of
from tracker.audits.recurring import commands, queries, rules
from tracker.audits.summaries.rules import By
from tracker.audits.views.blueprint import bp, item_asked_for, viewer
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.errors import Refused


@bp.get("/audits/recurring")
@allowed(Permission.READ)
def recurring() -> ResponseReturnValue:
    since = _since(clock.today())
    return render_template(
        "audits/recurring.html",
        themes=queries.recurring(here(), since=since, fewest=_fewest()),
        names=names_of(here()).of(By.THEME),
        since=since,
        fewest=_fewest(),
        months=current_app.config["RECURRING_MONTHS"],
        viewer=viewer(),
    )


@bp.post("/audits/recurring/<theme_code>/item")
@allowed(Permission.MAKE_ITEMS_OF_THEMES)
def make_item(theme_code: str) -> ResponseReturnValue:
    today = clock.today()
    item = commands.make_item(here(), theme_code=theme_code, since=_since(today), fewest=_fewest(), by=me(), on=today)
    findings = queries.findings_of(here(), theme_code, since=_since(today))
    said = rules.tied_words(tied=sum(one.item_id == item.id for one in findings), of=len(findings))
    flash(f"{item.reference} made of the theme and its audits. {said} Give it an owner.", "saved")
    return redirect(url_for("overview.item", number=item.number))


@bp.post("/audits/recurring/<theme_code>/item/<int:number>")
@allowed(Permission.MAKE_ITEMS_OF_THEMES)
def tie_findings(theme_code: str, number: int) -> ResponseReturnValue:
    item = item_asked_for(number)
    if item is None:
        raise Refused("There is no such item here. Choose one from the list.")
    tied = commands.tie_findings(item, theme_code=theme_code, since=_since(clock.today()), fewest=_fewest(), by=me())
    flash(f"{tied or 'No'} more {'finding' if tied == 1 else 'findings'} tied to {item.reference}.", "saved")
    return redirect(url_for(".recurring"))


def _since(today: date) -> date:
    return rules.since(today, current_app.config["RECURRING_MONTHS"])


def _fewest() -> int:
    fewest: int = current_app.config["RECURRING_AUDITS"]
    return fewest
