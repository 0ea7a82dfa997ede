"""The commands of authors and administrators: workbooks for the ODK tools, signed editions, the organisation's file."""

import argparse
import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from victim_id import organisation
from victim_id.errors import Machine, WrongInput
from victim_id.instrument.editions import (
    MOST_SIGNATURE,
    place_edition,
    placed_edition,
    read_signing_key,
    sign_edition,
    signing_key_file,
    trusted_in,
    verify_edition,
    write_edition,
)
from victim_id.instrument.load import content_of, load
from victim_id.instrument.report import as_lines, report
from victim_id.language import DOMAIN, language
from victim_id.outside import read_outside
from victim_id.places import Places
from victim_id.resources import shipped
from victim_id.sealing import check_verifying_key, make_signing_key, sign, verify, verifying_file, verifying_key
from victim_id.vault.folder import write

MOST_BYTES, MOST_KEY = 256 * 1024**2, 4096
"""How much of a workbook, a catalogue or an edition is read, and of a key."""

if TYPE_CHECKING:
    from victim_id.authoring.columns import Translation
    from victim_id.instrument.instrument import Instrument


def xlsform_export(options: argparse.Namespace) -> int:
    """Writes the questions into a workbook."""
    write_workbook = _tool_of_authors("workbook").write_workbook
    languages = [language(tag) for tag in options.language if tag != "en"]
    write(options.file, write_workbook(load(options.folder or shipped("indicators")), languages))
    return 0


def xlsform_import(options: argparse.Namespace) -> int:
    """Puts the questions of a workbook back into the content."""
    from victim_id.authoring.merging import merge  # noqa: PLC0415

    book = _tool_of_authors("reading").read_workbook(read_outside(options.file, MOST_BYTES), options.file.name)
    before = content_of(options.folder)
    after = merge(before, book)
    for path in sorted(set(before) | set(after)):
        if path not in after:
            (options.folder / path).unlink()
        elif before.get(path) != after[path]:
            (options.folder / path).parent.mkdir(parents=True, exist_ok=True)
            write(options.folder / path, after[path])
        else:
            continue
        print(f"changed: {path}")
    if options.locales:
        _retranslate(book.translations, options.locales)
    found = report(options.folder)
    print(as_lines(found))
    return 1 if found.problems else 0


def _retranslate(translations: Iterable["Translation"], folder: Path) -> None:
    from victim_id.authoring.catalogues import retranslated  # noqa: PLC0415

    told = list(translations)
    for tag, reader in sorted({(one.tag, one.reader) for one in told}):
        place = folder / language(tag).locale / "LC_MESSAGES" / f"{DOMAIN[reader]}.po"
        before = read_outside(place, MOST_BYTES)
        after = retranslated(before, [one for one in told if (one.tag, one.reader) == (tag, reader)])
        if after != before:
            write(place, after)
            print(f"changed: {place.relative_to(folder).as_posix()}")


def _tool_of_authors(name: str) -> ModuleType:
    """Loads what reads or writes workbooks; its library is a tool of authors and not part of the program."""
    if importlib.util.find_spec("openpyxl") is None:
        raise Machine("openpyxl", "is not installed", "please use a checkout of the program after make test")
    return importlib.import_module(f"victim_id.authoring.{name}")


def edition_key(options: argparse.Namespace) -> int:
    """Makes a signing key."""
    public = options.file.with_name(f"{options.file.name}.pub")
    for path in (options.file, public):
        if path.exists():
            raise WrongInput(path.name, "is there already", "please give another name; a key is never overwritten")
    key = make_signing_key()
    write(options.file, signing_key_file(key))
    write(public, verifying_file(verifying_key(key)))
    print(verifying_key(key))
    return 0


def edition_export(options: argparse.Namespace) -> int:
    """Writes the content as one file, signed when a key is given."""
    key = read_signing_key(read_outside(options.key, MOST_KEY), options.key.name) if options.key else None
    archive = write_edition(content_of(options.folder or shipped("indicators"), training=True))
    write(options.file, archive)
    if key:
        write(_signature_of(options.file), sign_edition(archive, key))
    else:
        print(f"not signed yet: minisign -S -m {options.file.name}")
    return 0


def edition_verify(options: argparse.Namespace) -> int:
    """Tells whether a file is an edition that a trusted key signed."""
    archive, signature = (
        read_outside(options.file, MOST_BYTES),
        read_outside(_signature_of(options.file), MOST_SIGNATURE),
    )
    _say_edition(verify_edition(archive, signature, _trusted(options), options.file.name).instrument)
    return 0


def edition_import(options: argparse.Namespace) -> int:
    """Verifies an edition and keeps it as the one in use."""
    trusted, archive = _trusted(options), read_outside(options.file, MOST_BYTES)
    folder = options.to or Places.usual().editions
    kept = placed_edition(folder, [*trusted_in(folder), *trusted])
    new = place_edition(
        archive,
        read_outside(_signature_of(options.file), MOST_SIGNATURE),
        folder,
        trusted=trusted,
        in_use=kept.instrument if kept else load(shipped("indicators")),
        older_too=options.older,
        where=options.file.name,
    )
    _say_edition(new.instrument)
    return 0


def organisation_check(options: argparse.Namespace) -> int:
    """Says every problem of an organisation's file, and whether the key it names signed it."""
    content, found = _organisation(options.file)
    verify(
        content, read_outside(_signature_of(options.file), organisation.MOST_SIGNATURE), found.key, options.file.name
    )
    print(f"number {found.number}, signed; compare the digits of its key by voice: {found.digits}")
    return 0


def organisation_sign(options: argparse.Namespace) -> int:
    """Signs an organisation's file; one that names another key hands over to that key."""
    key = read_signing_key(read_outside(options.key, MOST_KEY), options.key.name)
    content, found = _organisation(options.file)
    write(_signature_of(options.file), sign(content, key, f"organisation {found.number}"))
    print(f"number {found.number}, signed; digits of the key that signed: {organisation.spoken(verifying_key(key))}")
    if found.key != verifying_key(key):
        print(
            f"{options.file.name}: key: is another one, {found.digits}; vaults that know the key that signed go over to it, all others refuse the file",
            file=sys.stderr,
        )
    return 0


def _organisation(file: Path) -> tuple[bytes, organisation.Organisation]:
    content = read_outside(file, organisation.MOST_FILE)
    return content, organisation.read_organisation(content, load(shipped("indicators")))


def _say_edition(instrument: "Instrument") -> None:
    edition = instrument.edition
    print(
        f"edition {edition.id} {edition.number}, fingerprint {instrument.fours}, adopted by {edition.adopted_by or 'nobody yet'}"
    )


def _trusted(options: argparse.Namespace) -> list[str]:
    """Reads the minisign public keys that were named; a .pub file has the key on its second line."""
    lines = [
        read_outside(path, MOST_KEY).decode("ascii", "replace").strip().splitlines() or [""] for path in options.key
    ]
    return [check_verifying_key(line[-1].strip(), path.name) for line, path in zip(lines, options.key, strict=True)]


def _signature_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.minisig")
