import json
from dataclasses import replace

import pytest
from pydantic import ValidationError

from reports.contents import Measure, PackContents, Row, Tone, Word
from tests.unit.reports import sample


def test_contents_come_back_equal_from_what_was_kept() -> None:
    contents = sample.self_evaluation()

    kept = json.loads(json.dumps(contents.to_json()))

    assert PackContents.from_json(kept) == contents
    assert PackContents.from_json(kept).digest() == contents.digest()


def test_one_letter_more_makes_another_digest() -> None:
    contents = sample.self_evaluation()

    assert replace(contents, subtitle=contents.subtitle + ".").digest() != contents.digest()


def test_a_digest_does_not_hang_on_how_a_number_was_written() -> None:
    whole = Measure(reference="M-1", name="Visits in time", basis="%", value="86", series=(86, 88))

    assert whole == Measure(reference="M-1", name="Visits in time", basis="%", value="86", series=(86.0, 88.0))
    assert [type(value) for value in whole.series] == [float, float]


def test_a_value_of_the_wrong_kind_is_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="text"):
        Word(text=None, tone=Tone.GOOD)  # type: ignore[arg-type]


def test_a_change_of_wording_reaches_every_text() -> None:
    contents = replace(sample.self_evaluation(), how_to_read=(Row(head="one", points=("two", "three")),))

    shouted = contents.reworded(lambda text: text.replace("e", "E"))

    assert shouted.how_to_read == (Row(head="onE", points=("two", "thrEE")),)
