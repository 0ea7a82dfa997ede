"""What a recipient has need not be kept here as well: who the person is goes, the case stays, and no page holds the name."""

import uuid
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from tests.access.person import OWN, full_case
from tests.scenario import Desk
from tests.vault.pages import found
from victim_id.access.unnamed import GONE, has_identity, identity_keys
from victim_id.casework.case import Consent
from victim_id.errors import WrongInput
from victim_id.instrument.answers import Talk
from victim_id.language import moment
from victim_id.referral.package import Manifest, Package, write_package
from victim_id.vault import Retention
from victim_id.vault.history import UNNAMED

PERSON = {
    "D2.first": "Zwanenburga", "D2.last": "Qamishloviç", "D3": "Kanarie", "D4.birth_date": "1990-05-12", "D14.number": "AB1234567",
    "E6.address": "Petuniaplein 77",
}  # fmt: skip
WORDS = ["zwanenburga", "qamishlovi", "kanarie", "1990-05-12", "ab1234567", "petuniaplein"]
TOLD = (
    "I am ZWANENBURGA Qamishlovic, they call me kanarie; born 1990-05-12, card ab1234567, I sleep at Petuniaplein 77."
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "vault")
    yield desk
    desk.space.close()


def told(desk: Desk) -> str:
    case = desk.begin().id
    desk.space.caseload.details(case, PERSON | {"D6": "female", "H6": TOLD})
    desk.say(desk.space.caseload.case(case), "account.tell", "given", words=TOLD)
    desk.say(desk.space.caseload.case(case), "account.tell", "given", words=f"{TOLD} Again.")
    desk.space.caseload.view(case, "unsure", TOLD)
    desk.space.caseload.arrange(case, next_step=TOLD, place=TOLD)
    desk.space.caseload.keep_draft(case, "wishes.reach", TOLD)
    return case


def key_of(desk: Desk) -> bytes:
    return desk.space._vault.keyring.opened.vault_key


@pytest.mark.parametrize("limited", [False, True])
def test_who_the_person_is_is_in_no_page_any_more_and_the_case_is_still_there(desk: Desk, limited: bool) -> None:
    case = told(desk)
    if limited:
        desk.space.keeping.limit(case, [desk.space.worker.id])
    assert (found(desk.folder, key_of(desk), WORDS) == {}) == limited
    before = desk.space.caseload.assessment(desk.space.caseload.case(case))
    assert has_identity(desk.space.caseload.case(case), desk.space.instrument)

    assert desk.space.keeping.erase_identity(case) == []

    assert found(desk.folder, key_of(desk), WORDS) == {}
    after = desk.space.caseload.case(case)
    assert not has_identity(after, desk.space.instrument)
    assert set(after.details) == {"D6", "H6"}
    assert after.details["H6"] == f"I am {GONE}, they call me {GONE}; born {GONE}, card {GONE}, I sleep at {GONE}."
    assert after.corrections[0].before.words == after.details["H6"]
    assert after.views[0].reasons == after.details["H6"]
    assert desk.space.caseload.drafts(case) == {"wishes.reach": after.details["H6"]}
    assert desk.space.caseload.assessment(after) == before
    assert desk.space._vault.history.lines(case=case, limit=2)[1].kind == UNNAMED
    desk.space.verify_history()
    assert [row.id for row in desk.space.caseload.cases("", "sleep")] == [case]
    assert desk.space.caseload.cases("", "zwanenburga") == []


def test_why_somebody_was_told_and_who_was_there_name_nobody_afterwards(desk: Desk) -> None:
    case = told(desk)
    talk = Talk(alone=False, present="her brother Karim Qamishloviç", interpreter="a friend of Zwanenburga")
    desk.space.caseload.arrange(case, talk=talk)
    desk.say(desk.space.caseload.case(case), "account.tell", "given", words="no", talk=talk)
    desk.say(desk.space.caseload.case(case), "account.tell", "given", words="yes", talk=talk)
    desk.space.caseload.consent(
        case, Consent(recipient="lu.infotraite", answer="not_able", reason=TOLD, witness="Zwanenburga")
    )

    desk.space.keeping.erase_identity(case)

    assert found(desk.folder, key_of(desk), WORDS) == {}
    after = desk.space.caseload.case(case)
    hidden = msgspec.structs.replace(talk, present=f"her brother Karim {GONE}", interpreter=f"a friend of {GONE}")
    told_of = [given for answers in after.answers.values() for given in answers]
    corrected = [one.before for one in after.corrections]
    assert after.talk == hidden
    assert hidden in [given.talk for given in told_of]
    assert hidden in [given.talk for given in corrected]
    assert after.consents[0].reason == after.details["H6"]


def test_only_fields_that_are_sealed_apart_say_who_a_person_is(desk: Desk) -> None:
    assert identity_keys(desk.space.instrument) >= {"D2", "D2.last", "D3", "D4.birth_date", "D14", "D14.number", "E6.address"}  # fmt: skip
    assert not identity_keys(desk.space.instrument) & {"D1", "D4.band", "D6", "D7", "E6.municipality", "F11", "J3.name"}


def test_a_legal_hold_keeps_the_identity_too(desk: Desk) -> None:
    case = told(desk)
    desk.space.keeping.hold(case, "LG Luxembourg")
    with pytest.raises(WrongInput):
        desk.space.keeping.erase_identity(case)
    assert desk.space.caseload.case(case).details["D2.last"] == "Qamishloviç"
    desk.space.keeping.confirm(case)
    assert desk.space.keeping.identities_due(desk.now() + timedelta(days=90)) == []


def test_a_name_that_could_not_be_erased_is_still_there(desk: Desk) -> None:
    case = told(desk)
    before = desk.space.caseload.at_hand(case)
    stop = "CREATE TEMP TRIGGER stop BEFORE INSERT ON main.drafts BEGIN SELECT RAISE(ABORT, 'no room'); END"
    desk.space._vault._store._connection.execute(stop)
    with pytest.raises(Exception, match="no room"):
        desk.space.keeping.erase_identity(case)
    assert desk.space.caseload.at_hand(case) == before


def test_a_backup_from_before_is_listed_as_still_holding_the_name(desk: Desk, tmp_path: Path) -> None:
    case = told(desk)
    (tmp_path / "stick").mkdir()
    made = desk.back_up(tmp_path / "stick")
    listed = desk.space.keeping.erase_identity(case)
    assert [Path(one.place) for one in listed] == [made]
    assert desk.space.backups.with_erased() == listed
    again = desk.back_up(tmp_path / "stick", keep=1)
    assert not made.exists()
    assert again.exists()
    assert desk.space.backups.with_erased() == []


def test_the_identity_part_is_due_thirty_days_after_the_recipient_confirmed(desk: Desk) -> None:
    case, other = full_case(desk), told(desk)
    desk.space.keeping.confirm(case)
    keeping, at = desk.space.keeping, desk.now()
    assert [one.case for one in keeping.identities()] == [case]
    assert keeping.identities_due(at + timedelta(days=29)) == []
    desk.space.keeping.release(case, "lifted")
    [due] = keeping.identities_due(at + timedelta(days=31))
    assert (due.case, due.since[:10]) == (case, "2026-12-21")
    assert desk.space.reminders(at + timedelta(days=29)).due == 0
    assert desk.space.reminders(at + timedelta(days=31)).due >= 1
    keeping.set_retention(Retention(identity=90))
    assert keeping.identities_due(at + timedelta(days=31)) == []
    keeping.set_retention(Retention())
    keeping.erase_identity(case)
    assert keeping.identities() == []
    assert OWN not in str(desk.space.caseload.case(case).details)
    keeping.confirm(other)
    keeping.erase([other], "asked_for")
    assert keeping.identities() == []


def test_what_is_confirmed_anew_after_its_identity_part_was_erased_is_listed_from_that_day(desk: Desk) -> None:
    case, keeping = told(desk), desk.space.keeping
    keeping.confirm(case)
    keeping.erase_identity(case)
    desk.space.caseload.details(case, PERSON)
    desk.now.moment += timedelta(days=40)
    keeping.confirm(case)
    again = desk.space._vault.history.lines(case=case, limit=1)[0].time
    desk.now.moment += timedelta(days=1)
    keeping.confirm(case)

    assert [(one.case, one.confirmed) for one in keeping.identities()] == [(case, again)]


RECIPIENT = "lu.infotraite"


@pytest.fixture
def cell(tmp_path: Path) -> Desk:
    cell = Desk(tmp_path / "cell", organisation="Cell")
    yield cell
    cell.space.close()


def sent_to(cell: Desk, desk: Desk, folder: Path) -> tuple[str, Package]:
    """Sends a case to the cell, and gives it with the package as the cell opened it."""
    case = told(desk)
    desk.space.caseload.consent(case, Consent(recipient=RECIPIENT, answer="yes"))
    desk.space.post.learn_recipient(RECIPIENT, cell.space.post.card_file())
    [file] = desk.space.post.seal(case, (RECIPIENT,), "en", folder)
    return case, cell.space.post.open_package(file.read_bytes()).package


def receipt(who: Desk, came: Package, answers: str = "") -> bytes:
    """Gives a receipt for a package, in whose name it is signed and whose card it carries."""
    manifest = Manifest(
        package=str(uuid.uuid4()), kind="receipt", answers=answers or came.manifest.package, case=came.manifest.case,
        made=moment(who.now()), sender=who.space.post.card, recipients=(came.manifest.sender.recipient,), language="en",
        edition=came.manifest.edition, fingerprint=came.manifest.fingerprint, history=came.manifest.history,
    )  # fmt: skip
    parts = {name: content for name, content in came.parts.items() if name != "identity.age"}
    return write_package(manifest, parts, who.space._vault.cards.keys()[0].signing)


def test_a_receipt_that_came_counts_from_the_day_it_came(desk: Desk, cell: Desk, tmp_path: Path) -> None:
    case, came = sent_to(cell, desk, tmp_path)
    desk.space.post.take(desk.space.post.open_package(receipt(cell, came)))

    assert [one.case for one in desk.space.keeping.identities()] == [case]
    assert desk.space.keeping.identities_due(desk.now()) == []
    assert [one.case for one in desk.space.keeping.identities_due(desk.now() + timedelta(days=31))] == [case]
    assert [one.fits for one in desk.space.access.arrived([case])] == [True]


@pytest.fixture
def stranger(tmp_path: Path) -> Desk:
    stranger = Desk(tmp_path / "stranger", organisation="Cell")
    yield stranger
    stranger.space.close()


def test_a_receipt_from_somebody_else_than_it_went_to_confirms_nothing(
    desk: Desk, cell: Desk, stranger: Desk, tmp_path: Path
) -> None:
    _, came = sent_to(cell, desk, tmp_path)
    desk.space.post.take(desk.space.post.open_package(receipt(stranger, came)))
    assert desk.space.keeping.identities() == []
    desk.space.post.learn_recipient("lu.police", stranger.space.post.card_file())
    desk.space.post.learn_sender(stranger.space.post.card_file())
    desk.space.post.take(desk.space.post.open_package(receipt(stranger, came)))
    assert desk.space.keeping.identities() == []


def test_a_receipt_for_what_did_not_leave_here_confirms_nothing(desk: Desk, cell: Desk, tmp_path: Path) -> None:
    _, came = sent_to(cell, desk, tmp_path)
    desk.space.post.take(desk.space.post.open_package(receipt(cell, came, str(uuid.uuid4()))))
    assert desk.space.keeping.identities() == []
    assert len(desk.space.post.inbox()) == 1


def test_old_history_is_counted_and_forgotten_after_two_years(desk: Desk) -> None:
    case = desk.begin().id
    desk.space.keeping.erase([case], "retention")
    keeping, at = desk.space.keeping, desk.now()
    assert keeping.old_history(at + timedelta(days=700)) == 0
    desk.now.moment += timedelta(days=735)
    assert keeping.old_history(desk.now()) > 2
    desk.space.telling.confirm_clock()
    assert keeping.forget_history(desk.now()) > 2
    assert keeping.old_history(desk.now()) == 0
    assert desk.space._vault.history.lines(case=case) == []
    desk.space.verify_history()
