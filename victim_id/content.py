"""The content in use, and every edition that asked a case: the vault keeps a copy of each, so that a case is for ever read with its own."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from victim_id.casework.directory import Corrected, bound, corrected
from victim_id.errors import Damaged, WrongInput
from victim_id.instrument.editions import edition_in_use
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import content_of, read
from victim_id.language import moment
from victim_id.organisation import Organisation
from victim_id.preferences import preferences_in
from victim_id.resources import shipped
from victim_id.vault import Vault

CORRECTIONS = "directory"


def files_in_use(
    content: Path | None = None, editions: Path | None = None, organisation: Organisation | None = None
) -> dict[str, bytes]:
    """Gives the files of the content in use: the edition that was imported, else the shipped one or another folder.

    Where the organisation names keys, an edition that none of them signed is not in use.
    """
    imported = edition_in_use(editions, organisation.edition_keys if organisation else ()) if editions else {}
    return imported or content_of(content or shipped("indicators"))


class Content:
    """The edition in use over one vault, with the contacts that the organisation has corrected, as it binds its kind."""

    def __init__(self, vault: Vault, files: Mapping[str, bytes], now: Callable[[], datetime]) -> None:
        self._vault, self._files, self._now = vault, files, now
        self._read = read(files)
        self.renew()

    def renew(self) -> None:
        """Takes over what was corrected, and what the organisation is."""
        self.instrument = self._here(self._read)
        self._editions: dict[str, Instrument] = {self.instrument.fingerprint: self.instrument}

    def of(self, fingerprint: str) -> Instrument:
        """Gives the edition with a fingerprint, from the vault's own copy when it is not the one in use."""
        if fingerprint not in self._editions:
            archive = zipfile.ZipFile(io.BytesIO(self._vault.editions.archive(fingerprint)))
            found = read({name: archive.read(name) for name in archive.namelist()})
            if found.fingerprint != fingerprint:
                raise Damaged("edition", "the vault's copy is not what asked this case")
            self._editions[fingerprint] = self._here(found)
        return self._editions[fingerprint]

    def keep(self) -> None:
        """Puts a copy of the edition in use into the vault, unless it is there."""
        fingerprint, edition = self.instrument.fingerprint, self.instrument.edition
        if fingerprint not in {kept.fingerprint for kept in self._vault.editions.all()}:
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
                for name, content in sorted(self._files.items()):
                    archive.writestr(zipfile.ZipInfo(name), content)
            self._vault.editions.put(edition.id, edition.number, fingerprint, out.getvalue())

    def corrections(self) -> dict[str, Corrected]:
        """Gives what this organisation has corrected in the directory, by recipient."""
        return msgspec.convert(self._vault.settings.get(CORRECTIONS, {}), dict[str, Corrected])

    def correct(self, recipient: str, known: Corrected) -> Instrument:
        """Keeps what the organisation knows better of a contact, dated, and gives the content as it is shown from now on.

        Who corrected what is in the history. It takes the place of an earlier correction; an empty one takes it away.
        """
        if recipient not in self.instrument.recipient:
            raise WrongInput(recipient, "is no recipient of the directory")
        others = {name: one for name, one in self.corrections().items() if name != recipient}
        dated = msgspec.structs.replace(known, at=moment(self._now()))
        empty = not (known.phone or known.email or known.site or known.note)
        corrections = others if empty else others | {recipient: dated}
        with self._vault.together():
            self._vault.settings.put(CORRECTIONS, msgspec.to_builtins(corrections))
            body = {"recipient": recipient, "known": None if empty else msgspec.to_builtins(dated)}
            self._vault.history.append(self._vault.worker.id, "contact", None, body)
        self.renew()
        return self.instrument

    def _here(self, instrument: Instrument) -> Instrument:
        return bound(corrected(instrument, self.corrections()), preferences_in(self._vault).organisation_type)
