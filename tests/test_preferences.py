"""What belongs to a worker goes with the worker; what binds the organisation is everybody's."""

from pathlib import Path

import msgspec

from tests.scenario import PASSPHRASE, Desk
from victim_id.preferences import OWN_PREFERENCES, PREFERENCES
from victim_id.workspace import Workspace

HERS = "purple saxophone under the old bridge"


def two_workers(folder: Path) -> Desk:
    desk = Desk(folder / "vault")
    desk.space.ways_in.add("E. Dumont", HERS)
    return desk


def as_worker(desk: Desk, passphrase: str) -> Workspace:
    desk.space.close()
    desk.space = Workspace.unlock(desk.folder, passphrase, now=desk.now)
    return desk.space


def set_to(space: Workspace, **wishes: object) -> None:
    space.set_preferences(msgspec.structs.replace(space.preferences, **wishes))


def test_function_telephone_and_language_are_those_of_who_is_signed_in(tmp_path: Path) -> None:
    desk = two_workers(tmp_path)
    set_to(as_worker(desk, HERS), role="psychologist", phone="+352 999", language="fr", organisation="ITM Esch")
    his = as_worker(desk, PASSPHRASE).preferences
    assert (his.role, his.phone, his.language) == ("labour inspector", "", "en")
    assert his.organisation == "ITM Esch"
    hers = as_worker(desk, HERS).preferences
    assert (hers.role, hers.phone, hers.language) == ("psychologist", "+352 999", "fr")
    desk.space.close()


def test_a_referral_names_the_function_and_the_telephone_of_who_makes_it(tmp_path: Path) -> None:
    desk = two_workers(tmp_path)
    case = desk.show(desk.begin(), "cd_documents")
    set_to(as_worker(desk, HERS), role="psychologist", phone="+352 999")
    set_to(as_worker(desk, PASSPHRASE), phone="+352 111", email="weber@itm.example")
    his = desk.space.post.referral(case, "lu.infotraite", "en").values
    assert (his["B2"], his["B3"]) == (
        {"name": "A. Weber", "role": "labour inspector"},
        {"phone": "+352 111", "email": "weber@itm.example"},
    )
    hers = as_worker(desk, HERS).post.referral(case, "lu.infotraite", "en").values
    assert (hers["B2"], hers["B3"]) == ({"name": "E. Dumont", "role": "psychologist"}, {"phone": "+352 999"})
    desk.space.close()


def as_before(desk: Desk, **kept: object) -> None:
    """Puts preferences back as an earlier version kept them: all in one place."""
    vault = desk.space._vault
    whole = msgspec.to_builtins(msgspec.structs.replace(desk.space.preferences, **kept))
    with vault.together():
        vault._store.run("DELETE FROM settings WHERE key = ?", OWN_PREFERENCES)
        vault.settings.put(PREFERENCES, whole)


def test_what_was_set_before_moves_over_to_who_set_it(tmp_path: Path) -> None:
    desk = two_workers(tmp_path)
    set_to(as_worker(desk, HERS), role="psychologist")
    as_before(desk, phone="+352 999", language="fr")
    his = as_worker(desk, PASSPHRASE).preferences
    assert (his.role, his.phone, his.language) == ("", "", "fr")
    hers = as_worker(desk, HERS).preferences
    assert (hers.role, hers.phone, hers.language) == ("psychologist", "+352 999", "fr")
    desk.space.close()


def test_what_nobody_changed_before_moves_over_to_the_first_worker(tmp_path: Path) -> None:
    desk = two_workers(tmp_path)
    as_before(desk, phone="+352 111")
    assert as_worker(desk, HERS).preferences.role == ""
    his = as_worker(desk, PASSPHRASE).preferences
    assert (his.role, his.phone) == ("labour inspector", "+352 111")
    desk.space.close()


def test_what_was_a_workers_own_goes_with_them(tmp_path: Path) -> None:
    desk = two_workers(tmp_path)
    set_to(as_worker(desk, HERS), phone="+352 999")
    space = as_worker(desk, PASSPHRASE)
    space.ways_in.remove(next(one.id for one in space.ways_in.people() if one.name == "E. Dumont"))
    assert "+352 999" not in str(space._vault.settings.all())
    space.close()
