"""The history is append-only, survives erasure, and says where it was tampered with."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.given import Clock, document
from victim_id import errors
from victim_id.vault import Head, Vault


@pytest.fixture
def told(vault, clock):
    """A vault with a short history."""
    for number in range(3):
        clock.move(minutes=1)
        vault.cases.put(f"c{number}", document(), deed="answered", body={"question": "work.hours", "said": number})
    vault.cases.read("c1")
    return vault


def kinds(vault, **options):
    return [line.kind for line in vault.history.lines(**options)][::-1]


def tamper(vault, sql, *values):
    """Changes the database as somebody does who has the key and no respect for triggers."""
    names = [row[0] for row in vault._store.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    with vault._store.transaction():
        for name in names:
            vault._store.run(f"DROP TRIGGER {name}")
        vault._store.run(sql, *values)


def test_every_deed_and_every_read_has_its_line(told):
    assert kinds(told) == ["vault_made", "answered", "answered", "answered", "read"]
    assert kinds(told, case="c1") == ["answered", "read"]
    line = told.history.lines(case="c1")[1]
    assert (line.worker, line.case, line.time) == (told.worker.id, "c1", "2026-11-21T09:32:00Z")
    assert line.body == {"question": "work.hours", "said": 1}
    assert not line.clock_doubt


def test_an_unlock_is_in_the_history(told, unlock):
    told.close()
    assert kinds(unlock())[-1] == "unlocked"


def test_a_case_and_its_line_are_saved_together_or_not_at_all(told):
    before = told.history.head()
    with pytest.raises(errors.WrongInput), told._store.transaction():
        told.cases.read(put_then_nobody(told))

    assert told.history.head() == before
    assert told.cases.count() == 3


def put_then_nobody(vault):
    vault.cases.put("c9", document(), deed="answered")
    return "nobody"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE history SET kind = 'x' WHERE seq = 2",
        "DELETE FROM history WHERE seq = 5",
        "UPDATE history_bodies SET body = x'7b7d' WHERE seq = 2",
        "DELETE FROM history_bodies WHERE seq = 2",
        "INSERT OR REPLACE INTO history SELECT 2, time, 0, worker, case_id, kind, commitment, link FROM history WHERE seq = 3",
        "INSERT INTO history SELECT 99, time, 0, worker, case_id, kind, commitment, link FROM history WHERE seq = 3",
    ],
)
def test_the_database_itself_refuses_to_change_the_history(told, sql):
    with pytest.raises(Exception, match="append-only"), told._store.transaction():
        told._store.run(sql)
    assert told.history.verify() == told.history.head()


@pytest.mark.parametrize(
    ("sql", "where"),
    [
        ("UPDATE history SET kind = 'x' WHERE seq = 2", 2),
        ("UPDATE history SET worker = 'somebody' WHERE seq = 3", 3),
        ("UPDATE history SET time = '2020-01-01T00:00:00Z' WHERE seq = 4", 4),
        ("UPDATE history SET case_id = NULL WHERE seq = 4", 4),
        ("UPDATE history SET clock_doubt = 1 WHERE seq = 1", 1),
        ("UPDATE history SET commitment = zeroblob(32) WHERE seq = 2", 2),
        ("UPDATE history_bodies SET body = x'7b7d' WHERE seq = 2", 2),
        ("DELETE FROM history_bodies WHERE seq = 3", 3),
        ("UPDATE history SET seq = seq + 100 WHERE seq = 5", 5),
        ("DELETE FROM history WHERE seq = 3", 3),
    ],
)
def test_tampering_is_found_with_its_line(told, sql, where):
    told._store.rows("PRAGMA foreign_keys = OFF")
    tamper(told, sql)

    with pytest.raises(errors.Damaged, match=f"line {where} "):
        told.history.verify()


def test_a_shortened_history_is_found_by_a_head_that_was_kept_elsewhere(told):
    kept = told.history.head()
    told._store.rows("PRAGMA foreign_keys = OFF")
    tamper(told, "DELETE FROM history WHERE seq = 5")

    assert told.history.verify().seq == 4
    with pytest.raises(errors.Damaged, match="line 5 "):
        told.history.verify(kept)


def test_a_rewritten_history_is_found_by_a_head_that_was_kept_elsewhere(told, clock):
    with Vault.practice("Eva", now=clock) as other:
        for number in range(5):
            other.history.append(other.worker.id, "x", f"c{number}")
        assert other.history.verify() == other.history.head()
        with pytest.raises(errors.Damaged, match="line 2 "):
            other.history.verify(Head(2, told.history.head().link))
    assert told.history.verify(told.history.head(), Head(0, told.history._root.hex())) == told.history.head()


def test_a_clock_that_went_back_is_noticed_and_the_order_stays(told, clock):
    clock.move(minutes=-4)
    told.cases.read("c0")
    clock.move(days=-30)
    told.cases.read("c1")
    clock.move(minutes=1)
    told.cases.read("c2")

    lines = told.history.lines(limit=3)[::-1]

    assert [line.clock_doubt for line in lines] == [False, True, True]
    assert [line.seq for line in lines] == [6, 7, 8]
    assert told.history.verify().seq == 8


def test_the_newest_lines_come_first_in_windows(told):
    assert [line.seq for line in told.history.lines(limit=2)] == [5, 4]
    assert [line.seq for line in told.history.lines(limit=2, offset=4)] == [1]


BODY = st.dictionaries(st.text(max_size=8), st.none() | st.text(max_size=12) | st.integers(-(2**53), 2**53), max_size=3)


@given(
    st.lists(st.tuples(st.sampled_from(["read", "answered"]), st.sampled_from([None, "c1", "c2"]), BODY), max_size=8)
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_written_is_read_back_and_verifies(deeds):
    with Vault.practice("Ana", now=Clock()) as vault:
        heads = [vault.history.head()]
        for kind, case, body in deeds:
            vault.history.append(vault.worker.id, kind, case, body)
            heads.append(vault.history.head())

        lines = vault.history.lines()[::-1][1:]

        assert [(line.kind, line.case, line.body) for line in lines] == deeds
        assert vault.history.verify(*heads) == heads[-1]
