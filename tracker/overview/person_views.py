"""What is held about a member of staff: a page for whoever answers requests for access to data."""

from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice
from wtforms.validators import InputRequired

from tracker.overview.trail_views import bp as bp
from tracker.people import handing_over
from tracker.people import queries as people
from tracker.people.guards import allowed, here
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.web.downloads import as_attachment
from tracker.web.fields import Form, SelectField


class WhoForm(Form):
    who = SelectField("About whom?", [InputRequired("Choose a colleague")])


@bp.route("/history/about-somebody", methods=["GET", "POST"])
@allowed(Permission.HAND_OVER_DATA)
def person_export() -> ResponseReturnValue:
    """Everything that names one colleague, as a zip; that it was taken is on record."""
    form = WhoForm()
    colleagues = {str(one.person_id): one.person for one in people.colleagues(here())}
    form.who.choices = [
        SelectChoice("", "Choose a colleague"),
        *(SelectChoice(key, one.name) for key, one in colleagues.items()),
    ]
    if not form.validate_on_submit():
        return render_template("overview/person_export.html", form=form), form.status
    person = people.person(UUID(form.who.data)) or abort(404)
    content = handing_over.export(person, here())
    name = f"{here().slug}-about-{person.name}-{clock.today()}.zip"
    return as_attachment([content], name=name, size=len(content), media_type="application/zip")
