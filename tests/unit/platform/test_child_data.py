"""Numbers that could lead to a child are found where they are typed, and little else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.platform import child_data
from tracker.platform.child_data import UPN_LETTERS, LooksLikeChildData, Sign, found_in, is_nhs_number, is_upn

NINE = st.text("0123456789", min_size=9, max_size=9).filter(lambda digits: len(set(digits)) > 1)
TWELVE = st.text("0123456789", min_size=12, max_size=12)


def signs(text: str) -> list[tuple[Sign, str]]:
    return [(one.sign, one.words) for one in found_in({"What it shows": text})]


@given(NINE)
def test_at_most_one_check_digit_makes_an_nhs_number(first: str) -> None:
    valid = [digit for digit in "0123456789" if is_nhs_number(first + digit)]

    assert len(valid) <= 1


@given(NINE, st.integers(0, 9), st.integers(1, 9))
def test_a_slip_in_one_digit_is_no_nhs_number(first: str, place: int, slip: int) -> None:
    valid = next((first + digit for digit in "0123456789" if is_nhs_number(first + digit)), None)
    if valid is None:
        return

    slipped = valid[:place] + str((int(valid[place]) + slip) % 10) + valid[place + 1 :]

    assert not is_nhs_number(slipped)


@given(TWELVE)
def test_exactly_one_letter_checks_a_pupil_number(rest: str) -> None:
    assert sum(is_upn(letter + rest) for letter in UPN_LETTERS) == 1


@given(TWELVE, st.integers(1, 12), st.integers(1, 9))
def test_a_slip_in_one_digit_is_no_pupil_number(rest: str, place: int, slip: int) -> None:
    upn = next(letter + rest for letter in UPN_LETTERS if is_upn(letter + rest))

    slipped = upn[:place] + str((int(upn[place]) + slip) % 10) + upn[place + 1 :]

    assert not is_upn(slipped)


@given(st.text("0123456789", min_size=11, max_size=11), st.sampled_from(UPN_LETTERS))
def test_a_temporary_pupil_number_ends_in_a_letter(digits: str, last: str) -> None:
    assert sum(is_upn(letter + digits + last) for letter in UPN_LETTERS) == 1


@pytest.mark.parametrize(
    ("text", "sign", "words"),
    [
        ("Her number is 943 476 5919.", Sign.NHS_NUMBER, "943 476 5919"),
        ("Her number is 943-476-5919", Sign.NHS_NUMBER, "943-476-5919"),
        ("Pupil A123456789012 moved", Sign.UPN, "A123456789012"),
        ("He, dob 04/03/2012, was seen", Sign.DATE_OF_BIRTH, "dob 04/03/2012"),
        ("born on 4th March 2012", Sign.DATE_OF_BIRTH, "born on 4th March 2012"),
        ("D.O.B.: 2012-03-04", Sign.DATE_OF_BIRTH, "D.O.B.: 2012-03-04"),
        ("Her date of birth: 4.3.2015", Sign.DATE_OF_BIRTH, "date of birth: 4.3.2015"),
        ("DOB 04/03/15", Sign.DATE_OF_BIRTH, "DOB 04/03/15"),
        ("Write to s.okafor@example.org", Sign.EMAIL, "s.okafor@example.org"),
        ("Ring 07700 900123 after school", Sign.PHONE, "07700 900123"),
        ("Ring +44 (0)7700 900123", Sign.PHONE, "+44 (0)7700 900123"),
        ("Ring 020 7946 0123", Sign.PHONE, "020 7946 0123"),
        ("Case 1234567 was late", Sign.CASE_NUMBER, "1234567"),
        ("See CIN-0012345", Sign.CASE_NUMBER, "CIN-0012345"),
        ("See CIN/2024/00123", Sign.CASE_NUMBER, "CIN/2024/00123"),
        ("Her number is 943\u00a0476\u00a05919", Sign.NHS_NUMBER, "943\u00a0476\u00a05919"),
        ("Her number is 943 476\r\n5919", Sign.NHS_NUMBER, "943 476\r\n5919"),
        ("Her number is 943\u2011476\u20135919", Sign.NHS_NUMBER, "943\u2011476\u20135919"),
        ("Her number is 943.476.5919", Sign.NHS_NUMBER, "943.476.5919"),
        ("Her number is 9434765919", Sign.NHS_NUMBER, "9434765919"),
        ("No.9434765919", Sign.NHS_NUMBER, "9434765919"),
        ("NHS9434765919", Sign.NHS_NUMBER, "9434765919"),
        ("9 4 3 4 7 6 5 9 1 9", Sign.NHS_NUMBER, "9 4 3 4 7 6 5 9 1 9"),
        ("9|4|3|4|7|6|5|9|1|9", Sign.NHS_NUMBER, "9|4|3|4|7|6|5|9|1|9"),
        ("943\u200b476\u200b5919", Sign.NHS_NUMBER, "943\u200b476\u200b5919"),
        ("NHS number: 9434 765 919", Sign.NHS_NUMBER, "9434 765 919"),
        ("NHS No 943 476 5918", Sign.CASE_NUMBER, "943 476 5918"),
        ("UPN A 123 4567 89012", Sign.UPN, "A 123 4567 89012"),
        ("UPN a123456789012", Sign.UPN, "a123456789012"),
        ("A1234567\n89012", Sign.UPN, "A1234567\n89012"),
        ("born on the 4th of March, 2012", Sign.DATE_OF_BIRTH, "born on the 4th of March, 2012"),
        ("born March 4, 2012", Sign.DATE_OF_BIRTH, "born March 4, 2012"),
        ("DOB\r\n04/03/2012", Sign.DATE_OF_BIRTH, "DOB\r\n04/03/2012"),
        ("DOB (dd/mm/yyyy): 04\u201303\u20132012", Sign.DATE_OF_BIRTH, "DOB (dd/mm/yyyy): 04\u201303\u20132012"),
        ("DoB 04032012", Sign.DATE_OF_BIRTH, "DoB 04032012"),
        ("04/03/2012 (DOB)", Sign.DATE_OF_BIRTH, "04/03/2012 (DOB"),
        ("Birthdate 4-Mar-12", Sign.DATE_OF_BIRTH, "Birthdate 4-Mar-12"),
        ("Write to s.okafor[at]example.org", Sign.EMAIL, "s.okafor[at]example.org"),
        ("Write to a pupil, 12jb@primary.brent.sch.uk", Sign.EMAIL, "12jb@primary.brent.sch.uk"),
        ("Ring 07700-900-123", Sign.PHONE, "07700-900-123"),
        ("Ring (020) 7946 0123", Sign.PHONE, "(020) 7946 0123"),
        ("Ring 0044 7700 900123", Sign.PHONE, "0044 7700 900123"),
        ("Ring 07700\u00a0900\u00a0123", Sign.PHONE, "07700\u00a0900\u00a0123"),
        ("Case ref: 20121112", Sign.CASE_NUMBER, "20121112"),
    ],
)
def test_what_could_lead_to_a_child_is_found(text: str, sign: Sign, words: str) -> None:
    assert signs(text) == [(sign, words)]


@pytest.mark.parametrize(
    "text",
    [
        "17 of 24 children, 71%, November 2026",
        "Reviewed on 04/03/2026 and again on 4 June 2026",
        "A budget of £1234567 and 1,234,567 visits",
        "Snapshot 20261112",
        "Write to enquiries@example.org or ring 0300 123 1231",
        "A-104, Q-88 and E-231 in 2025/26",
        "1.234567 per child",
        "Our helpline is 0300123 4234, or 0800 123 4567",
        "Write to s.okafor@brent.gov.uk or j.lee@lnwh.nhs.uk",
        "943 476 5918 is no number of anybody",
        "In 2019, 2020 and 2021: 120, 135 and 140 children",
        "Children born after 1 September 2020 or before 4 March 2026",
    ],
)
def test_ordinary_text_raises_no_alarm(text: str) -> None:
    assert signs(text) == []


def test_each_number_is_named_once_with_its_place() -> None:
    found = found_in({"Title": "Case 1234567", "Their words": "I am 943 476 5919, call 07700 900123"})

    assert [one.sentence for one in found] == [
        "“Case 1234567” in “Title” looks like a case number.".replace("Case ", ""),
        "“943 476 5919” in “Their words” looks like an NHS number.",
        "“07700 900123” in “Their words” looks like a phone number.",
    ]


def test_text_is_kept_when_somebody_says_why_it_cannot_lead_to_a_child() -> None:
    texts = {"Title": "Contract 1234567"}

    with pytest.raises(LooksLikeChildData, match="“1234567” in “Title” looks like a case number"):
        child_data.check(texts, reason=" ")

    child_data.check(texts, reason="It is the number of a contract")


def test_what_is_sure_is_refused_with_what_to_write_instead() -> None:
    text = "A123456789012, born on 4 March 2015, is 943 476 5919"

    assert child_data.why_not(text).split(". ") == [
        "This looks like a unique pupil number: A123456789012",
        "Take it out; use the case reference",
        "This looks like a date of birth: born on 4 March 2015",
        "Take it out; give an age band",
        "This looks like an NHS number: 943 476 5919",
        "Take it out; use the case reference.",
    ]


@pytest.mark.parametrize("text", ["Ring 020 7946 0123", "Write to s.okafor@example.org", "Contract 1234567", ""])
def test_what_may_be_a_colleagues_or_a_contracts_is_not_sure(text: str) -> None:
    assert child_data.why_not(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "943 476 5919 " * 1_600,
        "born 1 " * 3_000,
        "born 1" + " " * 20_000,
        "a." * 32 + "@" + "-" * 20_000,
        "a@" * 10_000,
        "A1" * 10_000,
        "07 " * 7_000,
    ],
)
@pytest.mark.timeout(5)
def test_a_long_text_is_looked_through_at_once(text: str) -> None:
    assert len(found_in({"Statement": text})) <= len(text) / 12
