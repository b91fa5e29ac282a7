"""What a validator's summary may look like, and that no list of children is ever taken for one."""

import json
from datetime import date

import pytest

from tracker.annex_a import rules, summaries
from tracker.annex_a.rules import Band, Said
from tracker.annex_a.summaries import Fault, ListOfChildren
from tracker.platform.errors import Refused

CODES = [str(number) for number in range(1, 12)]
TODAY = date(2026, 11, 30)


def read(text: str, *, of_list: str | None = None) -> summaries.Summary:
    return summaries.read(text.encode(), CODES, of_list=of_list)


@pytest.mark.parametrize(
    "text",
    [
        "list,rule,count,about\n8,8620,12,Health assessment overdue\n8,CIN_7,\"1,203\",Date of birth missing\n",
        "List number;Rule code;Errors;Message\n8;8620;12;Health assessment overdue\n8;CIN_7;1203;Date of birth missing",
        json.dumps(
            [
                {"list": 8, "rule": "8620", "count": 12, "about": "Health assessment overdue"},
                {"list": 8, "rule": "CIN_7", "count": 1203, "about": "Date of birth missing"},
            ]
        ),
    ],
)  # fmt: skip
def test_a_summary_is_read_by_list_the_most_frequent_first(text: str) -> None:
    assert read(text) == {
        "8": [Fault("CIN_7", "Date of birth missing", 1203), Fault("8620", "Health assessment overdue", 12)]
    }


def test_text_names_its_list_on_a_line_of_its_own() -> None:
    assert read("List 6\nPlan missing: 4\nList 11:\nDate of match missing: 0\n") == {
        "6": [Fault("Plan missing", "", 4)],
        "11": [Fault("Date of match missing", "", 0)],
    }


def test_what_names_no_list_is_about_the_one_that_was_chosen() -> None:
    assert list(read("rule,count\n8620,3", of_list="8")) == ["8"]
    with pytest.raises(Refused, match="does not say which list"):
        read("rule,count\n8620,3")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Child Unique ID,Gender,Ethnicity,Date of Birth\n4001,F,WBRI,04/03/2015\n", "a column is called"),
        ("UPN,rule,count\nB923456710010,8620,1", "called “upn”"),
        ('[{"Date of birth": "2015-03-04", "rule": "8620", "count": 1}]', "called “date of birth”"),
        ('[{"child_id": "77", "rule": "8620", "count": 1}]', "called “child id”"),
        ("rule,count\n8620,1\n8620,1\n", "same rule comes more than once"),
        ("rule,count\n" + "".join(f"R{n},1\n" for n in range(21)), "each of its 21 rows counts one"),
        ("rule,count\n" + "".join(f"R{n},{n}\n" for n in range(301)), "it has 301 rows"),
        ("rule,count\n1029384,2", "a case number"),
        ("rule,count\nC10293,2", "a long number"),
        ("rule,count,about\n8620,2,Seen on 04/03/2026", "holds a day"),
        ("rule,count,about\n8620,2,943 476 5919", "an NHS number"),
        ("PK\x03\x04 and the rest of a workbook", "it is a workbook"),
        ("rule,count\n" + "8620,1\n" * 20_000, "larger than 64 KB"),
    ],
)
def test_what_could_be_a_list_of_children_is_refused_in_a_sentence(text: str, why: str) -> None:
    with pytest.raises(ListOfChildren, match=why) as refused:
        read(text, of_list="8")

    assert "Nothing of it was kept." in str(refused.value)
    assert all(held not in str(refused.value) for held in ("4001", "04/03/2015", "B9234", "943 476", "1029384"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("rule,count\n", "headings only"),
        ("rule,count,score\n8620,1,5", "1 column that a summary does not have"),
        ("rule,count,errors\n8620,1,5", "Two columns say the same"),
        ("rule,count\n8620,1,77", "more cells than"),
        ("list,rule,count\n14,8620,1", "names a list that there is not"),
        ("rule,count\n8620,several", "must be a whole number"),
        ("rule,count\n,4", "names no rule"),
        (f"rule,count\n{'R' * 41},4", "too long"),
        ("{not json", "cannot be read"),
        ('{"faults": 7}', "must be a list"),
        ("[" * 5000, "cannot be read"),
        ("Whatever this is", "says neither which list nor"),
        ("rule\0,count", "not text"),
    ],
)
def test_what_is_no_summary_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read(text, of_list="8")


@pytest.mark.parametrize(
    ("said", "tested_on", "band", "faults", "why"),
    [
        (Said.READY, None, None, "", "day of the last test run"),
        (Said.READY, date(2026, 12, 1), None, "", "has not come yet"),
        (Said.NOT_READY, TODAY, Band.TO_49, "", "what stands in the way"),
        (Said.NOT_TRIED, None, Band.TO_49, "", "was tried"),
    ],
)
def test_what_is_said_of_a_list_agrees_with_itself(
    said: Said, tested_on: date | None, band: Band | None, faults: str, why: str
) -> None:
    assert why in (rules.why_not(said, tested_on=tested_on, band=band, faults=faults, today=TODAY) or "")


def test_a_list_that_was_tried_and_has_its_reasons_can_be_said() -> None:
    assert rules.why_not(Said.READY, tested_on=TODAY, band=Band.TO_49, faults="", today=TODAY) is None
    assert rules.why_not(Said.NOT_READY, tested_on=TODAY, band=None, faults="No dates", today=TODAY) is None
    assert rules.why_not(Said.NOT_TRIED, tested_on=None, band=None, faults="", today=TODAY) is None
