"""Drafts, editions, keys, cards, packages, settings and workers are kept and given back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.given import Clock, document
from victim_id import errors, sealing
from victim_id.vault import Vault


def test_a_half_typed_answer_waits_with_its_page_and_leaves_no_line(vault, unlock):
    before = vault.history.head()
    vault.drafts.put("c1", "work.hours", "from six in the")
    vault.drafts.put("c1", "work.hours", "from six in the mor")
    vault.drafts.put("c1", "work.pay", "not")
    vault.drafts.put("c2", "work.pay", "other case")
    vault.drafts.put_position("c1", "interview:work.hours")
    assert vault.history.head() == before
    vault.close()

    again = unlock()

    assert again.drafts.of("c1") == {"work.hours": "from six in the mor", "work.pay": "not"}
    assert again.drafts.position("c1") == "interview:work.hours"
    again.drafts.drop("c1", "work.hours")
    again.drafts.put("c1", "work.pay", "")
    assert again.drafts.of("c1") == {}
    assert again.drafts.position("c2") is None


def test_an_edition_is_kept_once_and_whole(vault, clock):
    vault.editions.put("labour", "2026.1", "a" * 64, b"archive")
    clock.move(days=1)
    vault.editions.put("labour", "2026.1", "a" * 64, b"something else")
    vault.editions.put("labour", "2026.2", "b" * 64, bytes(3_000_000))

    assert vault.editions.archive("a" * 64) == b"archive"
    assert len(vault.editions.archive("b" * 64)) == 3_000_000
    assert [(edition.number, edition.kept) for edition in vault.editions.all()] == [
        ("2026.1", "2026-11-21T09:30:00Z"),
        ("2026.2", "2026-11-22T09:30:00Z"),
    ]
    with pytest.raises(errors.WrongInput):
        vault.editions.archive("c" * 64)


def test_every_vault_has_keys_of_its_own_and_keeps_the_old_ones(vault):
    [first] = vault.cards.keys()
    second = vault.cards.make_keys()

    assert vault.cards.keys() == [second, first]
    assert sealing.open_sealed(sealing.seal(b"for us", [first.identity.recipient]), first.identity) == b"for us"
    assert (
        sealing.verify(b"x", sealing.sign(b"x", second.signing, "t"), sealing.verifying_key(second.signing), "x") == "t"
    )


def test_cards_are_kept_by_kind(vault):
    vault.cards.put("age1a", "recipient", b"{}")
    vault.cards.put("age1b", "sender", b"{1}")
    vault.cards.put("age1a", "recipient", b"{2}")

    assert vault.cards.all("recipient") == {"age1a": b"{2}"}
    assert vault.cards.all("sender") == {"age1b": b"{1}"}
    vault.cards.drop("age1a")
    assert vault.cards.all("recipient") == {}


def test_the_same_package_is_not_taken_in_twice(vault, clock):
    vault.packages.put("p1", "in", "age1sender")
    clock.move(minutes=1)
    vault.packages.put("p1", "out", "age1recipient", case="c1")

    with pytest.raises(errors.SeenBefore):
        vault.packages.put("p1", "in", "age1sender")
    assert vault.packages.seen("p1")
    assert not vault.packages.seen("p2")
    assert [(passed.direction, passed.case) for passed in vault.packages.all()] == [("out", "c1"), ("in", None)]
    assert [passed.direction for passed in vault.packages.all(case="c1")] == ["out"]


def test_what_a_package_held_is_kept_once_whole_and_apart_from_everything_else(vault, clock, unlock):
    vault.received.put("p1", b"a" * 300_000)
    vault.received.put("p2", b"b")
    clock.move(minutes=1)
    vault.received.put("p3", bytes(range(256)))
    vault.close()
    again = unlock()

    with pytest.raises(errors.SeenBefore):
        again.received.put("p1", b"another")
    assert [(arrival.package, arrival.time) for arrival in again.received.all()] == [
        ("p3", "2026-11-21T09:31:00Z"),
        ("p2", "2026-11-21T09:30:00Z"),
        ("p1", "2026-11-21T09:30:00Z"),
    ]
    assert [arrival.package for arrival in again.received.all(offset=1, limit=1)] == ["p2"]
    assert again.received.get("p1").content == b"a" * 300_000
    again.erasure.erase([], "asked_for", ["p1"])
    with pytest.raises(errors.WrongInput):
        again.received.get("p1")
    assert again.received.get("p3").content == bytes(range(256))


def test_a_package_is_noted_and_kept_together_or_not_at_all(vault):
    vault.received.put("p1", b"here already")

    def take() -> None:
        with vault.together():
            vault.packages.put("p1", "in", "age1sender")
            vault.received.put("p1", b"again")

    with pytest.raises(errors.SeenBefore):
        take()

    assert not vault.packages.seen("p1")
    assert vault.received.get("p1").content == b"here already"


@pytest.mark.full
@given(
    st.dictionaries(
        st.text(max_size=10),
        st.none() | st.booleans() | st.text(max_size=10) | st.lists(st.integers(-9, 9)),
        max_size=4,
    )
)
@settings(max_examples=40, deadline=None)
def test_settings_come_back_as_they_were_put(values):
    with Vault.practice("Ana", now=Clock()) as vault:
        for key, value in values.items():
            vault.settings.put(key, value)

        assert vault.settings.all() == values
        assert vault.settings.get("never put", 7) == 7


def test_workers_have_names_only_inside(vault):
    vault.workers.rename(vault.worker.id, "Ana Maria")

    assert [worker.name for worker in vault.workers.all()] == ["Ana Maria"]
    with pytest.raises(errors.WrongInput):
        vault.workers.get("nobody")


def test_a_name_that_sounds_like_sql_is_a_name(vault):
    vault.settings.put("'; DROP TABLE cases; --", "x")
    vault.cases.put("'; DROP TABLE cases; --", document(), deed="'; DROP TABLE cases; --")

    assert vault.cases.count() == 1
    assert vault.history.verify().seq == 2
