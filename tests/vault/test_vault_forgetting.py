"""Old lines of the history are forgotten: who, when, what and which case are in no page, and the chain still holds."""

import pytest

from tests.vault.given import document
from tests.vault.pages import found
from tests.vault.test_vault_history import tamper
from victim_id import errors
from victim_id.vault.drawers import Backup

CASES = {"gone": "0fae-Zwanenburgwal", "here": "77b1-Qamishlokey"}


@pytest.fixture
def aged(vault, clock):
    """A vault with an erased and a kept case, three years later."""
    for case in CASES.values():
        vault.cases.put(case, document(), deed="begun", body={"reason": f"Kanarievogel {case}"})
        vault.cases.read(case)
    vault.erasure.erase([CASES["gone"]], "retention")
    clock.move(days=3 * 365)
    return vault


def before(clock, **by):
    clock.move(**{name: -number for name, number in by.items()})
    moment = clock().strftime("%Y-%m-%dT%H:%M:%SZ")
    clock.move(**by)
    return moment


def test_of_old_lines_only_place_and_link_are_left_and_the_chain_still_holds(aged, clock, folder, unlock):
    head = aged.history.head()
    key = aged.keyring.opened.vault_key
    assert found(folder, key, [CASES["gone"]]) != {}
    two_years = before(clock, days=730)
    assert aged.erasure.old_lines(two_years) == 4  # made, and begun, read, erased of the case that is gone

    assert aged.erasure.forget(two_years) == 4

    assert aged.erasure.old_lines(two_years) == 0
    assert found(folder, key, [CASES["gone"]]) == {}
    assert found(folder, key, [CASES["here"]]) != {}
    assert aged.history.lines(case=CASES["gone"]) == []
    assert [line.kind for line in aged.history.lines(case=CASES["here"])] == ["read", "begun"]
    assert [line.kind for line in aged.history.lines()] == ["history_forgotten", "read", "begun"]
    assert (aged.history.lines()[0].body["before"], aged.history.lines()[0].body["lines"]) == (two_years, 4)
    aged.history.verify(head)
    aged.close()
    again = unlock()
    again.history.verify(head)
    again.keyring.rotate()
    again.history.verify(head)


def test_nothing_younger_than_a_year_is_forgotten_whatever_is_asked(vault, clock):
    vault.cases.put("c1", document(), deed="begun")
    vault.erasure.erase(["c1"], "asked_for")
    clock.move(days=300)
    assert vault.erasure.forget(before(clock, days=0)) == 0
    with pytest.raises(Exception, match="append-only"), vault._store.transaction():
        vault.history.forget(vault.worker.id, [1], before(clock, days=0))
    vault.history.verify()


def test_lines_of_an_erased_case_stay_while_a_backup_still_holds_it(vault, clock):
    vault.cases.put("c1", document(), deed="begun")
    vault.backups.put(Backup(id="b", made="2026-11-21T09:30:00Z", place="/media/b"), vault.history.head().seq)
    vault.erasure.erase(["c1"], "asked_for")
    clock.move(days=3 * 365)
    two_years = before(clock, days=730)
    vault.erasure.forget(two_years)
    assert [line.kind for line in vault.history.lines(case="c1")] == ["erased", "begun"]
    assert [one.id for one in vault.erasure.kept()] == ["b"]
    vault.backups.gone("b")
    assert vault.erasure.forget(two_years) == 2
    assert vault.history.lines(case="c1") == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE history SET kind = 'forgotten', worker = '', case_id = NULL, time = '', clock_doubt = 0, commitment = x'' WHERE kind = 'unlocked'",
        "UPDATE history SET link = x'00' WHERE kind = 'forgotten' AND seq = 1",
        "DELETE FROM history WHERE kind = 'forgotten'",
        "UPDATE history SET kind = 'forgotten', worker = '', case_id = NULL, time = '', clock_doubt = 0, commitment = x'' WHERE seq = 4",
    ],
)
def test_a_line_that_was_not_forgotten_on_purpose_is_noticed(aged, clock, unlock, sql):
    aged.erasure.forget(before(clock, days=730))
    aged.history.verify()
    aged.close()
    again = unlock()
    head = again.history.head()
    tamper(again, sql)
    with pytest.raises(errors.Damaged):
        again.history.verify(head)


def test_a_limited_case_that_was_erased_is_forgotten_too(vault, clock, folder):
    vault.cases.put("c1", document(), deed="begun", body={"reason": "Petuniaplein"})
    vault.cases.limit("c1", [vault.worker.id])
    vault.erasure.erase(["c1"], "asked_for")
    clock.move(days=3 * 365)
    assert vault.erasure.forget(before(clock, days=730)) > 3
    assert vault._store.value("SELECT count(*) FROM sealed_bodies") == 0
    vault.history.verify()


@pytest.mark.parametrize(
    ("begun", "erased", "kept", "others"),
    [(0, -2000, 600, 0), (3650, 0, 400, 1)],
    ids=["set back when it was erased", "ahead when it began"],
)
def test_with_a_wrong_clock_a_case_that_is_gone_is_forgotten_whole_or_not_yet(
    vault, clock, begun, erased, kept, others
):
    """All numbers but the last are days; `others` are the lines of no case, which go by themselves."""
    clock.move(days=begun)
    vault.cases.put("c1", document(), deed="begun")
    clock.move(days=erased - begun)
    vault.erasure.erase(["c1"], "asked_for")
    clock.move(days=500 - erased)

    assert vault.erasure.forget(before(clock, days=kept)) == others
    assert [line.kind for line in vault.history.lines(case="c1")] == ["erased", "begun"]
    vault.history.verify()

    clock.move(days=3650 + kept)
    assert vault.erasure.forget(before(clock, days=kept)) >= 2
    assert vault.history.lines(case="c1") == []
    vault.history.verify()


def test_the_line_of_an_erasure_is_never_forgotten_before_the_lines_whose_words_it_took(aged, clock):
    erased = aged.history.lines(case=CASES["gone"], limit=1)[0]
    with pytest.raises(Exception, match="append-only"), aged._store.transaction():
        aged.history.forget(aged.worker.id, [erased.seq], before(clock, days=730))
    assert aged.history.lines(case=CASES["gone"], limit=1) == [erased]
    aged.history.verify()
