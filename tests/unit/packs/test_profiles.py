"""What a profile may say, and contents as it has them."""

from dataclasses import replace
from pathlib import Path

import pytest

from reports import contents as pack
from reports import excel, html, word
from reports.contents import Crest, Look, PackContents
from reports.look import GROUND, READABLE, contrast, overriding
from reports.places import STYLES
from tests.unit.reports import sample
from tracker.evidence.rules import Marking
from tracker.packs.profiles import rules, sections
from tracker.packs.profiles.applying import FEW, applied
from tracker.packs.profiles.rules import LeftOut, Profile
from tracker.packs.rules import FOR_WHO_RUNS_A_WEEK, PackKind

KIND = PackKind.SELF_EVALUATION
USUAL = Profile.usual(KIND, "Scrutiny committee")
LOOK = Look(profile="Scrutiny committee", watermark="NOT FOR SHARING", ink="#5c1246", accent="#7a1f5c")


def dressed(profile: Profile, contents: PackContents | None = None) -> PackContents:
    instead = "Somebody in a post".__str__
    return applied(
        contents or sample.self_evaluation(), profile, instead=lambda text: text or instead(), smallest=5, crest=None
    )


def test_every_pack_of_a_profile_has_sections_and_some_that_it_needs() -> None:
    assert set(sections.SECTIONS) == set(PackKind) - FOR_WHO_RUNS_A_WEEK  # made anew each time, and never for others
    for kind, found in sections.SECTIONS.items():
        assert sorted(sections.usual(kind)) == sorted(section.code for section in found), kind
        assert any(section.needed for section in found), kind
        assert rules.why_not(Profile.usual(kind, "As always")) == {}, kind


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"name": ""}, "name", "Give the profile a name"),
        ({"order": ("summary-on-a-page",)}, "order", "“Judgement areas” cannot be left out"),
        ({"order": ("judgement-areas", "no-such")}, "order", "does not have"),
        ({"order": (sections.METHOD.code, "judgement-areas")}, "order", "stands last"),
        ({"watermark": "<b>"}, "watermark", "up to 24 letters"),
        ({"watermark": "A" * 25}, "watermark", "up to 24 letters"),
        ({"ink": "navy"}, "ink", "such as #14324a"),
        ({"accent": "#ffcc00"}, "accent", "stands out 1.3 to 1 from a tinted ground and needs 4.5 to 1"),
    ],
)
def test_what_a_profile_may_not_say_is_refused_with_a_sentence(
    changed: dict[str, object], field: str, sentence: str
) -> None:
    found = rules.why_not(replace(USUAL, **changed))  # type: ignore[arg-type]

    assert list(found) == [field]
    assert sentence in found[field]


def test_what_cannot_be_chosen_for_a_kind_is_refused() -> None:
    quarterly = Profile.usual(PackKind.QA_QUARTERLY, "Board")

    assert "left_out" in rules.why_not(replace(quarterly, left_out=(LeftOut.NUMBERS,)))
    assert "Ofsted" in rules.why_no_alternative("Logo of OFSTED")


def test_our_own_colours_can_be_read() -> None:
    assert all(contrast(one, GROUND) >= READABLE for one in (USUAL.ink, USUAL.accent))


def test_sections_stand_in_the_order_chosen_and_what_explains_the_rest_goes() -> None:
    order = ("improvement-plan", "judgement-areas", sections.METHOD.code)

    says = pack.Row(head="References", points=("Evidence E-231. One in brackets leads to the evidence register.",))

    made = dressed(replace(USUAL, order=order), replace(sample.self_evaluation(), how_to_read=(says,)))

    assert [one.chapter for one in made.chapters] == ["plan", "area", "area", "area", "method"]
    assert made.how_to_read[0].points == ("Evidence E-231.",)
    without_plan = dressed(replace(USUAL, order=("judgement-areas", sections.METHOD.code)))
    assert without_plan.status_meanings == ()


def test_a_register_lists_only_what_the_sections_that_are_left_cite() -> None:
    whole = next(one for one in sample.self_evaluation().chapters if isinstance(one, pack.Register))

    made = dressed(replace(USUAL, order=("judgement-areas", "evidence-register", sections.METHOD.code)))

    left = next(one for one in made.chapters if isinstance(one, pack.Register))
    assert 0 < len(left.entries) < len(whole.entries)


def test_internal_remarks_are_left_out_everywhere() -> None:
    made = dressed(replace(USUAL, left_out=(LeftOut.REMARKS,)))

    assert not any(isinstance(one, pack.NotYetSure) for one in made.chapters)
    areas = [one for one in made.chapters if isinstance(one, pack.Area)]
    said = [one for area in areas for question in (area.know, area.how, area.plans) for one in question.statements]
    assert said
    assert not any(one.notes or one.claim for one in said)
    assert not any(one.not_sure_of for one in made.chapters if isinstance(one, pack.Summary))
    assert made.look
    assert made.look.note == "Left out: internal remarks."


def test_charts_of_few_audits_are_left_out_and_few_of_a_whole_become_a_word() -> None:
    made = dressed(replace(USUAL, left_out=(LeftOut.NUMBERS,)))

    assert FEW in html.page(made)
    assert "No audits of this area have been recorded" not in html.page(made).split(FEW)[1][:200]
    assert all(
        count == 0 or count >= 5
        for chapter in made.chapters
        for grades in (getattr(chapter, "audits", None), getattr(chapter, "grades", None))
        if grades
        for period in grades.periods
        for count in period.counts
    )


def test_a_marking_is_raised_and_never_lowered() -> None:
    sensitive = replace(sample.self_evaluation(), marking="OFFICIAL-SENSITIVE")

    assert dressed(USUAL, sensitive).marking == "OFFICIAL-SENSITIVE"
    assert dressed(replace(USUAL, marking=Marking.OFFICIAL_SENSITIVE)).marking == "OFFICIAL-SENSITIVE"


def test_a_draft_says_so_whatever_a_profile_chose() -> None:
    draft = sample.self_evaluation()
    assert draft.is_draft

    words = {word: replace(draft, look=replace(LOOK, watermark=word)).watermark for word in ("", "DRAFT", "SECRET")}

    assert words == {"": "DRAFT", "DRAFT": "DRAFT", "SECRET": "DRAFT SECRET"}


def test_a_look_is_in_the_hash_and_in_every_file() -> None:
    plain = sample.self_evaluation()
    crest = Crest(png=PNG, alt="Shield of the invented council", width=1, height=1)
    made = replace(plain, look=replace(LOOK, crest=crest))

    assert "look" not in plain.to_json()
    assert PackContents.from_json(made.to_json()) == made
    assert len({plain.digest(), made.digest(), replace(made, look=LOOK).digest()}) == 3
    page = html.page(made)
    assert 'alt="Shield of the invented council"' in page
    assert "DRAFT NOT FOR SHARING" in page
    assert "h1, h2, h3, h4 { color: #5c1246 }" in page
    assert word.word(made) != word.word(plain)
    assert excel.xlsx(made) != excel.xlsx(plain)


def test_colours_are_said_again_for_everything_but_what_has_a_meaning() -> None:
    said = overriding(Path(STYLES / "pack.css"), LOOK)

    assert "#14324a" not in said
    assert ".tag.part { border-color: #0b5563; color: #0b5563 }" in said
    assert "ol.toc a { color: #1b2530 }" in said
    assert overriding(Path(STYLES / "pack.css"), Look(profile="Plain")) == ""


def test_a_profile_comes_back_as_it_was_kept() -> None:
    profile = replace(USUAL, marking=Marking.OFFICIAL_SENSITIVE, left_out=(LeftOut.NAMES,), watermark="DRAFT")

    assert Profile.from_json(profile.to_json()) == profile


PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
