"""A case limited to named workers is closed to the others by keys, not by politeness."""

import pytest

from tests.vault.given import PASSPHRASE, document
from victim_id import errors, sealing
from victim_id.vault import Filter, Vault, keyfile, sheets
from victim_id.vault.ordering import ORDERS
from victim_id.vault.store import dbapi2

EVAS = "another seven words for the second worker"
NEW = "a new passphrase that nobody has used"
WORDS = "Zwanenburgwal behind the kitchen"


@pytest.fixture
def eva(vault):
    return vault.keyring.add("Eva", EVAS)


@pytest.fixture
def limited(vault, eva):
    """A vault of Ana and Eva with an ordinary case and one that is limited to Ana."""
    vault.cases.put("open", document(code="AAA-AAA", place="Bar", level="few"), deed="begun", words=["ordinary"])
    vault.cases.put(
        "c1",
        document(code="7K3-9QD", place="Restaurant", level="strong", danger_now=True, due="2026-12-01T00:00:00Z"),
        deed="begun",
        words=[WORDS],
        body={"place": "Restaurant"},
    )
    vault.drafts.put("c1", "work.hours", "from six in the mor")
    vault.drafts.put_position("c1", "work")
    vault.packages.put("p1", "out", "lu.infotraite", "c1")
    vault.cases.limit("c1", [vault.worker.id])
    return vault


def everything(vault: Vault) -> str:
    """Everything that stands in the shared tables, as somebody reads it who opens the database by hand."""
    tables = [
        row[0] for row in vault._store.rows("SELECT name FROM main.sqlite_master WHERE type = 'table' AND rootpage > 0")
    ]
    return "\n".join(repr(row) for table in tables for row in vault._store.rows(f"SELECT * FROM main.{table}"))


def test_who_is_named_reads_lists_and_finds_it_as_before(limited, unlock):
    for look in ("at once", "after unlocking"):
        vault = limited
        if look == "after unlocking":
            limited.close()
            vault = unlock()
        assert b"strong" in vault.cases.read("c1")
        assert [row.id for row in vault.cases.window()] == ["c1", "open"]
        assert [(row.id, row.level, row.limited) for row in vault.cases.window(sort="level")] == [
            ("c1", "strong", True),
            ("open", "few", False),
        ]
        assert [row.id for row in vault.cases.window(only=Filter(level="strong"))] == ["c1"]
        assert vault.cases.count(Filter(level="strong")) == 1
        assert vault.cases.count() == 2
        assert [row.place for row in vault.cases.search("zwanen")] == ["Restaurant"]
        assert [row.id for row in vault.cases.search("7K39")] == ["c1"]
        assert vault.drafts.of("c1") == {"work.hours": "from six in the mor"}
        assert vault.drafts.position("c1") == "work"
        assert {"place": "Restaurant"} in [line.body for line in vault.history.lines(case="c1")]
        vault.history.verify()


def test_nobody_else_reads_it_with_an_own_passphrase(limited, unlock):
    ana = limited.worker.id
    limited.close()
    vault = unlock(EVAS)

    for deed in (
        lambda: vault.cases.read("c1"),
        lambda: vault.cases.put("c1", document(), deed="answered"),
        lambda: vault.cases.limit("c1", [vault.worker.id]),
        lambda: vault.cases.unlimit("c1"),
        lambda: vault.cases.words("c1"),
        lambda: vault.drafts.of("c1"),
        lambda: vault.drafts.put("c1", "q", "x"),
        lambda: vault.drafts.position("c1"),
    ):
        with pytest.raises(errors.NotForYou):
            deed()
    row = next(row for row in vault.cases.window() if row.id == "c1")
    assert (row.code, row.state, row.due, row.limited) == ("7K3-9QD", "open", "2026-12-01T00:00:00Z", True)
    assert (row.place, row.level, row.danger_now, row.changed) == (None, None, False, "")
    assert vault.cases.search("zwanen") == []
    assert vault.cases.search("restau") == []
    assert vault.cases.window(only=Filter(level="strong")) == []
    for only in (
        Filter(level=""),
        Filter(setting=""),
        Filter(kind=""),
        Filter(child=False),
        Filter(changed_before="2027"),
    ):
        assert "c1" not in {row.id for sort in ORDERS for row in vault.cases.window(only=only, sort=sort)}
        assert vault.cases.count(only) == len(vault.cases.window(only=only))
    assert [row.id for row in vault.cases.window(only=Filter(due_by="2026-12-31T00:00:00Z"))] == ["c1"]
    lines = vault.history.lines(case="c1")
    assert [line.kind for line in lines] == ["refused", "limited", "begun"]
    assert [line.body for line in lines] == [{}, None, None]
    assert vault.cases.named("c1") == [ana]
    vault.history.verify()
    told = everything(vault)
    for secret in (
        WORDS,
        "zwanenburgwal",
        "Restaurant",
        "restaurant",
        "six in the mor",
        "work.hours",
        "strong",
        "infotraite'",
    ):
        assert secret not in told or secret == "infotraite'", secret
    assert "AAA-AAA" in told


def test_what_is_said_later_is_sealed_as_well(limited, unlock):
    limited.cases.put(
        "c1",
        document(code="7K3-9QD", notes="Qamishlokey"),
        deed="answered",
        words=["Qamishlokey"],
        body={"said": "Qamishlokey"},
    )
    limited.drafts.put("c1", "q.two", "Kanarie")
    limited.drafts.drop("c1", "work.hours")
    limited.packages.put("p2", "out", "lu.police", "c1")
    assert [row.id for row in limited.cases.search("qamish")] == ["c1"]
    limited.close()

    vault = unlock(EVAS)

    told = everything(vault).casefold()
    assert not [word for word in ("qamishlokey", "kanarie", "q.two", "six in the") if word in told]
    assert vault.packages.all(case="c1") == []
    vault.close()
    assert unlock().drafts.of("c1") == {"q.two": "Kanarie"}


def test_a_case_may_be_limited_to_others_and_is_then_closed_to_oneself(vault, eva, unlock):
    vault.cases.put("c1", document(), deed="begun", words=[WORDS])
    vault.cases.limit("c1", [eva.id])

    with pytest.raises(errors.NotForYou):
        vault.cases.read("c1")
    assert vault.cases.search("zwanen") == []
    vault.close()
    hers = unlock(EVAS)
    assert hers.cases.read("c1") == document()
    hers.cases.limit("c1", [hers.worker.id, vault.worker.id])
    hers.close()
    assert unlock().cases.read("c1") == document()


def test_opened_to_all_again_it_is_an_ordinary_case(limited, unlock):
    limited.cases.unlimit("c1")
    limited.close()

    vault = unlock(EVAS)

    assert b"strong" in vault.cases.read("c1")
    assert [row.id for row in vault.cases.search("zwanen")] == ["c1"]
    assert vault.drafts.of("c1") == {"work.hours": "from six in the mor"}
    assert {"place": "Restaurant"} in [line.body for line in vault.history.lines(case="c1")]
    assert [row.limited for row in vault.cases.window()] == [False, False]
    with pytest.raises(errors.WrongInput):
        vault.cases.unlimit("c1")
    vault.history.verify()
    vault._store.check()


def test_a_case_is_limited_only_to_workers_who_can_come_in(limited, clock):
    for workers in ([], ["nobody"], [limited.worker.id, "nobody"]):
        with pytest.raises(errors.WrongInput):
            limited.cases.limit("open", workers)
    assert limited.cases.words("open")
    assert not next(row for row in limited.cases.window() if row.id == "open").limited
    limited.history.verify()
    with Vault.practice("Ana", now=clock) as practice:
        practice.cases.put("c1", document(kind="practice"), deed="begun")
        with pytest.raises(errors.WrongInput):
            practice.cases.limit("c1", [practice.worker.id])


def test_sheets_and_the_organisation_open_limited_cases_also_when_they_came_later(limited, folder, clock, unlock):
    pair = sealing.make_pair()
    made = limited.keyring.make_sheets()
    limited.keyring.set_organisation(pair.public)
    limited.close()

    for private, word in ((sheets.join(made[:2], keyfile.read(folder)[0]), NEW), (pair.private, NEW + " 2")):
        with Vault.recover(folder, private, "Ana", word, now=clock) as again:
            assert b"strong" in again.cases.read("c1")
    with unlock(EVAS) as hers, pytest.raises(errors.NotForYou):
        hers.cases.read("c1")


def test_sheets_made_by_another_worker_reach_the_case_at_the_next_unlock(limited, folder, clock, unlock):
    limited.close()
    with unlock(EVAS) as hers:
        made = hers.keyring.make_sheets()
    unlock().close()

    private = sheets.join(made[1:], keyfile.read(folder)[0])
    with Vault.recover(folder, private, "Ana", NEW, now=clock) as again:
        assert b"strong" in again.cases.read("c1")


def test_whoever_comes_back_under_another_name_reads_no_limited_case(limited, folder, clock):
    made = limited.keyring.make_sheets()
    limited.close()

    private = sheets.join(made[:2], keyfile.read(folder)[0])
    with (
        Vault.recover(folder, private, "Mallory", NEW, now=clock, new=True) as other,
        pytest.raises(errors.NotForYou),
    ):
        other.cases.read("c1")


def test_the_only_reader_of_a_limited_case_is_not_removed(limited, unlock):
    ana = limited.worker.id
    limited.close()
    with unlock(EVAS) as hers, pytest.raises(errors.WrongInput, match="1 limited case"):
        hers.keyring.remove(ana)


def test_a_changed_passphrase_and_a_renewed_key_keep_limited_cases_readable(limited, unlock):
    limited.keyring.change(PASSPHRASE, NEW)
    limited.keyring.rotate()
    assert [row.id for row in limited.cases.search("zwanen")] == ["c1"]
    assert [row.level for row in limited.cases.window()] == ["strong", "few"]
    assert b"strong" in limited.cases.read("c1")
    assert [(row.id, row.level) for row in limited.cases.window()] == [("c1", "strong"), ("open", "few")]
    limited.close()

    assert b"strong" in unlock(NEW).cases.read("c1")


def test_a_seal_that_was_exchanged_is_damage(limited):
    limited.cases.put("c2", document(), deed="begun")
    limited.cases.limit("c2", [limited.worker.id])
    with limited._store.transaction():
        limited._store.run(
            """UPDATE documents SET document = (SELECT document FROM documents JOIN cases USING (n) WHERE id = 'c2')
            WHERE n = (SELECT n FROM cases WHERE id = 'c1')"""
        )

    with pytest.raises(errors.Damaged):
        limited.cases.read("c1")


def test_lists_with_limited_cases_are_merged_and_not_sorted_anew(limited):
    orders = {
        "urgency": "danger_now DESC, child DESC, urgent_other DESC, level_rank DESC, changed DESC, n",
        "code": "code DESC, n DESC",
        "place": "place COLLATE NOCASE, n",
    }
    for sort, order in orders.items():
        listing, _ = limited.cases._listing(sort, Filter())
        plan = [row[3] for row in limited._store.rows(f"EXPLAIN QUERY PLAN {listing} ORDER BY {order} LIMIT 5")]
        assert any("MERGE" in step for step in plan), plan
        shared = plan[: next(place for place, step in enumerate(plan) if "temp.unsealed" in step or "RIGHT" in step)]
        assert not [step for step in shared if "TEMP B-TREE" in step], plan
    for sort in ORDERS:
        for backwards in (False, True):
            rows = limited.cases.window(sort=sort, backwards=backwards)
            assert sorted(row.id for row in rows) == ["c1", "open"]


# ---- new sheets, and who can read has not unlocked since


@pytest.fixture
def hidden(vault, eva, unlock):
    """A vault in whose hidden case only Eva reads; Ana is signed in. Gives the sheets that were there before."""
    made = vault.keyring.make_sheets()
    vault.close()
    with unlock(EVAS) as hers:
        hers.cases.put("c1", document(), deed="begun", words=[WORDS])
        hers.cases.limit("c1", [eva.id])
    return made


def came_back(folder, clock, made, name="Eva", passphrase=NEW):
    private = sheets.join(made[:2], keyfile.read(folder)[0])
    return Vault.recover(folder, private, name, passphrase, now=clock)


def test_new_sheets_and_then_the_reader_unlocks_and_loses_her_passphrase(hidden, folder, clock, unlock):
    with unlock() as anas:
        new = anas.keyring.make_sheets()
        assert anas.keyring.uncovered() == 1
    with unlock(EVAS) as hers:
        assert hers.keyring.uncovered() == 0
        assert hers.keyring.earlier_sheets().slots == ()
    with came_back(folder, clock, new) as again:
        assert again.cases.read("c1") == document()


def test_new_sheets_and_the_reader_never_unlocks_again_then_the_earlier_sheets_cover_her_case(
    hidden, folder, clock, unlock
):
    with unlock() as anas:
        new = anas.keyring.make_sheets()
        file = keyfile.read(folder)[0]
        assert sheets.look(hidden[0], file) == "other_vault"
        eva = next(worker for worker in anas.workers.all() if worker.name == "Eva")
    with came_back(folder, clock, new) as again:
        assert again.worker == eva
        with pytest.raises(errors.NotForYou):
            again.cases.read("c1")
        assert again.cases.named("c1") == [eva.id]
        assert again.keyring.uncovered() == 1
        assert again.keyring.cover(sheets.join(hidden[1:], again.keyring.earlier_sheets())) == 0
        assert again.cases.named("c1") == [eva.id]
    with unlock(NEW) as again:
        assert again.cases.read("c1") == document()
        assert again._store.rows("SELECT * FROM former_slots") == []
        again.history.verify()
    with came_back(folder, clock, new, passphrase="once more another passphrase") as again:
        assert again.cases.read("c1") == document()
    with unlock() as anas, pytest.raises(errors.NotForYou):
        anas.cases.read("c1")


def test_a_colleague_covers_the_case_with_the_earlier_sheets_and_still_does_not_read_it(hidden, folder, clock, unlock):
    with unlock() as anas:
        new = anas.keyring.make_sheets()
        anas.keyring.cover(sheets.join(hidden[:2], anas.keyring.earlier_sheets()))
        with pytest.raises(errors.NotForYou):
            anas.cases.read("c1")
        with pytest.raises(errors.NotForYou):
            anas.keyring.cover(sealing.make_pair().private)
    with came_back(folder, clock, new) as again:
        assert again.cases.read("c1") == document()


def test_sheets_made_three_times_need_only_the_set_to_which_the_case_was_sealed(hidden, folder, clock, unlock):
    with unlock() as anas:
        second = anas.keyring.make_sheets()
        third = anas.keyring.make_sheets()
        earlier = anas.keyring.earlier_sheets()
        assert [sheets.look(made[0], earlier) for made in (hidden, second, third)] == [
            "whole",
            "other_vault",
            "other_vault",
        ]
        anas.keyring.rotate()
    with came_back(folder, clock, third) as again:
        again.keyring.cover(sheets.join(hidden[:2], again.keyring.earlier_sheets()))
    assert unlock(NEW).cases.read("c1") == document()


def test_the_reader_unlocks_after_a_colleague_who_may_read_as_well_came_back(hidden, folder, clock, unlock):
    with unlock(EVAS) as hers:
        ana = next(worker for worker in hers.workers.all() if worker.name == "Ana")
        hers.cases.limit("c1", [hers.worker.id, ana.id])
        second = hers.keyring.make_sheets()
    with came_back(folder, clock, second, "Ana") as anas:
        assert anas.cases.read("c1") == document()
        assert sorted(anas.cases.named("c1")) == sorted([ana.id, hers.worker.id])


def test_who_was_named_reads_again_once_another_reader_unlocks(hidden, folder, clock, unlock):
    with unlock(EVAS) as hers:
        mia = hers.keyring.add("Mia", "the passphrase of a third worker")
        hers.cases.limit("c1", [hers.worker.id, mia.id])
    with unlock() as anas:
        new = anas.keyring.make_sheets()
    with came_back(folder, clock, new) as again, pytest.raises(errors.NotForYou):
        again.cases.read("c1")
    unlock("the passphrase of a third worker").close()
    assert unlock(NEW).cases.read("c1") == document()


def test_the_organisation_lets_new_sheets_into_every_case(hidden, folder, clock, unlock):
    pair = sealing.make_pair()
    with unlock(EVAS) as hers:
        hers.keyring.set_organisation(pair.public)
    with unlock() as anas:
        new = anas.keyring.make_sheets()
        assert anas.keyring.uncovered() == 1
    Vault.recover(folder, pair.private, "Mia", "the passphrase of a third worker", now=clock, new=True).close()
    with came_back(folder, clock, new) as again:
        assert again.cases.read("c1") == document()


def test_an_organisation_key_that_was_taken_away_still_covers_what_nobody_else_opens(vault, eva, folder, clock, unlock):
    pair = sealing.make_pair()
    vault.keyring.set_organisation(pair.public)
    vault.close()
    with unlock(EVAS) as hers:
        hers.cases.put("c1", document(), deed="begun")
        hers.cases.limit("c1", [eva.id])
    with unlock() as anas:
        anas.keyring.forget_organisation()
        new = anas.keyring.make_sheets()
    with pytest.raises(errors.NotForYou):
        Vault.recover(folder, pair.private, "Eva", NEW, now=clock)
    with came_back(folder, clock, new) as again:
        assert again.keyring.cover(pair.private) == 0
    assert unlock(NEW).cases.read("c1") == document()


def test_a_worker_who_left_is_not_named_by_a_former_way(hidden, unlock):
    with unlock(EVAS) as hers:
        mia = hers.keyring.add("Mia", "the passphrase of a third worker")
        hers.cases.limit("c1", [hers.worker.id, mia.id])
    with unlock() as anas:
        anas.keyring.make_sheets()
        anas.keyring.remove(mia.id)
        assert anas.cases.named("c1") == [hers.worker.id]


def test_who_came_back_and_is_not_let_in_yet_is_not_removed(hidden, folder, clock, unlock):
    with unlock() as anas:
        new = anas.keyring.make_sheets()
    with came_back(folder, clock, new) as again:
        eva = again.worker.id
    with unlock() as anas, pytest.raises(errors.WrongInput, match="1 limited case"):
        anas.keyring.remove(eva)


def test_nothing_of_former_ways_is_left_when_their_cases_are_gone(hidden, unlock):
    with unlock() as anas:
        anas.keyring.make_sheets()
        assert len(anas.keyring.earlier_sheets().slots) == 1
    with unlock(EVAS) as hers:
        hers.cases.unlimit("c1")
    with unlock() as anas:
        assert anas._store.rows("SELECT * FROM former_slots") == []
        assert anas._store.rows("SELECT * FROM case_keys") == []


def test_a_worker_who_came_back_unread_and_leaves_is_counted_and_names_no_case_any_more(hidden, folder, clock, unlock):
    with unlock() as anas:
        new = anas.keyring.make_sheets()
    with came_back(folder, clock, new) as again:
        eva = again.worker.id
    with unlock() as anas:
        assert anas.keyring.alone(eva) == (1, 0)
        anas.keyring.remove(eva, stranding=True)
        assert anas.cases.named("c1") == []
        assert anas._store.rows("SELECT * FROM former_slots WHERE kind = 'worker'") == []


def test_a_limiting_anew_that_failed_leaves_the_case_under_the_key_that_it_has(limited, eva, unlock):
    assert b"strong" in limited.cases.read("c1")
    with limited.together():
        limited._store.run("""CREATE TEMP TRIGGER full_disk BEFORE INSERT ON main.history WHEN new.kind = 'limited'
            BEGIN SELECT RAISE(ROLLBACK, 'no room left'); END""")
    with pytest.raises(dbapi2.IntegrityError):
        limited.cases.limit("c1", [limited.worker.id, eva.id])

    limited.cases.put("c1", document(notes="told afterwards"), deed="answered")

    limited.close()
    assert b"told afterwards" in unlock().cases.read("c1")
