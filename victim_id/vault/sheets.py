"""Recovery sheets: a private key in three sheets of words, any two of which give it back (SLIP-39, 2 of 3).

A sheet says to which vault and which set it belongs without saying anything of the key.
"""

import hashlib
from collections.abc import Sequence
from typing import Literal, TypeAlias

from shamir_mnemonic import EncryptedMasterSecret, MnemonicError, Share, decode_mnemonics, recover_ems, split_ems
from shamir_mnemonic.wordlist import WORDLIST

from victim_id import sealing
from victim_id.errors import NotForYou, WrongInput
from victim_id.vault.keyfile import KeyFile

SHEETS, NEEDED, WORDS = 3, 2, 33
LIST: tuple[str, ...] = tuple(WORDLIST)
"""The 1024 words of SLIP-39, in the order of the alphabet."""
CHECKSUM_WORDS = 3
_PREFIX = 4  # no two words of the list begin with the same four letters

Look: TypeAlias = Literal["whole", "unfinished", "too_long", "unknown_word", "mistyped", "other_vault", "same_sheet"]


def split(private: bytes, vault: str) -> tuple[str, ...]:
    """Gives the three sheets of a private key, each as its words with single spaces."""
    secret = EncryptedMasterSecret.from_master_secret(
        private, b"", _number(vault, sealing.pair_of(private).public), extendable=True, iteration_exponent=0
    )
    return tuple(share.mnemonic() for share in split_ems(1, [(NEEDED, SHEETS)], secret)[0])


def look(typed: str, file: KeyFile, others: Sequence[str] = ()) -> Look:
    """Says how far a sheet is typed and whether it is one of this vault, not one of `others`; needs no secret."""
    words = _words(typed)
    if any(word not in _KNOWN for word in words):
        return "unknown_word"
    if len(words) != WORDS:
        return "unfinished" if len(words) < WORDS else "too_long"
    try:
        sheet = Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        return "mistyped"
    numbers = {_number(file.vault, slot.public) for slot in file.slots if slot.kind == "recovery"}
    if sheet.identifier not in numbers or sheet.member_threshold != NEEDED:
        return "other_vault"
    return "same_sheet" if any(_words(other) == words for other in others) else "whole"


def unknown_words(typed: str) -> list[int]:
    """Gives the places, from 1, of words that stand on no sheet; a word may be cut after its first four letters."""
    return [place for place, word in enumerate(_words(typed), 1) if word not in _KNOWN]


def join(typed: Sequence[str], file: KeyFile) -> bytes:
    """Gives the private key out of two sheets of this vault; raises WrongInput saying what is wrong with which."""
    said = {
        "unfinished": f"has fewer than {WORDS} words",
        "too_long": f"has more than {WORDS} words",
        "unknown_word": "holds a word that stands on no sheet",
        "mistyped": "has a mistyped word: its last three words do not fit the others",
        "other_vault": "belongs to another vault, or to an older set of sheets",
        "same_sheet": "is the same sheet as another one",
    }
    for place, one in enumerate(typed, 1):
        seen = look(one, file, typed[: place - 1])
        if seen != "whole":
            raise WrongInput(f"sheet {place}", said[seen])
    if len(typed) < NEEDED:
        raise WrongInput("sheets", f"{NEEDED} sheets are needed")
    try:
        secret = recover_ems(decode_mnemonics([" ".join(_words(one)) for one in typed[:NEEDED]])).decrypt(b"")
    except MnemonicError:
        raise WrongInput("sheets", "do not belong together") from None
    if sealing.pair_of(secret).public not in {slot.public for slot in file.slots if slot.kind == "recovery"}:
        raise NotForYou("sheets", "belong to another vault, or to an older set of sheets")
    return bytes(secret)


def place(sheet: str) -> int:
    """Gives which of the three a sheet is, from 1."""
    return int(Share.from_mnemonic(sheet).index) + 1


def _words(typed: str) -> list[str]:
    return [_word(word) for word in typed.casefold().split()]


def _word(typed: str) -> str:
    whole = _WHOLE.get(typed[:_PREFIX], "")
    return whole if len(typed) >= _PREFIX and whole.startswith(typed) else typed


def _number(vault: str, public: bytes) -> int:
    """Gives the 15-bit number by which SLIP-39 tells sets apart: here it is bound to the vault and the key pair."""
    digest = hashlib.sha256(b"victim id sheets 1 " + vault.encode() + public).digest()
    return int.from_bytes(digest[:2], "big") >> 1


_KNOWN = frozenset(WORDLIST)
_WHOLE = {word[:_PREFIX]: word for word in WORDLIST}
