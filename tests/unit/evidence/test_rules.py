"""How fresh, how strong and how varied evidence is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.evidence import rules
from tracker.evidence.rules import Family, Freshness, Kind, Strength, Tally, Variety

TODAY = date(2026, 11, 20)
KINDS = st.sampled_from(Kind)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
FAMILIES = st.frozensets(st.sampled_from(Family))


@given(DAYS, DAYS, st.integers(0, 400))
def test_evidence_never_grows_fresh_again_by_itself(stale_on: date, today: date, later: int) -> None:
    order = [Freshness.FRESH, Freshness.STALE_SOON, Freshness.STALE]

    then = order.index(rules.freshness(stale_on, today))

    assert order.index(rules.freshness(stale_on, today + timedelta(days=later))) >= then


@given(KINDS, DAYS)
def test_evidence_is_stale_from_the_day_it_goes_stale_and_not_before(kind: Kind, dated: date) -> None:
    day = rules.stale_on(kind, dated, days=30)

    assert rules.freshness(day, day) is Freshness.STALE
    assert rules.freshness(day, day - timedelta(days=1)) is Freshness.STALE_SOON


@given(KINDS)
def test_there_is_a_last_day_for_evidence_of_the_last_day(kind: Kind) -> None:
    assert rules.stale_on(kind, date.max, days=90) == date.max


def test_data_older_than_its_days_is_stale() -> None:
    stale_on = rules.stale_on(Kind.DATA, TODAY - timedelta(days=90), days=90)

    assert rules.freshness(stale_on, TODAY) is Freshness.STALE_SOON
    assert rules.freshness(stale_on, TODAY + timedelta(days=1)) is Freshness.STALE


@given(KINDS, DAYS, DAYS)
def test_looking_again_renews_what_says_how_we_work_and_never_what_was_counted_seen_or_said(
    kind: Kind, dated: date, looked: date
) -> None:
    before, after = rules.stale_on(kind, dated, days=90), rules.stale_on(kind, dated, looked, days=90)

    assert (after > before) == (looked > dated and rules.family(kind) is None)


@given(DAYS, DAYS)
def test_whoever_looked_again_is_not_asked_again_for_as_long(dated: date, looked: date) -> None:
    assert rules.ask_again_on(dated, looked, days=90) == rules.stale_on(Kind.FILE, dated, looked, days=90)


@given(DAYS, st.integers(0, 4000))
def test_age_is_never_told_in_words_that_make_it_older(dated: date, days: int) -> None:
    count, unit, _ = rules.age(dated, dated + timedelta(days=days)).split()

    assert int(count) * (28 if unit.startswith("month") else 1) <= days


@given(FAMILIES)
def test_variety_and_what_is_missing_agree(families: frozenset[Family]) -> None:
    assert (rules.variety(families) is Variety.TRIANGULATED) == (rules.missing_words(families) == "")
    assert set(rules.missing_families(families)) | families == set(Family)


@pytest.mark.parametrize(
    ("tally", "gap"),
    [
        (Tally(), "No evidence"),
        (Tally(count=2, stale=2, data=2, strongest=Strength.IMPACT), "All of it is stale"),
        (Tally(count=2, data=2, strongest=Strength.ACTIVITY), "Activity only"),
        (Tally(count=1, data=1, strongest=Strength.OUTCOME), "No audit or voice"),
        (Tally(count=3, data=1, audit=1, voice=1, strongest=Strength.OUTPUT), ""),
    ],
)
def test_a_gap_is_named_by_the_worst_of_it(tally: Tally, gap: str) -> None:
    assert rules.weakness(tally)[1] == gap


def test_tallies_add_up() -> None:
    one = Tally(count=2, newest=date(2026, 5, 1), data=2, stale=1, strongest=Strength.OUTPUT)
    other = Tally(count=1, newest=date(2026, 6, 1), voice=1, strongest=Strength.IMPACT)

    assert one.plus(other) == Tally(
        count=3, newest=date(2026, 6, 1), data=2, voice=1, stale=1, strongest=Strength.IMPACT
    )


@pytest.mark.parametrize(
    ("kind", "strength", "withdrawn", "linked", "why_not"),
    [
        (Kind.VOICE, Strength.IMPACT, False, True, ""),
        (Kind.DATA, Strength.OUTCOME, False, True, ""),
        (Kind.AUDIT, Strength.OUTPUT, False, True, "E-1 shows an output"),
        (Kind.FILE, Strength.IMPACT, False, True, "E-1 is a document"),
        (Kind.AUDIT, Strength.IMPACT, True, True, "E-1 was withdrawn"),
        (Kind.AUDIT, Strength.IMPACT, False, False, "E-1 is not linked"),
    ],
)
def test_only_linked_outcomes_and_impacts_that_were_counted_seen_or_heard_show_a_difference(
    kind: Kind, strength: Strength, withdrawn: bool, linked: bool, why_not: str
) -> None:
    said = rules.why_not_show_difference("E-1", kind, strength, withdrawn=withdrawn, linked=linked)

    assert said.startswith(why_not)
    assert bool(said) == bool(why_not)
