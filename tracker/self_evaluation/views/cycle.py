"""A version on its way: review by a head of service, the director's name, noted by the lead member, published."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.people.guards import allowed, here, me, recently_confirmed
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.self_evaluation import commands, pages
from tracker.self_evaluation.forms import NotedForm, PublishedForm, ReasonForm, SignForm
from tracker.self_evaluation.views.blueprint import bp
from tracker.self_evaluation.views.found import the_version
from tracker.self_evaluation.views.versions import show_version


@bp.post("/self-evaluation/<int:edition>/review")
@allowed(Permission.WRITE_SELF_EVALUATION)
def review(edition: int) -> ResponseReturnValue:
    commands.send_version_for_review(the_version(edition))
    flash(f"Version {edition} is in review. A head of service passes it on to the director or sends it back.", "saved")
    return redirect(url_for(".edition", edition=edition))


@bp.post("/self-evaluation/<int:edition>/still-stand")
@allowed(Permission.WRITE_SELF_EVALUATION)
def still_stand(edition: int) -> ResponseReturnValue:
    sent = commands.send_standing_for_review(the_version(edition), clock.today())
    flash(
        f"{len(sent)} {'statement is' if len(sent) == 1 else 'statements are'} in review as carried forward.", "saved"
    )
    return redirect(url_for(".edition", edition=edition))


@bp.post("/self-evaluation/<int:edition>/pass-on")
@allowed(Permission.REVIEW_SELF_EVALUATION)
def pass_on(edition: int) -> ResponseReturnValue:
    read = SignForm().read.data or ""
    commands.pass_to_director(the_version(edition), by=me(), on=clock.today(), read=read)
    flash(f"Version {edition} is with the director. New words in it would bring it back to a head of service.", "saved")
    return redirect(url_for(".edition", edition=edition))


@bp.post("/self-evaluation/<int:edition>/send-back")
@allowed(Permission.WRITE_SELF_EVALUATION)
def send_version_back(edition: int) -> ResponseReturnValue:
    version, form = the_version(edition), ReasonForm()
    if form.carries_out(lambda: commands.send_version_back(version, reason=form.reason.data or "")):
        flash(f"Version {edition} is a draft again.", "saved")
        return redirect(url_for(".edition", edition=edition))
    return show_version(edition, form)


@bp.route("/self-evaluation/<int:edition>/sign-off", methods=["GET", "POST"])
@allowed(Permission.SIGN_SELF_EVALUATION)
@recently_confirmed
def sign_off(edition: int) -> ResponseReturnValue:
    version, form = the_version(edition), SignForm()
    today = clock.today()
    if form.carries_out(lambda: commands.sign_off_version(version, by=me(), on=today, read=form.read.data or None)):
        flash(f"You signed version {edition}. It is frozen, and the pack will say so.", "saved")
        return redirect(url_for(".edition", edition=edition))
    form.read.data = commands.digest(commands.words_of(version))
    page = pages.version(here(), version, clock.now())
    return render_template("self_evaluation/sign_off.html", page=page, form=form), form.status


@bp.route("/self-evaluation/<int:edition>/noted", methods=["GET", "POST"])
@allowed(Permission.NOTE_SELF_EVALUATION)
def noted(edition: int) -> ResponseReturnValue:
    version = the_version(edition)
    form, today = NotedForm(on=version.noted_on or clock.today(), where=version.noted_where), clock.today()
    if form.carries_out(
        lambda: commands.note_by_lead_member(
            version, on=form.on.data or today, where=form.where.data or "", today=today
        )
    ):
        flash(f"The lead member noted version {edition}.", "saved")
        return redirect(url_for(".edition", edition=edition))
    return render_template("self_evaluation/noted.html", version=version, form=form), form.status


@bp.route("/self-evaluation/<int:edition>/published", methods=["GET", "POST"])
@allowed(Permission.REVIEW_SELF_EVALUATION)
def published(edition: int) -> ResponseReturnValue:
    version = the_version(edition)
    form, today = PublishedForm(on=version.published_on or clock.today(), where=version.published_where), clock.today()
    if form.carries_out(
        lambda: commands.publish(version, on=form.on.data or today, where=form.where.data or "", today=today)
    ):
        flash(f"Version {edition} is published.", "saved")
        return redirect(url_for(".edition", edition=edition))
    return render_template("self_evaluation/published.html", version=version, form=form), form.status
