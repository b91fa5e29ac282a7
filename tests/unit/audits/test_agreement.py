"""Agreement of auditors and moderators, against examples that others have published.

Sources of the tables and what was worked out from them:
- Cohen (1968), Psychological Bulletin 70, 213-220: 200 patients, kappa .492, weighted .348 with his own weights.
- Agresti, Categorical Data Analysis, two pathologists and 118 slides: kappa .493 with standard error .057; linear
  weights, as SAS prints them for this table: .6488 with .0477.
- Fleiss, Statistical Methods for Rates and Proportions, 100 diagnoses: kappa .68.
"""

import pytest

from tracker.audits.agreement.rules import (
    ENOUGH_FOR_KAPPA,
    ENOUGH_TO_COMPARE,
    agreement,
    kappa,
    linear,
    quadratic,
    severity,
    severity_words,
    unweighted,
)

PATIENTS = [[88, 10, 2], [14, 40, 6], [18, 10, 12]]
COHENS_DISAGREEMENT = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
SLIDES = [[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]]
DIAGNOSES = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]


def test_kappa_is_that_of_cohens_patients() -> None:
    of_cohen = [[1 - apart / 6 for apart in row] for row in COHENS_DISAGREEMENT]

    plain, weighted = kappa(PATIENTS, unweighted(3)), kappa(PATIENTS, of_cohen)

    assert plain is not None
    assert weighted is not None
    assert round(plain.value, 3) == 0.492
    assert round(weighted.value, 3) == 0.348


def test_kappa_and_its_standard_error_are_those_of_the_pathologists() -> None:
    plain, weighted = kappa(SLIDES, unweighted(4)), kappa(SLIDES, linear(4))

    assert plain is not None
    assert weighted is not None
    assert (round(plain.value, 3), round(plain.error, 3)) == (0.493, 0.057)
    assert (round(weighted.value, 4), round(weighted.error, 4)) == (0.6488, 0.0477)
    assert plain.interval.said == "0.49 (95% interval 0.38 to 0.60)"


def test_kappa_is_that_of_fleiss_diagnoses() -> None:
    found = kappa(DIAGNOSES, unweighted(3))

    assert found is not None
    assert round(found.value, 2) == 0.68


def test_quadratic_weights_count_a_step_far_away_more() -> None:
    near, far = [[10, 10, 0], [0, 10, 0], [0, 0, 10]], [[10, 0, 10], [0, 10, 0], [0, 0, 10]]
    by_step = [found.value for table in (near, far) if (found := kappa(table, linear(3)))]
    by_square = [found.value for table in (near, far) if (found := kappa(table, quadratic(3)))]

    assert by_step[0] < by_square[0]
    assert by_step[1] > by_square[1]


@pytest.mark.parametrize("table", [[[0, 0], [0, 0]], [[30, 0], [0, 0]]])
def test_no_kappa_is_said_where_there_is_nothing_to_agree_on(table: list[list[int]]) -> None:
    assert kappa(table, linear(2)) is None


def test_whole_agreement_is_one_and_its_interval_stays_within_what_kappa_can_be() -> None:
    found = kappa([[20, 0], [0, 20]], linear(2))

    assert found is not None
    assert (found.value, found.interval.high) == (1, 1)


def test_exact_and_within_one_are_counted_and_kappa_waits_for_enough_pairs() -> None:
    pairs = [(0, 0), (1, 2), (3, 1)] * 9

    few, enough = agreement(pairs, 4), agreement([*pairs, (2, 2), (2, 2), (1, 1)], 4)

    assert (few.pairs, few.exact, few.within_one) == (27, 9, 18)
    assert few.linear is None
    assert enough.pairs == ENOUGH_FOR_KAPPA
    assert enough.linear is not None
    assert enough.quadratic is not None


def test_an_auditor_is_compared_only_with_enough_audits_and_in_words_that_chance_allows() -> None:
    assert severity([(1, 2)] * (ENOUGH_TO_COMPARE - 1)) is None
    stricter = severity([(2, 1)] * 8 + [(1, 1)] * 4)
    even = severity([(2, 1), (1, 2), (1, 1)] * 4)

    assert stricter is not None
    assert round(stricter.value, 2) == 0.67
    assert severity_words(stricter) == "Stricter than her moderators"
    assert severity_words(even) == "No difference that chance could not make"
