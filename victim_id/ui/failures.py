"""A failure as what a worker can read: what happened in plain words, and what to do next."""

from typing import NamedTuple

from victim_id.errors import (
    CannotOpen,
    Damaged,
    DiskFull,
    Failure,
    InUse,
    Machine,
    Newer,
    NotAPackage,
    NotForYou,
    Older,
    ReadOnly,
    SeenBefore,
    TooLarge,
    WrongPassphrase,
    WrongSignature,
)
from victim_id.language import Language


class Sorry(NamedTuple):
    """A title and what to do; both in the worker's language."""

    title: str
    text: str


_WORDS: tuple[tuple[type[Failure], str, str], ...] = (
    (WrongPassphrase, "This passphrase does not open the vault.", "Please look at capital letters and the keyboard, and try again."),
    (Damaged, "This file is damaged.", "Nothing was changed. Please bring back a backup, or ask who looks after your laptop."),
    (Newer, "This was written by a newer version of the program.", "Please install the newest version; nothing is lost."),
    (Older, "This was written by a version that is no longer read.", "Please open it with the version it was made with."),
    (InUse, "The vault is open in another window.", "Please close the other window first."),
    (NotForYou, "This is sealed for somebody else.", "Only the key it was sealed for opens it. Please ask the sender to seal it for you."),
    (NotAPackage, "This is not a sealed referral.", "Please choose a file whose name ends in .age."),
    (WrongSignature, "The signature does not fit.", "Somebody changed this file on its way. Please ask the sender to send it again."),
    (TooLarge, "This file is too large.", "Please ask the sender what it is."),
    (SeenBefore, "You took this in before.", "It is already in the list."),
    (CannotOpen, "This cannot be opened.", "Nothing was changed."),
    (DiskFull, "The disk is full.", "Please make room and try again; what you wrote is still here."),
    (ReadOnly, "Nothing may be written there.", "Please choose another place."),
    (Machine, "The computer could not do it.", "Please try again."),
    (Failure, "That did not work.", "Please look at what was entered."),
)  # fmt: skip


def sorry(language: Language, failure: Failure) -> Sorry:
    """Gives the words of a failure; the most exact kind speaks."""
    title, text = next((title, text) for kind, title, text in _WORDS if isinstance(failure, kind))
    return Sorry(language.say(title), language.say(text))
