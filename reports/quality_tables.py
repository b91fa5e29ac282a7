"""The tables beside the pictures of quality assurance."""

from collections.abc import Iterator

from reports.chain_chart import station_words
from reports.charts_quality import interval_words, share_words
from reports.quality_parts import Chain, ControlChart, Quality, Shares
from reports.table_shapes import Table


def quality_tables(chapter: Quality, number: str) -> Iterator[Table]:
    """Those of a chapter of the quarterly report, named after its number and title."""
    short = f"{number} {chapter.title}"[:24]
    if chapter.control:
        yield control_table(chapter.control, name=f"{short} chart")
    for place, shares in enumerate(chapter.shares):
        yield shares_table(shares, name=f"{short} {place + 1}")
    if chapter.chain:
        yield chain_table(chapter.chain, name=f"{short} chain")
    for place, comparison in enumerate(chapter.comparisons):
        name = f"{short} t{place + 1}"
        yield Table(name=name, caption=comparison.caption, columns=comparison.columns, rows=comparison.rows)


def control_table(chart: ControlChart, *, name: str = "") -> Table:
    """The values of a control chart, newest first."""
    return Table(
        name=name,
        caption=f"{chart.caption}, with limits",
        columns=("When", "Value", "Of", "Low limit", "High limit", "Signal"),
        rows=tuple(
            (
                one.label, f"{one.value:.0f}{chart.unit}", one.basis, f"{one.low:.0f}{chart.unit}",
                f"{one.high:.0f}{chart.unit}", one.signal.capitalize() or "None",
            )
            for one in reversed(chart.points)
        ),
    )  # fmt: skip


def shares_table(shares: Shares, *, name: str) -> Table:
    """Shares with their samples and intervals."""
    return Table(
        name=name,
        caption=shares.caption,
        columns=(shares.each, shares.words.capitalize(), "Interval"),
        rows=tuple((one.label, share_words(one), interval_words(one) or "None") for one in shares.lines),
    )


def chain_table(chain: Chain, *, name: str) -> Table:
    """Each finding with what was done, whether its case was looked at again, and how the grade changed."""
    return Table(
        name=name,
        caption=chain.caption,
        columns=("Finding", "Audit", "Action", "Second look", "Change of grade"),
        rows=tuple(
            (
                station_words(one.finding), station_words(one.audit), station_words(one.action),
                station_words(one.reaudit), one.change or "Not yet known",
            )
            for one in chain.lines
        ),
    )  # fmt: skip
