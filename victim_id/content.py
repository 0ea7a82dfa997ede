"""The content in use, and every edition that asked a case: the vault keeps a copy of each, so that a case is for ever read with its own."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from victim_id.casework.directory import Corrected, bound, corrected
from victim_id.errors import Damaged
from victim_id.instrument.editions import edition_in_use
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import content_of, read
from victim_id.resources import shipped
from victim_id.vault import Vault


def files_in_use(content: Path | None = None, editions: Path | None = None) -> dict[str, bytes]:
    """Gives the files of the content in use: the edition that was imported, else the shipped one or another folder."""
    imported = edition_in_use(editions) if editions else {}
    return imported or content_of(content or shipped("indicators"))


class Content:
    """The edition in use over one vault, with the contacts that the organisation has corrected, as it binds its kind."""

    def __init__(
        self,
        vault: Vault,
        files: Mapping[str, bytes],
        corrections: Callable[[], Mapping[str, Corrected]],
        kind: Callable[[], str],
    ) -> None:
        self._vault, self._files, self._corrections, self._kind = vault, files, corrections, kind
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

    def _here(self, instrument: Instrument) -> Instrument:
        return bound(corrected(instrument, self._corrections()), self._kind())

    def keep(self) -> None:
        """Puts a copy of the edition in use into the vault, unless it is there."""
        fingerprint, edition = self.instrument.fingerprint, self.instrument.edition
        if fingerprint not in {kept.fingerprint for kept in self._vault.editions.all()}:
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
                for name, content in sorted(self._files.items()):
                    archive.writestr(zipfile.ZipInfo(name), content)
            self._vault.editions.put(edition.id, edition.number, fingerprint, out.getvalue())
