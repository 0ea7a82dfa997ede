"""What is erased is in no page any more: every page is decrypted and looked through."""

import random
import shutil
from pathlib import Path

import pytest
import sqlcipher3.dbapi2

from tests.vault.given import LIGHT, PASSPHRASE, document
from tests.vault.pages import database_pages, found
from tests.vault.test_vault_endures import small_disk
from victim_id import errors
from victim_id.vault import Filter, Vault, keyfile, scrubbing, sheets
from victim_id.vault.drawers import Backup

SECRETS = ["Zwanenburgwal", "Qamishlokey", "Kanarievogel", "Oerstedgade", "Petuniaplein"]


def fill(vault, cases: int = 60) -> None:
    """A vault in use: cases that grow, shrink and are searched, so that rows have moved between pages."""
    draw = random.Random(2)
    for turn in range(3):
        with vault.together():
            for number in range(cases):
                text = " ".join(
                    draw.choices(["bed", "kitchen", "foreman", "wages", "papers", "night"], k=draw.randint(5, 300))
                )
                vault.cases.put(
                    f"c{number}",
                    document(code=f"{number:03}-AAA", notes=text, turn=turn),
                    deed="answered",
                    words=[text],
                )


def tell(vault, case: str) -> None:
    """Writes every secret into every place of a case that keeps words."""
    everything = " ".join(SECRETS)
    for turn in range(4):
        vault.cases.put(
            case,
            document(place=everything, notes=everything * (1 + 40 * (turn % 2)), next_step=everything),
            deed="answered",
            words=[everything, *SECRETS],
            body={"reason": everything},
        )
        vault.drafts.put(case, "work.hours", everything)
        vault.drafts.put_position(case, everything)
        fill(vault, 12)
    vault.erasure.hold(case, everything)
    vault.erasure.release(case, everything)


@pytest.mark.parametrize("limited", [False, True])
def test_erased_words_are_in_no_page_of_database_index_or_log(vault, folder, limited):
    fill(vault)
    tell(vault, "secret")
    if limited:
        vault.cases.limit("secret", [vault.worker.id])
    key = vault.keyring.opened.vault_key
    before = found(folder, key, SECRETS)
    assert (before == {}) == limited  # what is limited lies under a second seal already

    vault.erasure.erase(["secret"], "asked for")

    assert found(folder, key, SECRETS) == {}
    assert found(folder, key, ["kitchen"]) != {}  # the test can see
    [database] = folder.glob("vault-*.db")
    assert sum(1 for _ in database_pages(database, key)) > 50
    vault._store.check()
    vault.history.verify()
    assert [row.id for row in vault.cases.search("kitchen", limit=5)]
    for secret in SECRETS:
        assert vault.cases.search(secret) == []
    vault.close()
    assert found(folder, key, SECRETS) == {}


@pytest.mark.full
def test_not_even_copies_that_moving_rows_left_behind_hold_erased_words(vault, folder):
    """Rows that move between pages leave copies in the slack of pages, which deleting alone does not clear."""
    draw = random.Random(100)
    words: list[str] = []
    for _ in range(1500):
        number, word = draw.randrange(400), "".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=12))
        if number % 7 == 0:
            words.append(word[3:])  # the index keeps what words have in common once
        vault.cases.put(
            f"c{number}",
            document(
                code=f"{number:06}",
                place=word,
                next_step=word,
                notes=word * draw.randint(1, 200),
                changed=f"2026-{draw.randint(1, 12):02}-01T00:00:00Z",
                level=draw.choice(["strong", "few", None]),
                child=draw.random() < 0.3,
            ),
            deed="answered",
            words=[word],
            body={"place": word},
        )
        vault.drafts.put(f"c{number}", "q", word)

    vault.erasure.erase([case for case in vault.cases.ids() if int(case[1:]) % 7 == 0], "retention")

    assert found(folder, vault.keyring.opened.vault_key, words) == {}


def test_of_an_erased_case_the_history_keeps_that_it_was_there_and_nothing_of_it(vault, unlock):
    vault.cases.put("c1", document(), deed="begun", body={"place": SECRETS[0]})
    vault.cases.put("c2", document(), deed="begun", body={"place": "kept"})
    head = vault.history.head()
    vault.erasure.erase(["c1"], "asked for")

    lines = vault.history.lines(case="c1")
    assert [(line.kind, line.body) for line in lines] == [("erased", {"ground": "asked for"}), ("begun", None)]
    assert vault.history.lines(case="c2")[0].body == {"place": "kept"}
    vault.history.verify(head)
    with pytest.raises(errors.WrongInput):
        vault.cases.read("c1")
    vault.close()
    unlock().history.verify(head)


def test_all_cases_of_one_person_go_at_once_or_none_does(vault):
    for case in ("c1", "c2", "c3"):
        vault.cases.put(case, document(), deed="begun")
    vault.erasure.hold("c2", "court order 12/2026")

    with pytest.raises(errors.WrongInput, match="legal hold since 2026-11-21: court order 12/2026"):
        vault.erasure.erase(["c1", "c2"], "asked for")
    with pytest.raises(errors.WrongInput):
        vault.erasure.erase(["c1", "nobody"], "asked for")
    assert vault.cases.count() == 3

    vault.erasure.release("c2", "lifted")
    vault.erasure.erase(["c1", "c2", "c1"], "asked for")
    assert vault.cases.ids() == ["c3"]
    assert vault.cases.count(Filter(state="open")) == 1


def test_a_hold_has_a_reason_and_is_seen_in_the_list(vault):
    vault.cases.put("c1", document(), deed="begun")
    for reason in ("", "  "):
        with pytest.raises(errors.WrongInput):
            vault.erasure.hold("c1", reason)
    with pytest.raises(errors.WrongInput):
        vault.erasure.release("c1", "was never held")

    vault.erasure.hold("c1", "court order")

    with pytest.raises(errors.WrongInput):
        vault.erasure.hold("c1", "again")
    assert vault.cases.window()[0].held == "2026-11-21T09:30:00Z"
    assert [(hold.case, hold.reason) for hold in vault.erasure.holds()] == [("c1", "court order")]
    vault.cases.limit("c1", [vault.worker.id])
    assert vault.cases.window()[0].held == "2026-11-21T09:30:00Z"
    vault.erasure.release("c1", "lifted")
    assert vault.cases.window()[0].held is None
    assert vault.erasure.holds() == []


EVAS = "another seven words for the second worker"


@pytest.fixture
def hers(vault, unlock):
    """The vault as Eva opens it; Ana alone can read the case *limited*, which is under a hold."""
    vault.keyring.add("Eva", EVAS)
    vault.cases.put("limited", document(outcome="open", place=SECRETS[0]), deed="begun", words=[SECRETS[0]])
    vault.erasure.hold("limited", SECRETS[1])
    vault.cases.limit("limited", [vault.worker.id])
    vault.close()
    return unlock(EVAS)


def test_who_is_not_named_can_neither_erase_nor_hold_a_limited_case_nor_end_its_hold(hers, unlock):
    hers.cases.put("free", document(outcome="open"), deed="begun")
    for deed in (
        lambda: hers.erasure.release("limited", "lifted"),
        lambda: hers.erasure.hold("limited", "court order"),
        lambda: hers.erasure.erase(["free", "limited"], "wrongly_recorded"),
    ):
        with pytest.raises((errors.NotForYou, errors.WrongInput)):
            deed()
    assert len(hers.cases.ids()) == 2
    assert hers.cases.rows_of(["limited"])[0].held
    hers.close()
    again = unlock()
    again.erasure.release("limited", "lifted")
    again.close()
    again = unlock(EVAS)
    for deed in (
        lambda: again.erasure.hold("limited", "court order"),
        lambda: again.erasure.erase(["free", "limited"], "retention"),
    ):
        with pytest.raises(errors.NotForYou):
            deed()
    assert [line.kind for line in again.history.lines(case="limited")][:2] == ["released", "limited"]


def test_why_a_limited_case_is_held_lies_under_its_seal(hers, folder, unlock):
    assert [(hold.case, hold.reason) for hold in hers.erasure.holds()] == [("limited", "")]
    assert hers.erasure.held("limited").reason == ""
    assert [line.body for line in hers.history.lines(case="limited")] == [None] * 3
    key = hers.keyring.opened.vault_key
    assert found(folder, key, SECRETS) == {}
    hers.close()
    again = unlock()
    assert again.erasure.held("limited").reason == SECRETS[1]
    again.cases.limit("limited", [again.worker.id])
    assert again.erasure.held("limited").reason == SECRETS[1]
    again.cases.unlimit("limited")
    assert again.erasure.held("limited").reason == SECRETS[1]
    again.close()
    assert unlock(EVAS).erasure.held("limited").reason == SECRETS[1]


def test_a_reason_that_an_older_program_left_in_clear_is_sealed_when_a_reader_comes_in(hers, folder, unlock):
    with hers._store.transaction():
        hers._store.run("DELETE FROM sealed_reasons")
        hers._store.run("UPDATE holds SET reason = ?", SECRETS[2])
        hers.history.append(hers.worker.id, "held", "limited", {"reason": SECRETS[2]})
    assert hers.erasure.held("limited").reason == ""
    key = hers.keyring.opened.vault_key
    assert found(folder, key, SECRETS)
    hers.close()

    again = unlock()

    assert again.erasure.held("limited").reason == SECRETS[2]
    assert found(folder, key, SECRETS) == {}
    again.history.verify()


def test_a_limited_case_is_due_to_be_looked_at_for_those_too_who_cannot_read_it(hers, unlock, clock):
    assert hers.cases.looks("2026-12-20") == []
    assert [(look.case, look.since, look.stranded) for look in hers.cases.looks("2026-12-21")] == [
        ("limited", "2026-12-21", False)
    ]
    hers.settings.put("retention", {"open": 90})
    hers.close()
    with unlock() as hers_no_more:
        assert hers_no_more.cases.looks("2027-12-21") == []  # whoever can read it has it on the ordinary list
    with unlock(EVAS) as again:
        assert [look.since for look in again.cases.looks("2027-12-21")] == ["2027-02-19"]


def test_a_case_that_nobody_is_left_to_read_is_erased_when_its_day_has_come_and_not_before(hers, unlock, clock):
    ana = next(worker.id for worker in hers.workers.all() if worker.name == "Ana")
    assert hers.keyring.alone(ana) == (1, 1)
    hers.keyring.make_sheets()
    with pytest.raises(errors.WrongInput):
        hers.keyring.remove(ana)
    hers.keyring.remove(ana, stranding=True)
    hers.erasure.release("limited", "lifted by the court")
    for ground in ("wrongly_recorded", "retention"):
        with pytest.raises(errors.NotForYou):
            hers.erasure.erase(["limited"], ground)
    clock.move(days=31)
    assert [look.stranded for look in hers.cases.looks("2026-12-22")] == [True]
    with pytest.raises(errors.NotForYou):
        hers.erasure.erase(["limited"], "wrongly_recorded")

    hers.erasure.erase(["limited"], "retention")

    assert hers.cases.ids() == []
    assert hers.history.lines(case="limited")[0].body == {"ground": "retention", "unread": True}
    hers.history.verify()
    hers._store.check()


def test_the_sheets_give_a_case_that_nobody_is_left_to_read_to_whoever_comes_in_with_them(vault, folder, unlock, clock):
    made = vault.keyring.make_sheets()
    eva = vault.keyring.add("Eva", EVAS)
    vault.cases.put("limited", document(), deed="begun")
    vault.cases.limit("limited", [vault.worker.id])
    vault.close()
    with unlock(EVAS) as hers:
        assert hers.keyring.alone(vault.worker.id) == (1, 0)
        assert hers.keyring.alone(eva.id) == (0, 0)
        hers.keyring.remove(vault.worker.id, stranding=True)
        with pytest.raises(errors.NotForYou):
            hers.cases.read("limited")

    private = sheets.join(made[:2], keyfile.read(folder)[0])
    with Vault.recover(
        folder, private, "Director", "a new passphrase that nobody has used", new=True, now=clock
    ) as again:
        assert again.cases.read("limited") == document()


def test_a_scrubbing_that_was_interrupted_is_done_at_the_next_unlock(vault, folder, unlock, tmp_path):
    fill(vault, 20)
    tell(vault, "secret")
    key = vault.keyring.opened.vault_key
    before = tmp_path / "killed"
    with vault._store.transaction():  # as far as erase comes before a kill
        vault.erasure._erase("secret", "asked for")
        scrubbing.announce(vault._store)
    shutil.copytree(folder, before, ignore=shutil.ignore_patterns("vault.lock"))
    vault.close()

    unlock(where=before).close()

    assert found(before, key, SECRETS) == {}


@pytest.mark.parametrize(
    "deed", ["erase", *(pytest.param(deed, marks=pytest.mark.full) for deed in ("limit", "scrub"))]
)
def test_what_the_disk_has_no_room_to_clean_is_done_all_the_same_and_no_backup_is_made_before(tmp_path, clock, deed):
    with small_disk(40) as disk:
        if disk is None:
            pytest.skip("may not mount a small disk here")
        with Vault.create(disk / "vault", PASSPHRASE, "Ana", now=clock, effort=LIGHT, floor=LIGHT) as vault:
            for number in range(60):
                vault.cases.put(f"c{number}", document(notes="kitchen " * 6000), deed="begun", words=["kitchen"])
            tell(vault, "secret")
            vault.rest()
            made = vault.copying.make(tmp_path)
            left = disk / "left"
            left.write_bytes(bytes(shutil.disk_usage(disk).free - 200_000))

            if deed == "erase":
                assert [one.place for one in vault.erasure.erase(["secret"], "asked for")] == [str(made)]
                assert vault.cases.rows_of(["secret"]) == []
            elif deed == "limit":
                vault.cases.limit("secret", [vault.worker.id])
            else:
                vault.erasure.scrub()

            assert vault.erasure.cleaning_is_due
            with pytest.raises(errors.Machine):
                vault.copying.make(tmp_path)
            assert list(tmp_path.iterdir()) == [made]
            left.unlink()
            after = vault.copying.make(tmp_path)
            assert not vault.erasure.cleaning_is_due
            key = vault.keyring.opened.vault_key
            assert found(made, key, SECRETS)
            if deed != "scrub":
                assert found(after, key, SECRETS) == {}
                assert found(disk / "vault", key, SECRETS) == {}


def test_a_cleaning_that_stopped_half_way_is_still_due(vault, folder, unlock):
    """The note that something is to be cleaned goes only once every page is written anew."""
    fill(vault, 20)
    tell(vault, "secret")
    vault.erasure.erase(["c1"], "asked for")
    with vault._store.transaction():
        vault.erasure._erase("secret", "asked for")
        scrubbing.announce(vault._store)
    reader = sqlcipher3.dbapi2.connect(str(next(folder.glob("vault-*.db"))))
    reader.execute(f"PRAGMA key = \"x'{vault.keyring.opened.vault_key.hex()}'\"")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM cases").fetchone()  # who reads an old moment keeps the old pages in the log
    with pytest.raises(errors.InUse):
        scrubbing.scrub(vault._store)
    assert vault.erasure.cleaning_is_due
    reader.close()
    vault.close()

    again = unlock()

    assert not again.erasure.cleaning_is_due
    assert found(folder, again.keyring.opened.vault_key, SECRETS) == {}


def test_backups_made_while_the_words_were_here_are_listed(vault):
    def backup(name: str) -> None:
        vault.backups.put(
            Backup(id=name, made="2026-11-21T09:30:00Z", place=f"/media/{name}"), vault.history.head().seq
        )

    backup("before")
    vault.cases.put("c1", document(), deed="begun")
    backup("first")
    vault.cases.put("c1", document(), deed="answered")
    backup("second")
    backup("lost")
    vault.backups.gone("lost")

    listed = vault.erasure.erase(["c1"], "asked for")
    backup("after")

    assert [one.id for one in listed] == ["first", "second"]
    assert [one.id for one in vault.erasure.kept_in_backups(["c1"])] == ["first", "second"]
    vault.backups.gone("first")
    assert [one.place for one in vault.erasure.kept_in_backups(["c1"])] == ["/media/second"]
    assert {one.id for one in vault.backups.all()} == {"before", "second", "after"}


def test_the_pages_are_really_read(vault, folder):
    """What the canary tests rest on: a word that was kept is seen in database or log, and with another key nothing is."""
    vault.cases.put("c1", document(place=SECRETS[0]), deed="begun")

    assert found(folder, vault.keyring.opened.vault_key, SECRETS)
    assert found(folder, bytes(32), SECRETS) == {}
    assert not [path for path in Path(folder).iterdir() if SECRETS[0].encode() in path.read_bytes()]
