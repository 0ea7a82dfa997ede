"""What leaves and what comes in: keys and cards, referrals drawn and sealed, packages opened and kept."""

import contextlib
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from victim_id.caseload import Caseload
from victim_id.casework.case import Case, Sent, was_sent
from victim_id.content import Content
from victim_id.errors import Damaged, NotForYou, WrongInput
from victim_id.language import language, moment
from victim_id.outside import read_outside
from victim_id.preferences import preferences_in
from victim_id.record import Record, decode, encode
from victim_id.referral.agreed import check_may_leave
from victim_id.referral.cards import read_card, write_card
from victim_id.referral.htcds import identity_record, read_record, record, write_record
from victim_id.referral.package import MOST_FILE, KeyCard, Manifest, Package, read_package, write_package
from victim_id.referral.referral import Referral, make_referral
from victim_id.referral.values import ON_PAPER
from victim_id.resources import shipped
from victim_id.sealing import Identity, seal, spoken_number, verifying_key
from victim_id.vault import Head, Keys, Vault
from victim_id.vault.folder import write
from victim_id.vault.history import CONFIRMED

if TYPE_CHECKING:
    from victim_id.referral.paper.fonts import Faces

COMPARED = "compared"


class Received(Record, kw_only=True):
    """A package that was opened, with when it came and whether it is kept."""

    package: Package
    at: str
    taken: bool = False


class Post:
    """The keys of one open vault, and everything that is written or read with them."""

    def __init__(
        self,
        vault: Vault,
        content: Content,
        caseload: Caseload,
        now: Callable[[], datetime],
        random: Callable[[int], bytes],
    ) -> None:
        self._vault, self._content, self._caseload, self._now, self._random = vault, content, caseload, now, random
        self._faces: Faces | None = None
        if not vault.cards.keys():
            vault.cards.make_keys()

    # ---- cards

    @property
    def card(self) -> KeyCard:
        """Who this vault is to others."""
        preferences = preferences_in(self._vault)
        return KeyCard(
            organisation=preferences.organisation,
            type=preferences.organisation_type,
            role=preferences.role,
            country=preferences.profile,
            recipient=self._keys.identity.recipient,
            signing=verifying_key(self._keys.signing),
            made=moment(self._now()),
        )

    def card_file(self) -> bytes:
        """Gives the card as a file for others."""
        return write_card(self.card, self._keys.signing)

    def own_identity(self) -> Identity:
        """Gives the key that opens what is sealed for this vault; whoever has it reads everything sent here."""
        return self._keys.identity

    def learn_recipient(self, recipient: str, content: bytes) -> KeyCard:
        """Keeps the card of a recipient of the directory, so that referrals can be sealed for it."""
        if recipient not in self._content.instrument.recipient:
            raise WrongInput(recipient, "is no recipient of the directory")
        card = read_card(content)
        self._vault.cards.put(recipient, "recipient", encode(card))
        return card

    def compare(self, recipient: str) -> None:
        """Notes that a recipient's card was compared by voice; a new card has to be compared again."""
        card = self.recipients()[recipient]
        self._vault.settings.put(COMPARED, {**self._vault.settings.get(COMPARED, {}), recipient: spoken(card)})

    def compared(self) -> frozenset[str]:
        """Gives the recipients whose present card was compared by voice."""
        noted = self._vault.settings.get(COMPARED, {})
        return frozenset(name for name, card in self.recipients().items() if noted.get(name) == spoken(card))

    def learn_sender(self, content: bytes) -> KeyCard:
        """Keeps the card of a sender, whose packages are then known."""
        card = read_card(content)
        self._vault.cards.put(card.recipient, "sender", encode(card))
        return card

    def recipients(self) -> dict[str, KeyCard]:
        """Gives the cards of recipients by their id in the directory."""
        return {name: decode(KeyCard, content, name) for name, content in self._vault.cards.all("recipient").items()}

    def senders(self) -> list[KeyCard]:
        """Gives the cards of known senders."""
        return [decode(KeyCard, content, name) for name, content in self._vault.cards.all("sender").items()]

    # ---- what leaves

    def referral(self, case: Case, recipient: str, form_language: str) -> Referral:
        """Makes the referral of a case for one recipient, as it would leave now."""
        instrument, own = self._caseload.instrument_of(case), preferences_in(self._vault)
        return make_referral(
            case,
            self._caseload.assessment(case),
            instrument,
            instrument.recipient[recipient],
            language(form_language),
            self.card,
            package=str(uuid.UUID(bytes=self._random(16), version=4)),
            made=moment(self._now()),
            worker=self._vault.worker.name,
            reach={"phone": own.phone, "email": own.email},
        )

    def form(self, referral: Referral) -> bytes:
        """Draws a referral as PDF."""
        from victim_id.referral.form import draw  # noqa: PLC0415  drawing is loaded with the first form

        return draw(referral, self.faces(), record_of(referral))

    def faces(self) -> "Faces":
        """Gives the letters that forms are drawn with; they are found when first needed."""
        if self._faces is None:
            from victim_id.referral.paper.fonts import Faces  # noqa: PLC0415  as above

            self._faces = Faces(shipped("fonts"))
        return self._faces

    def paper(self, id_: str, recipient: str, form_language: str) -> tuple[Referral, bytes]:
        """Gives a referral to hand over on paper, as PDF; a recipient that needs consent gets none without it."""
        case = self._caseload.at_hand(id_)
        check_may_leave(case, self._caseload.instrument_of(case).recipient[recipient])
        referral = self.referral(case, recipient, form_language)
        return referral, self.form(referral)

    def seal(self, id_: str, recipients: tuple[str, ...], form_language: str, folder: Path) -> list[Path]:
        """Seals a referral for each recipient, each in a package of its own, and writes them; nothing unsealed is written."""
        cards, written = self.recipients(), []
        case = self._caseload.at_hand(id_)
        known = self._caseload.instrument_of(case).recipient
        for name in recipients:
            if name not in cards:
                raise WrongInput(name, "has no key here", "please import its card first, or hand over paper")
            check_may_leave(case, known[name])
        for name in recipients:
            case = self._caseload.at_hand(id_)
            referral = self.referral(case, name, form_language)
            sealed = self._sealed(case, referral, cards[name])
            path = folder / f"{case.code}-{referral.package[:8]}.age"
            write(path, sealed)
            self._vault.packages.put(referral.package, "out", name, id_)
            self.sent(id_, referral, "sealed")
            written.append(path)
        return written

    def sent(self, id_: str, referral: Referral, way: Literal["sealed", "locked_pdf", "printed", "told"]) -> Case:
        """Notes that a referral left, and how."""
        to, package, by = referral.recipient, referral.package, self._vault.worker.id
        left = Sent(recipient=to, language=referral.language, way=way, at=moment(self._now()), by=by, package=package)
        body: dict[str, object] = {"recipient": to, "package": package, "way": way}
        return self._caseload.save(was_sent(self._caseload.at_hand(id_), left), "sent", body)

    # ---- what comes in

    def open_package(self, sealed: bytes, where: str = "package") -> Received:
        """Opens a package with the vault's own keys, newest first, without keeping anything of it."""
        known = {card.signing for card in self.senders()}
        keys = self._vault.cards.keys()
        for left, key in zip(range(len(keys) - 1, -1, -1), keys, strict=True):
            try:
                package = read_package(sealed, key.identity, known=known, seen=self._vault.packages.seen, where=where)
                _check_record(package.parts["record.json"], where)
                return Received(package=package, at=moment(self._now()))
            except NotForYou:
                if not left:
                    raise
        raise WrongInput(where, "this vault has no key")

    def head_in(self, path: Path, identities: Sequence[Identity] = ()) -> Head:
        """Gives the head of the history that a package from here named when it left; opened with its recipient's key or an own one."""
        sealed, own = read_outside(path, MOST_FILE), self._vault.cards.keys()
        for identity in (*identities, *(key.identity for key in own)):
            with contextlib.suppress(NotForYou):
                manifest = read_package(sealed, identity, where=path.name).manifest
                if manifest.sender.signing not in {verifying_key(key.signing) for key in own}:
                    raise WrongInput(path.name, "did not leave from this vault")
                if not manifest.history_seq:
                    raise WrongInput(path.name, "is older than packages that name a line")
                return Head(manifest.history_seq, manifest.history)
        raise NotForYou(path.name, "is sealed for another key", "please give the recipient's with --key")

    def take(self, received: Received) -> Received:
        """Keeps an opened package in the vault; the same one is not taken twice. A receipt is noted in the case it confirms.

        It confirms only what was sent to the recipient whose card it carries, here as there. What was sent of a limited case is
        not told apart, so a worker notes that one.
        """
        manifest = received.package.manifest
        taken = msgspec.structs.replace(received, taken=True)
        with self._vault.together():
            self._vault.packages.put(manifest.package, "in", manifest.sender.recipient)
            self._vault.received.put(manifest.package, encode(taken))
            self._vault.history.append(self._vault.worker.id, "package_taken", manifest.package)
            if manifest.kind == "receipt":
                self._confirmed(manifest.answers, manifest.sender)
        return taken

    def inbox(self, *, offset: int = 0, limit: int = 100) -> list[Received]:
        """Gives a window of the packages that were taken in, the newest first."""
        kept = self._vault.received.all(offset=offset, limit=limit)
        return [decode(Received, arrival.content, "inbox") for arrival in kept]

    def read(self, package: str) -> None:
        """Writes down that a package that was taken in was read: its lines in the history stand under its own id."""
        self._vault.received.get(package)
        self._vault.history.append(self._vault.worker.id, "package_read", package)

    # ---- inside

    def _sealed(self, case: Case, referral: Referral, card: KeyCard) -> bytes:
        """Gives the package of a referral, sealed for the recipient whose card it is."""
        parts = {
            "referral.pdf": self.form(referral),
            "record.json": record_of(referral),
            "consent.json": encode(case.consent(referral.recipient)),
            "evidence.json": b"[]",
        }
        _check_record(parts["record.json"], "record.json")
        if referral.sealed:
            parts["identity.age"] = seal(write_record(identity_record(referral.sealed)), [card.recipient])
        head = self._vault.history.head()
        manifest = Manifest(
            package=referral.package,
            kind="referral",
            case=case.code,
            made=referral.made,
            sender=self.card,
            recipients=(card.recipient,),
            language=referral.language,
            edition=case.edition,
            fingerprint=case.fingerprint,
            history=head.link,
            history_seq=head.seq,
        )
        return write_package(manifest, parts, self._keys.signing)

    def _confirmed(self, package: str, sender: KeyCard) -> None:
        recipients = self.recipients()
        for one in self._vault.packages.all(limit=-1):
            if one.id != package or one.direction != "out" or one.case is None or one.other not in recipients:
                continue
            card = recipients[one.other]
            if (card.recipient, card.signing) == (sender.recipient, sender.signing):
                self._vault.history.append(self._vault.worker.id, CONFIRMED, one.case)

    @property
    def _keys(self) -> Keys:
        return self._vault.cards.keys()[0]


def record_of(referral: Referral) -> bytes:
    """Gives the HTCDS 2.0 record of a referral as JSON."""
    return write_record(
        record(referral.values, recipient=referral.recipient, police=referral.variant == "police_annex")
    )


def _check_record(content: bytes, where: str) -> None:
    """Raises what `read_record` raises, or Damaged for a level that never travels: lists show it before anybody reads on."""
    reading = read_record(content, where).x_indications.get("G2", {})
    if not isinstance(reading, dict) or reading.get("level", "") not in ("", *ON_PAPER):
        raise Damaged(where, "its record says a level that is none")


def spoken(card: KeyCard) -> str:
    """Gives what two people compare by voice: six groups of five digits over both keys of a card."""
    return spoken_number(card.recipient.encode(), card.signing.encode())
