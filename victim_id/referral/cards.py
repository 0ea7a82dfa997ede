"""Cards: how two vaults come to know each other's keys. A small signed file; its words are compared by voice."""

from victim_id.errors import Damaged, WrongInput, WrongSignature
from victim_id.record import Record, decode_file, encode, encode_file
from victim_id.referral.package import KeyCard
from victim_id.sealing import SigningKey, check_recipient, check_verifying_key, sign, verify

FORMAT, VERSION, MOST = "victim_id_card", 1, 16 * 1024


class SignedCard(Record, kw_only=True):
    """A card with the signature of its own signing key over it."""

    card: KeyCard
    signature: str


def write_card(card: KeyCard, key: SigningKey) -> bytes:
    """Gives the file of a card."""
    return encode_file(FORMAT, VERSION, SignedCard(card=card, signature=sign(encode(card), key, "card").decode()))


def read_card(content: bytes, where: str = "card") -> KeyCard:
    """Reads a card and checks that its own key signed it; the voice has to say whose key that is."""
    signed = decode_file(FORMAT, VERSION, SignedCard, content, where, MOST)
    try:
        check_recipient(signed.card.recipient, where)
        check_verifying_key(signed.card.signing, where)
    except WrongInput:
        raise Damaged(where, "a key in it is not a key") from None
    if verify(encode(signed.card), signed.signature.encode(), signed.card.signing, where) != "card":
        raise WrongSignature(where, "the signature is not that of a card")
    return signed.card
