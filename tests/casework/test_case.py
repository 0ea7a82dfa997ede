"""A case keeps everything that was said; every change makes a new one."""

import string

from hypothesis import given
from hypothesis import strategies as st

from victim_id.casework.case import Case, Consent, Sent, answered, consented, new_code, unanswered, viewed, was_sent
from victim_id.instrument.answers import Answer
from victim_id.record import decode, encode

NOW, LATER = "2026-11-21T10:00:00Z", "2026-11-21T11:00:00Z"


def fresh() -> Case:
    return Case(
        id="6f1b0c1e-9f1f-4d0a-8d55-2f6d4b8a1c11", code="7F2-KQD", made=NOW, changed=NOW, by="w1",
        edition="2026.1", fingerprint="0" * 64, profile="LU", setting="workplace",
    )  # fmt: skip


def test_an_answer_takes_the_place_of_the_same_source_only() -> None:
    case = answered(fresh(), Answer(question="a.b", value="no"), at=NOW)
    case = answered(case, Answer(question="a.b", value="yes", source="document"), at=NOW)
    assert [given.source for given in case.answers["a.b"]] == ["said", "document"]


def test_a_corrected_answer_is_kept_with_its_reason() -> None:
    case = answered(fresh(), Answer(question="a.b", value="no"), at=NOW)
    case = answered(case, Answer(question="a.b", value="yes", by="w2"), at=LATER, reason="heard wrongly")
    (kept,) = case.corrections
    assert (kept.before.value, kept.reason, kept.at, kept.by) == ("no", "heard wrongly", LATER, "w2")
    assert case.answers["a.b"][0].value == "yes"


def test_saving_the_same_answer_again_is_no_correction() -> None:
    given_answer = Answer(question="a.b", value="no", words="never")
    case = answered(answered(fresh(), given_answer, at=NOW), given_answer, at=LATER)
    assert case.corrections == ()


def test_an_answer_taken_back_is_not_forgotten() -> None:
    case = unanswered(answered(fresh(), Answer(question="a.b", value="no"), at=NOW), "a.b", at=LATER, by="w1")
    assert case.answers == {}
    assert case.corrections[0].before.value == "no"


def test_the_case_before_a_change_is_left_as_it_was() -> None:
    case = fresh()
    answered(case, Answer(question="a.b", value="no"), at=LATER)
    assert case.answers == {}
    assert case.changed == NOW


def test_a_view_written_after_the_result_is_marked_so() -> None:
    import msgspec

    blind = viewed(fresh(), "unsure", "he looked at the foreman", at=NOW, by="w1")
    seen = viewed(msgspec.structs.replace(blind, result_seen=True), "presumed_victim", "now alone", at=LATER, by="w1")
    assert [view.result_seen for view in seen.views] == [False, True]
    assert seen.view
    assert seen.view.view == "presumed_victim"


def test_consent_is_kept_for_each_recipient() -> None:
    case = consented(fresh(), Consent(recipient="lu.infotraite", answer="yes"), at=NOW)
    case = consented(case, Consent(recipient="lu.police", answer="no"), at=NOW)
    case = consented(case, Consent(recipient="lu.infotraite", answer="no"), at=LATER)
    assert case.consent("lu.infotraite").answer == "no"
    assert case.consent("lu.police").answer == "no"
    assert case.consent("be.payoke").answer == "not_asked"


def test_a_case_that_was_sent_is_referred() -> None:
    sent = Sent(recipient="lu.infotraite", language="fr", way="sealed", at=LATER, by="w1", package="p")
    assert was_sent(fresh(), sent).state == "referred"


def test_a_case_is_read_back_as_it_was_written() -> None:
    case = answered(fresh(), Answer(question="a.b", value="given", number=14, words="vierzehn Stunden 😐"), at=NOW)
    assert decode(Case, encode(case), "case") == case


def test_the_repr_of_a_case_tells_nothing() -> None:
    case = answered(fresh(), Answer(question="a.b", value="yes", words="CANARY"), at=NOW)
    assert "CANARY" not in repr(case)
    assert "7F2" not in repr(case)
    assert "CANARY" not in f"{case.answers}"


@given(st.binary(min_size=4, max_size=4))
def test_a_code_has_its_form_and_no_letters_that_are_mistaken(random: bytes) -> None:
    code = new_code(random)
    letters = set(string.ascii_uppercase + string.digits) - set("ILOU")
    assert len(code) == 7
    assert code[3] == "-"
    assert set(code.replace("-", "")) <= letters
