"""The commands of those who write the content: workbooks for the ODK tools, and signed editions on a stick."""

import argparse
import importlib.util
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from victim_id.errors import Machine, TooLarge, WrongInput
from victim_id.instrument.editions import (
    edition_files,
    place_edition,
    placed_edition,
    read_signing_key,
    sign_edition,
    signing_key_file,
    trust,
    verify_edition,
    write_edition,
)
from victim_id.instrument.load import content_files, load
from victim_id.instrument.report import as_lines, report
from victim_id.language import DOMAIN, language
from victim_id.places import Places
from victim_id.resources import shipped
from victim_id.sealing import check_verifying_key, make_signing_key, verifying_file, verifying_key
from victim_id.vault.folder import write

MOST_BYTES = 256 * 1024**2

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

    book = _tool_of_authors("reading").read_workbook(read_file(options.file), options.file.name)
    before = {path.relative_to(options.folder).as_posix(): path.read_bytes() for path in content_files(options.folder)}
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
        before = read_file(place)
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
    key = read_signing_key(read_file(options.key), options.key.name) if options.key else None
    archive = write_edition(edition_files(options.folder or shipped("indicators")))
    write(options.file, archive)
    if key:
        write(_signature_of(options.file), sign_edition(archive, key))
    else:
        print(f"not signed yet: minisign -S -m {options.file.name}")
    return 0


def edition_verify(options: argparse.Namespace) -> int:
    """Tells whether a file is an edition that a trusted key signed."""
    archive, signature = read_file(options.file), read_file(_signature_of(options.file))
    _say_edition(verify_edition(archive, signature, _trusted(options), options.file.name).instrument)
    return 0


def edition_import(options: argparse.Namespace) -> int:
    """Verifies an edition and keeps it as the one in use."""
    trusted, archive = _trusted(options), read_file(options.file)
    folder = options.to or Places.usual().editions
    kept = placed_edition(folder, trusted)
    new = place_edition(
        archive,
        read_file(_signature_of(options.file)),
        folder,
        trusted=trusted,
        in_use=kept.instrument if kept else load(shipped("indicators")),
        older_too=options.older,
        where=options.file.name,
    )
    trust(folder, trusted)
    _say_edition(new.instrument)
    return 0


def _say_edition(instrument: "Instrument") -> None:
    edition = instrument.edition
    print(
        f"edition {edition.id} {edition.number}, fingerprint {instrument.fours}, adopted by {edition.adopted_by or 'nobody yet'}"
    )


def _trusted(options: argparse.Namespace) -> list[str]:
    """Reads the minisign public keys that were named; a .pub file has the key on its second line."""
    lines = [read_file(path).decode("ascii", "replace").strip().splitlines() or [""] for path in options.key]
    return [check_verifying_key(line[-1].strip(), path.name) for line, path in zip(lines, options.key, strict=True)]


def _signature_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.minisig")


def read_file(path: Path, most: int = MOST_BYTES) -> bytes:
    """Reads a file that was named, of at most `most` bytes; one that is not there is wrong input."""
    try:
        if path.stat().st_size > most:
            raise TooLarge(path.name, f"{path.stat().st_size} bytes; at most {most} are read")
        return path.read_bytes()
    except FileNotFoundError:
        raise WrongInput(path.name, "is not there", "please give a file") from None
    except IsADirectoryError:
        raise WrongInput(path.name, "is a folder", "please give a file") from None
