"""The shared HTTP kit: fields, filters, error pages, security headers, navigation. It knows the words of no room."""

from typing import Any

from flask import Flask, Request
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.routing import IntegerConverter, Map

from reports.appraisal_chart import appraisal_line
from reports.chain_chart import chain_chart
from reports.charts import measure_line
from reports.charts_difference import difference_chart
from reports.charts_measures import measure_chart, range_words
from reports.charts_plan import burn_up, states_over_time
from reports.charts_quality import control_chart, interval_words, share_words, shares_chart
from reports.charts_timeline import timeline
from reports.lineage_chart import grades_across, grades_down
from reports.quality_tables import control_table
from reports.severity_chart import severity_chart
from tracker.settings import PROJECT
from tracker.web.charts import picture_frame
from tracker.web.doors import may_open
from tracker.web.errors import init_errors
from tracker.web.filters import FILTERS
from tracker.web.form import error_list
from tracker.web.happened import happened
from tracker.web.links import asked, endpoint_url, keeping, reference_url
from tracker.web.navigation import home_url, navigation
from tracker.web.pages import bp
from tracker.web.security import init_security
from tracker.web.sparks import spark_points
from tracker.web.words import tag_colour

GOVUK_PACKAGES = ("govuk_frontend_jinja", "govuk_frontend_wtf")

GLOBALS = (
    appraisal_line,
    asked,
    burn_up,
    chain_chart,
    control_chart,
    control_table,
    difference_chart,
    endpoint_url,
    error_list,
    grades_across,
    grades_down,
    home_url,
    interval_words,
    keeping,
    may_open,
    measure_chart,
    measure_line,
    navigation,
    picture_frame,
    range_words,
    reference_url,
    severity_chart,
    share_words,
    shares_chart,
    spark_points,
    states_over_time,
    tag_colour,
    timeline,
)
"""What every template may call, by its own name."""


LARGEST_NUMBER = 2**31 - 1
"""The largest number that a column of both databases holds; an address with a larger one leads nowhere."""


class Number(IntegerConverter):
    """The number of a reference in an address."""

    def __init__(self, map: Map, **options: Any) -> None:
        super().__init__(map, **{"max": LARGEST_NUMBER, **options})


class AsPages(Request):
    """A request as pages read it: one for the head of a page alone is answered as one for the page.

    Who serves leaves out the rest. A page that fills its form only on GET would else be made with an empty one.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.method == "HEAD":
            self.method = "GET"


def init_web(app: Flask) -> None:
    """Give an application our templates, filters, error pages, headers and the pages of no room."""
    app.request_class = AsPages
    app.url_map.converters["int"] = Number
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(PROJECT / "templates"),
            PrefixLoader({name: PackageLoader(name) for name in GOVUK_PACKAGES}),
        ]
    )
    app.jinja_env.filters.update(FILTERS, happened=happened)
    app.jinja_env.globals.update({function.__name__: function for function in GLOBALS})
    app.context_processor(lambda: {"demonstration": app.config.get("DEMONSTRATION", False)})
    init_security(app)
    init_errors(app)
    app.register_blueprint(bp)
