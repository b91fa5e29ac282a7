"""How far audits can be trusted: what was moderated, and how far moderators agree."""

from collections.abc import Sequence

from reports.contents import Comparison, KeyFigure, Quality
from tracker.audits.agreement import queries
from tracker.audits.agreement.queries import OnScale
from tracker.audits.agreement.rules import ENOUGH_FOR_KAPPA, Agreement
from tracker.audits.analysis.rules import Figures, Period, Portion
from tracker.audits.rules import months_after
from tracker.packs.gathering.quality.words import interval, of
from tracker.people.models import Authority
from tracker.platform.lists import listed

MONTHS = 12
"""Months over which agreement is worked out, up to the end of the quarter. Our choice: a quarter alone has too few."""
KAPPA = (
    "Weighted kappa says how much more two people agree than chance would: 0 is no more than chance, 1 is always. "
    "Single domains of one audit hang together, so none is said of them."
)


def moderation(authority: Authority, period: Period, now: Figures) -> Quality:
    same = Portion(now.moderated.get("the same", 0), now.moderation.part)
    higher, lower = now.moderated.get("higher", 0), now.moderated.get("lower", 0)
    scales = _scales(authority, period)
    return Quality(
        title="Moderation and agreement",
        lede="The moderator grades without sight of the auditor’s grades. The moderated grade counts.",
        figures=(
            KeyFigure(label="Moderated", value=of(now.moderation), note="of audits finished"),
            KeyFigure(label="The same grade", value=of(same), note=interval(same)),
            KeyFigure(label="Moderator higher", value=str(higher), note="the auditor was more severe"),
            KeyFigure(label="Moderator lower", value=str(lower), note="the auditor was less severe"),
        )
        if now.moderation.part
        else (),
        comparisons=tuple(_agreement(one, _year(period)) for one in scales),
        note=KAPPA if scales else "",
        nothing="No audit of the quarter is moderated yet.",
    )


def _scales(authority: Authority, period: Period) -> Sequence[OnScale]:
    return queries.on_each_scale(authority, since=_year(period).first, before=months_after(period.last, 1))


def _year(period: Period) -> Period:
    return Period(months_after(period.last, 1 - MONTHS), period.last, "these months")


def _agreement(scale: OnScale, year: Period) -> Comparison:
    cases, domains = scale.cases, scale.domains
    return Comparison(
        caption=f"Agreement, {year.dates}: {listed(scale.tools)}",
        columns=("Measure", "Whole case", "Single domains"),
        rows=(
            ("The same grade", *(of(Portion(one.exact, one.pairs)) for one in (cases, domains))),
            ("The same, or one apart", *(of(Portion(one.within_one, one.pairs)) for one in (cases, domains))),
            ("Weighted kappa, by steps", kappa_words(cases), "Not said"),
        ),
    )


def kappa_words(cases: Agreement) -> str:
    """Kappa with its interval, or why there is none."""
    if cases.linear is not None:
        return cases.linear.interval.said
    few = cases.pairs < ENOUGH_FOR_KAPPA
    return f"Not said of fewer than {ENOUGH_FOR_KAPPA}" if few else "Not said: one grade is all that was given"
