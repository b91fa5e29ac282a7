"""Periods, figures, and what may be said of them."""

from datetime import date

import pytest

from tracker.audits.analysis import pictures, rules
from tracker.audits.analysis.pictures import Line
from tracker.audits.analysis.rules import Figures, Period, Portion
from tracker.audits.summaries.rules import By, Counted, Key, Tally

TODAY = date(2026, 11, 20)
LAST = rules.last_quarter(TODAY)


def counted(
    kind: Counted, value: str, number: int, *, good: int = 0, days: int = 0, month: date = LAST.first
) -> tuple[Key, Tally]:
    return Key(By.WHOLE, "", kind, month, value), Tally(number, good, days)


@pytest.mark.parametrize(
    ("period", "dates", "before"),
    [
        (rules.this_month(TODAY), "November 2026", "October 2026"),
        (rules.this_quarter(TODAY), "October to December 2026", "July to September 2026"),
        (LAST, "July to September 2026", "April to June 2026"),
        (rules.last_year(TODAY), "December 2025 to November 2026", "December 2024 to November 2025"),
        (rules.own_range(date(2026, 1, 9), date(2026, 2, 3)), "January to February 2026", "November to December 2025"),
    ],
)
def test_a_period_stands_beside_as_many_months_before(period: Period, dates: str, before: str) -> None:
    assert (period.dates, period.before.dates) == (dates, before)


def test_figures_add_up_what_was_done_and_what_it_changed() -> None:
    found = rules.figures(
        [
            counted(Counted.AUDIT, "Good", 12, good=12),
            counted(Counted.AUDIT, "Inadequate", 3),
            counted(Counted.AUDIT, "", 2),
            counted(Counted.MODERATED, "the same", 4),
            counted(Counted.FAMILY, "Obtained", 6),
            counted(Counted.FAMILY, "Not yet", 11),
            counted(Counted.RAISED, "Closed", 3),
            counted(Counted.RAISED, "Open", 5),
            counted(Counted.CLOSED, "02", 1, days=17),
            counted(Counted.CLOSED, "04", 2, days=61),
            counted(Counted.REAUDIT, "higher", 2),
            counted(Counted.REAUDIT, "lower", 1),
        ]
    )

    assert (found.audits, found.good, found.moderation) == (17, Portion(12, 15), Portion(4, 17))
    assert (found.family, found.raised, found.again) == (Portion(6, 17), Portion(3, 8), Portion(2, 3))
    assert (found.average_days, found.half_within) == (26, 5)


def test_months_of_which_weeks_are_not_told_have_their_average_all_the_same() -> None:
    found = rules.figures([counted(Counted.CLOSED, "", 4, days=120)])

    assert (found.average_days, found.half_within) == (30, None)


def test_figures_of_a_domain_are_of_how_often_it_was_graded() -> None:
    found = rules.figures([counted(Counted.DOMAIN, "Good", 4, good=4), counted(Counted.DOMAIN, "Inadequate", 1)])

    assert (found.audits, found.good) == (5, Portion(4, 5))


def test_a_small_difference_of_small_samples_is_called_chance_and_a_large_one_is_not() -> None:
    def said(part: int, whole: int, before: int, of: int) -> str:
        now, then = Figures(audits=whole, good=Portion(part, whole)), Figures(audits=of, good=Portion(before, of))
        return rules.what_changed(now, then, period=LAST)[0]

    assert said(12, 20, 9, 19) == (
        "12 of 20 audits were good or better, against 9 of 19 in the quarter before. "
        "With samples this small that may be chance."
    )
    assert said(56, 70, 48, 80).endswith("That is more than chance would explain.")
    assert said(6, 12, 3, 6).endswith("The share is the same.")
    assert said(1, 4, 0, 0) == "1 of 4 audits was good or better; none was graded in the quarter before."
    assert said(0, 0, 3, 6) == "No audit was graded in July to September 2026."


def test_nothing_closed_and_nothing_looked_at_again_is_said_and_not_left_out() -> None:
    said = rules.what_changed(Figures(audits=3, good=Portion(1, 3)), Figures(), period=LAST)

    assert "No finding was closed." in said
    assert "No case was looked at again, so nobody can say yet whether grades have changed." in said


def test_a_team_with_few_at_one_side_is_not_shown_nor_one_from_which_it_would_follow() -> None:
    lines = [
        Line(name, name, Figures(good=Portion(part, whole)))
        for name, part, whole in (("North", 20, 22), ("South", 30, 40), ("East", 25, 37))
    ]

    shown = [line.label for line in pictures.protected(lines, 5) if line.shown]

    assert shown == ["East"]
    assert all(line.shown for line in pictures.protected(lines, 0))


def test_one_team_alone_with_few_is_not_shown() -> None:
    alone = [Line("North", "north", Figures(good=Portion(2, 9)))]

    assert not pictures.protected(alone, 5)[0].shown


def test_a_series_has_a_point_for_each_quarter_with_its_own_figures() -> None:
    counts = [
        counted(Counted.AUDIT, "Good", 2, good=2, month=date(2026, 4, 1)),
        counted(Counted.AUDIT, "Good", 3, good=3, month=date(2026, 8, 1)),
        counted(Counted.AUDIT, "Inadequate", 1, month=date(2026, 7, 1)),
        counted(Counted.AUDIT, "Inadequate", 9, month=date(2026, 10, 1)),
    ]

    points = rules.series(counts, LAST, quarters=True)

    assert [(point.label, point.figures.good) for point in points] == [
        ("Apr to Jun 2026", Portion(2, 2)),
        ("Jul to Sep 2026", Portion(3, 4)),
    ]
    assert not rules.is_by_month(counts)
    assert pictures.shares_over_time(points).points[1].basis == "3 of 4"


def test_grades_stand_best_first_whoever_was_given_them_first() -> None:
    def at(place: int, grade: str, month: date) -> tuple[Key, Tally]:
        return Key(By.WHOLE, "", Counted.AUDIT, month, grade, place), Tally(1)

    counts = [
        at(333, "Good", date(2026, 4, 1)), at(500, "Partly met", date(2026, 4, 1)), at(0, "Outstanding", LAST.first),
        at(1000, "Inadequate", date(2026, 4, 1)),
    ]  # fmt: skip

    points = rules.series(counts, LAST, quarters=True)

    assert rules.grades_of(counts, points) == ["Outstanding", "Good", "Partly met", "Inadequate"]
