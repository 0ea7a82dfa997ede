"""Every failure in words: where, what, and what to do. Facts come from errors.py; no path of this laptop is told.

A place is told by the last part of its name, as the worker chose it; what only the program knows by name is not told.
"""

from typing import Literal, NamedTuple, TypeAlias

from victim_id import errors
from victim_id.language import Language
from victim_id.wording import labelled

Doing: TypeAlias = Literal["backup", "restore", "unlock", "recover", ""]
_PLACED = (errors.Damaged, errors.NotAPackage, errors.TooLarge, errors.Machine)
"""Failures whose `where` is a file or a folder."""


class Trouble(NamedTuple):
    """A failure in words: a title, what happened, and what can be done."""

    title: str
    what: str
    way: str


Words: TypeAlias = dict[type[errors.Failure], Trouble]


def trouble(language: Language, failure: errors.Failure, doing: Doing = "") -> Trouble:
    """Gives the words for a failure: where, what and what to do; a deed that failed may have words of its own."""
    for words in (_doing(language, failure, doing), _any(language, failure)):
        for kind in type(failure).__mro__:
            if kind in words:
                return words[kind]
    say = language.say
    return Trouble(say("This did not work."), str(failure), say("Try again, or ask your administrator."))


def _any(language: Language, failure: errors.Failure) -> Words:
    say, where = language.say, failure.where if isinstance(failure, _PLACED) else ""

    def at(what: str) -> str:
        return labelled(language, where, what) if where else what

    return {
        errors.WrongPassphrase: Trouble(
            say("This passphrase does not open the vault."),
            say("The vault is whole and nothing is lost."),
            say("Try again; mind capital letters and the keyboard's language."),
        ),
        errors.Damaged: Trouble(
            say("Something here is damaged."),
            at(say("Its bytes are not those that were written. Nothing was changed by trying.")),
            say("Keep the file as it is. Use a backup or a second copy, or ask your administrator."),
        ),
        errors.OtherKeyFile: Trouble(
            say("The key file beside the vault is not its own."),
            say("An older one was put back, or that of another vault. The cases themselves were not touched."),
            say(
                "Put the newest vault.key back, of the day of the last change to people or sheets. Or restore a whole backup: its two parts belong together."
            ),
        ),
        errors.Newer: Trouble(
            say("This was made by a newer version of the program."),
            say("Nothing is lost, but this version cannot read it."),
            say("Install the newer version on this laptop."),
        ),
        errors.Older: Trouble(
            say("This is older than what is in use."),
            say("It was not taken over, so nothing changed."),
            say("Ask the sender for the present one."),
        ),
        errors.InUse: Trouble(
            say("The vault is already open on this laptop."),
            say("Only one window may write in it at a time."),
            say("Go to the other window, or close it and try again."),
        ),
        errors.NotForYou: Trouble(
            say("This package is for somebody else."),
            say("It is sealed for another key, and nobody but its recipient can open it."),
            say("Give it to the recipient, or ask the sender to seal it for you."),
        ),
        errors.LimitedCase: _limited(language, failure),
        errors.NotAPackage: Trouble(
            say("This is not a package of this program."),
            at(say("The file was read and left as it is.")),
            say("Choose a file that ends in .age."),
        ),
        errors.WrongSignature: Trouble(
            say("The signature does not fit."),
            say("The package was changed after it was signed, or signed by somebody else. It was not taken in."),
            say("Call the sender on a number you already have."),
        ),
        errors.TooLarge: Trouble(
            say("This file is too large."),
            at(say("It is beyond what may be read, so it was not opened.")),
            say("Ask the sender to split it."),
        ),
        errors.SeenBefore: Trouble(
            say("You already have this package."),
            say("It was taken in earlier and is not taken in twice."),
            say("Look for it in the list."),
        ),
        errors.DiskFull: Trouble(
            say("The disk is full."),
            at(say("The last change could not be saved. All that was shown as saved is safe.")),
            say("Make room, then try again."),
        ),
        errors.ReadOnly: Trouble(
            say("It may not be written there."),
            at(say("The folder or stick is read-only. All that was shown as saved is safe.")),
            say("Choose another place."),
        ),
        errors.NoMemory: Trouble(
            say("Too little memory is free."),
            say("A passphrase needs much memory for a moment. Nothing was changed."),
            say("Close other programs, then try again."),
        ),
        errors.DoubtfulClock: Trouble(
            say("The clock of this laptop is in doubt."),
            say("Days are counted by it, so nothing was erased or forgotten."),
            say("Look at the date. Set it right, or confirm it under Preferences, History."),
        ),
        errors.Machine: Trouble(
            say("The computer could not do this."),
            at(say("All that was shown as saved is safe.")),
            say("Try again, or ask your administrator."),
        ),
        errors.WrongContent: Trouble(
            say("The questions cannot be read."),
            say("A file of the content is not as it must be."),
            say("Install the program again, or ask your administrator."),
        ),
        errors.WrongInput: Trouble(
            say("This cannot be used as it is."),
            at(say("Something in it is not as it must be.")),
            say("Mend it and try again."),
        ),
    }


def bug(language: Language) -> Trouble:
    """Gives the words for the crash page: ours is the fault, and what was said is safe."""
    say = language.say
    return Trouble(
        say("The program made a mistake."),
        say("Your answers are saved up to the last one."),
        say("Start again and go on where you were."),
    )


def _limited(language: Language, failure: errors.Failure) -> Trouble:
    say, names = language.say, ", ".join(getattr(failure, "workers", ()))
    return Trouble(
        say("This case is limited to others."),
        say("Those who are named can read it, and let others in."),
        say("Ask {names}.", names=names) if names else say("Ask whoever keeps the recovery sheets."),
    )


def _doing(language: Language, failure: errors.Failure, doing: Doing) -> Words:
    """Gives the words of a deed for the failures that need them; all others are told as ever."""
    if doing == "backup":
        return _backing_up(language, failure.where)
    if doing == "restore":
        return _restoring(language, failure.where)
    if doing == "unlock":
        return _unlocking(language)
    return _recovering(language) if doing == "recover" else {}


def _backing_up(language: Language, place: str) -> Words:
    say = language.say
    left = say("There is no new backup. The vault itself is whole, and all that was shown as saved is safe.")
    gone = Trouble(
        say("{place} is not there any more.", place=place),
        left,
        say("Put the stick in again, or choose another place."),
    )
    return {
        errors.DiskFull: Trouble(
            say("There is no room left on {place}.", place=place),
            left,
            say("Make room there, or choose another place."),
        ),
        errors.ReadOnly: Trouble(
            say("Nothing may be written on {place}.", place=place),
            left,
            say("Take the write protection off, or choose another place."),
        ),
        errors.Damaged: Trouble(
            say("What was written on {place} is not what was to be written.", place=place),
            left,
            say("Take another stick: this one may be failing."),
        ),
        errors.WrongInput: gone,
        errors.Machine: gone,
    }


def _restoring(language: Language, place: str) -> Words:
    say = language.say
    left = say("No vault was made, and the backup is as it was.")
    return {
        errors.WrongPassphrase: Trouble(
            say("This passphrase does not open the backup."),
            say("A backup opens with the passphrases of the day it was made."),
            say("Try an earlier passphrase, or use the recovery sheets of that day."),
        ),
        errors.Damaged: Trouble(
            say("This backup is damaged."),
            left,
            say("Choose another backup, or the same one on another stick."),
        ),
        errors.NotAPackage: Trouble(
            say("This is no finished backup."),
            left,
            say("Choose a folder whose name begins with “vault-”."),
        ),
        errors.DiskFull: Trouble(
            say("There is no room left on this laptop."),
            left,
            say("Make room, then restore again."),
        ),
        errors.ReadOnly: Trouble(
            say("The vault’s folder on this laptop may not be written."),
            left,
            say("Ask your administrator to let you write there."),
        ),
        errors.WrongInput: Trouble(
            say("There is something in the vault’s folder already."),
            left,
            say("Ask your administrator to put that folder aside; nothing in it is overwritten."),
        ),
        errors.NoMemory: _any(language, errors.NoMemory())[errors.NoMemory],
        errors.Machine: Trouble(
            say("{place} could not be read to its end.", place=place),
            left,
            say("Put the stick in again, and try once more."),
        ),
    }


def _unlocking(language: Language) -> Words:
    say = language.say
    return {
        errors.DiskFull: Trouble(
            say("There is no room left on this laptop."),
            say("The vault needs a little room to open. It is whole and nothing is lost."),
            say("Make room, then unlock again."),
        ),
        errors.ReadOnly: Trouble(
            say("The vault’s folder may not be written."),
            say(
                "That the vault was opened is written into its history, so it stays closed. It is whole and nothing is lost."
            ),
            say("Take the write protection off, or ask your administrator to let you write there."),
        ),
        errors.WrongInput: Trouble(
            say("The vault is not here."),
            say("Its folder is gone, or is on a disk that is not plugged in."),
            say("Plug the disk in, or ask your administrator; a backup can be restored."),
        ),
    }


def _recovering(language: Language) -> Words:
    say = language.say
    return {
        **_unlocking(language),
        errors.NotForYou: Trouble(
            say("These sheets do not open this vault."),
            say("They belong to another vault, or newer sheets were made since."),
            say("Type two sheets of the newest set."),
        ),
    }
