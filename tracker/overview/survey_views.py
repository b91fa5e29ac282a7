"""The page of a survey, and taking what somebody wrote in it into the register of evidence."""

from typing import Self
from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired, InputRequired, Length

from tracker.actions import queries as actions
from tracker.evidence import rules as evidence_rules
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Strength, VoiceOf
from tracker.indicators.surveys import queries
from tracker.indicators.surveys.models import Survey
from tracker.overview import survey as surveys
from tracker.overview.readiness_views import bp as bp
from tracker.people.guards import allowed, here, me
from tracker.people.models import Authority
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.web.fields import ChoiceField, Form, RadiosField, SelectField, TextAreaField, TextField


def _within(most: int) -> Length:
    return Length(max=most, message=f"Use {most:,} characters or fewer")


class VoiceForm(Form):
    words = TextAreaField(
        "What was written?",
        [DataRequired("Enter what was written"), _within(2000)],
        hint="In their own words, without a name, a place or anything else that could lead to somebody.",
        rows=4,
    )
    voice_of = RadiosField("Whose voice is it?", [InputRequired("Say whose voice it is")], inline=True, coerce=VoiceOf)
    shows = TextAreaField("What does it show?", [DataRequired("Say what it shows"), _within(1000)], rows=2)
    strength = ChoiceField(
        evidence_rules.STRENGTH_QUESTION,
        Strength,
        [InputRequired("Say what is the most that it shows")],
        labels=evidence_rules.STRENGTH_ANSWERS,
    )
    consent = TextField(
        "How was consent to use these words given?",
        [DataRequired("Say how consent was given"), _within(300)],
        hint="Such as: the form says that answers may be quoted without a name.",
    )
    item = SelectField("For which improvement item?", blank="No item: for the area of the survey", coerce=int)

    @classmethod
    def of(cls, survey: Survey, authority: Authority) -> Self:
        form = cls()
        form.voice_of.offer((one.value, one.value) for one in surveys.VOICES_OF[survey.asked])
        form.item.offer((one.number, f"{one.reference} {one.title}") for one in queries.open_items(authority))
        return form


@bp.get("/surveys/<int:number>")
@allowed(Permission.READ)
def survey(number: int) -> ResponseReturnValue:
    found = _survey(number)
    return render_template(
        "overview/survey.html",
        page=surveys.page(found, clock.today(), smallest=_smallest()),
        smallest=_smallest(),
        happened=history.of(found, limit=20),
    )


@bp.route("/surveys/<int:number>/waves/<uuid:wave_id>/voice", methods=["GET", "POST"])
@allowed(Permission.ADD_EVIDENCE)
def survey_voice(number: int, wave_id: UUID) -> ResponseReturnValue:
    found = _survey(number)
    wave, form = queries.wave(found, wave_id) or abort(404), VoiceForm.of(found, here())
    added: list[Evidence] = []
    if form.carries_out(
        lambda: added.append(
            surveys.add_voice(
                wave,
                words=form.words.data or "",
                voice_of=form.voice_of.data,
                shows=form.shows.data or "",
                strength=form.strength.data,
                consent=form.consent.data or "",
                item=actions.item(here(), form.item.data) if form.item.data else None,
                smallest=_smallest(),
                by=me(),
                on=clock.today(),
            )
        )
    ):
        flash(f"{added[0].reference} added to the register as a voice.", "saved")
        return redirect(url_for(".survey", number=number))
    return render_template("overview/survey_voice.html", form=form, survey=found, wave=wave), form.status


def _survey(number: int) -> Survey:
    return queries.survey(here(), number) or abort(404)


def _smallest() -> int:
    smallest: int = current_app.config["SMALL_NUMBER"]
    return smallest
