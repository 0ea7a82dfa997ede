"""The commands: the second client, which keeps the core honest. Results on stdout, one line a failure on stderr.

Exit status: 0 done, 1 worked but found problems, 2 wrong input or usage, 3 cannot be opened, 4 the machine, 70 a bug.
Only `demo` and the window load Qt.
"""

import argparse
import contextlib
import importlib.util
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from victim_id import __version__
from victim_id.errors import Failure, Machine, NotForYou, TooLarge, WrongContent, WrongInput
from victim_id.resources import shipped

if TYPE_CHECKING:
    from victim_id.authoring.columns import Translation
    from victim_id.instrument.instrument import Instrument

BUG = 70
MOST_BYTES, MOST_PACKAGE = 256 * 1024**2, 2 * 1024**3


def run(arguments: list[str]) -> int:
    """Runs a command line and gives its exit status."""
    os.umask(0o077)
    options = _parser().parse_args(arguments)
    deed: Callable[[argparse.Namespace], int] = options.deed
    try:
        return deed(options)
    except WrongContent as wrong:
        for problem in wrong.problems:
            print(f"{problem.where}: {problem.what}; {problem.either}", file=sys.stderr)
        return wrong.exit_status
    except Failure as failure:
        print(str(failure), file=sys.stderr)
        return failure.exit_status
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"{Path(str(error.filename or 'machine')).name}: {error.strerror}", file=sys.stderr)
        return Machine.exit_status
    except Exception as bug:  # noqa: BLE001  whatever is not ours is a bug; its words may be somebody's answers
        last = traceback.extract_tb(bug.__traceback__)[-1]
        print(f"bug: {type(bug).__name__} in {Path(last.filename).name} line {last.lineno}", file=sys.stderr)
        return BUG


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="victim_id",
        description="An encrypted, offline assistant that helps to recognise victims of human trafficking. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"victim_id {__version__}")
    parser.add_argument("--vault", type=Path, help="folder of the vault, instead of the usual one")
    parser.set_defaults(deed=_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    assess = commands.add_parser(
        "assess",
        help="assess cases given as JSON, by indicator truth",
        description="Reads one JSON object or an array of them from FILE (or - for standard input) and prints the assessments as JSON in the same order.",
    )
    assess.add_argument("file", metavar="FILE")
    assess.set_defaults(deed=_assess)

    check = commands.add_parser(
        "check",
        help="look through the content",
        description="Reads the content strictly and says every problem: where, what, and what would be right.",
    )
    check.add_argument(
        "folder", metavar="DIR", nargs="?", type=Path, help="a folder of content, instead of the shipped one"
    )
    check.add_argument("--json", action="store_true", help="print counts and problems as JSON")
    check.set_defaults(deed=_check)

    demo = commands.add_parser(
        "demo",
        help="walk a training case through the whole flow, without a screen",
        description="Walks a training case from unlocking to the sealed package, with a real vault and real pages, and leaves everything in DIR.",
    )
    demo.add_argument("--out", metavar="DIR", type=Path, required=True)
    demo.add_argument("--profile", default="LU", help="legal profile: BE, LU, NL or INT")
    demo.add_argument("--language", default="fr", help="language of the worker and of the form")
    demo.add_argument("--person-language", default="en", help="language of the person")
    demo.set_defaults(deed=_demo)

    test = commands.add_parser(
        "self-test",
        help="try vault, assessment, form, seal and opening on this machine",
        description="Tries vault, assessment, form, seal and opening on this machine, in a folder of its own that is removed.",
    )
    test.add_argument("--json", action="store_true", help="print the steps as JSON")
    test.set_defaults(deed=_self_test)

    history = commands.add_parser(
        "history",
        help="verify the history of a vault",
        description="Walks the history of a vault line by line, and tells the first that is not as it was written.",
    )
    history.add_argument("--verify", action="store_true", required=True)
    history.add_argument("--vault", type=Path, default=argparse.SUPPRESS, help="as before the command")
    history.add_argument("--passphrase-stdin", action="store_true", help="read the passphrase from standard input")
    history.set_defaults(deed=_history)

    opening = commands.add_parser(
        "open",
        help="open a package with a key and write its parts IN CLEAR",
        description="Opens a package with an age identity file and writes its parts, unsealed, into a new folder.",
    )
    opening.add_argument("package", metavar="PACKAGE", type=Path)
    opening.add_argument("--key", metavar="FILE", type=Path, required=True, help="an age identity file")
    opening.add_argument("--in-clear", metavar="DIR", type=Path, required=True, help="a folder that is not there yet")
    opening.set_defaults(deed=_open)

    _author_parsers(commands)
    return parser


def _passphrase(options: argparse.Namespace) -> str:
    if options.passphrase_stdin:
        return sys.stdin.readline().rstrip("\n")
    import getpass  # noqa: PLC0415  only a terminal needs it

    return getpass.getpass("Passphrase: ")


def _author_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds what authors of the content use: forms of the ODK tools, and signed editions."""
    xlsform = commands.add_parser("xlsform", help="edit the questions as an XLSForm workbook").add_subparsers(
        metavar="DEED", required=True
    )
    write = xlsform.add_parser("export", help="write the questions of DIR into the workbook FILE")
    write.add_argument("file", metavar="FILE", type=Path)
    write.add_argument("folder", metavar="DIR", nargs="?", type=Path, help="content, instead of the shipped one")
    write.add_argument("--language", metavar="TAG", action="append", default=[], help="a language beside the English")
    write.set_defaults(deed=_xlsform_export)
    take = xlsform.add_parser("import", help="put the questions of the workbook FILE back into the content in DIR")
    take.add_argument("file", metavar="FILE", type=Path)
    take.add_argument("folder", metavar="DIR", type=Path)
    take.add_argument("--locales", metavar="DIR", type=Path, help="catalogues that take changed translations")
    take.set_defaults(deed=_xlsform_import)

    edition = commands.add_parser("edition", help="carry a signed edition of the content").add_subparsers(
        metavar="DEED", required=True
    )
    key = edition.add_parser("key", help="make a signing key FILE, and its public half FILE.pub")
    key.add_argument("file", metavar="FILE", type=Path)
    key.set_defaults(deed=_edition_key)
    write = edition.add_parser("export", help="write the content as FILE, signed in FILE.minisig")
    write.add_argument("file", metavar="FILE", type=Path)
    write.add_argument("folder", metavar="DIR", nargs="?", type=Path, help="content, instead of the shipped one")
    write.add_argument("--key", metavar="SECRET", type=Path, help="signing key; without it, sign with minisign -S")
    write.set_defaults(deed=_edition_export)
    for name, deed, words in (
        ("verify", _edition_verify, "tell whether FILE is an edition signed by KEY"),
        ("import", _edition_import, "verify FILE and keep it as the edition in use"),
    ):
        take = edition.add_parser(name, help=words)
        take.add_argument("file", metavar="FILE", type=Path)
        take.add_argument("--key", metavar="PUB", type=Path, action="append", default=[], help="a trusted public key")
        take.set_defaults(deed=deed)
    take.add_argument("--to", metavar="DIR", type=Path, help="instead of where this installation looks for it")
    take.add_argument("--older", action="store_true", help="take it although it is older than the one in use")


def _window(options: argparse.Namespace) -> int:
    from victim_id.ui.app import open_window  # noqa: PLC0415  only the window loads Qt

    return open_window(options.vault)


def _assess(options: argparse.Namespace) -> int:
    from victim_id.assessment.exchange import assessed, read_cases  # noqa: PLC0415
    from victim_id.instrument.load import load  # noqa: PLC0415

    try:
        content = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
    except FileNotFoundError:
        raise WrongInput(options.file, "is not there", "please give a file, or - for standard input") from None
    except IsADirectoryError:
        raise WrongInput(options.file, "is a folder", "please give a file, or - for standard input") from None
    instrument = load(shipped("indicators"))
    cases = read_cases(content, instrument)
    for piece in assessed(cases, instrument):
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.write(b"\n")
    sys.stdout.flush()
    return 0


def _check(options: argparse.Namespace) -> int:
    from victim_id.instrument.report import as_json, as_lines, report  # noqa: PLC0415

    found = report(options.folder or shipped("indicators"))
    print(as_json(found) if options.json else as_lines(found))
    return 1 if found.problems else 0


def _demo(options: argparse.Namespace) -> int:
    from victim_id.ui.demo import demo  # noqa: PLC0415

    return demo(options.out, options.profile, options.language, options.person_language)


def _self_test(options: argparse.Namespace) -> int:
    from victim_id.selftest import as_json, self_test  # noqa: PLC0415

    steps = []
    for step in self_test():
        steps.append(step)
        if not options.json:
            print(f"{step.name}: {step.outcome} ({step.milliseconds} ms)", flush=True)
    if options.json:
        print(as_json(steps))
    return 0 if all(step.good for step in steps) else 1


def _history(options: argparse.Namespace) -> int:
    from datetime import UTC, datetime  # noqa: PLC0415

    from victim_id.places import Places  # noqa: PLC0415
    from victim_id.workspace import Workspace  # noqa: PLC0415

    space = Workspace.unlock(options.vault or Places.usual().vault, _passphrase(options), now=lambda: datetime.now(UTC))
    try:
        head = space.verify_history()
    finally:
        space.close()
    print(f"{head.seq} lines, every one as it was written; head {head.link}")
    return 0


def _open(options: argparse.Namespace) -> int:
    from victim_id.referral.package import read_package  # noqa: PLC0415
    from victim_id.sealing import read_identity_file  # noqa: PLC0415

    sealed, where = _bytes(options.package, MOST_PACKAGE), options.package.name
    if options.in_clear.exists():
        raise WrongInput(str(options.in_clear), "is there already", "please name a new folder")
    package = None
    for identity in read_identity_file(_bytes(options.key), options.key.name):
        with contextlib.suppress(NotForYou):
            package = read_package(sealed, identity, where=where)
    if package is None:
        raise NotForYou(where, "is sealed for another key")
    for name, content in package.parts.items():
        (options.in_clear / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _put(options.in_clear / name, content)
        print(name)
    sender = _one_line(package.manifest.sender.organisation) or "somebody without a name"
    print(f"signed by {sender}; whether the key is theirs, only a voice can tell")
    return 0


def _xlsform_export(options: argparse.Namespace) -> int:
    from victim_id.instrument.load import load  # noqa: PLC0415
    from victim_id.language import language  # noqa: PLC0415

    write_workbook = _tool_of_authors("workbook").write_workbook
    languages = [language(tag) for tag in options.language if tag != "en"]
    _put(options.file, write_workbook(load(options.folder or shipped("indicators")), languages))
    return 0


def _xlsform_import(options: argparse.Namespace) -> int:
    from victim_id.authoring.merging import merge  # noqa: PLC0415
    from victim_id.instrument.load import content_files  # noqa: PLC0415
    from victim_id.instrument.report import as_lines, report  # noqa: PLC0415

    book = _tool_of_authors("reading").read_workbook(_bytes(options.file), options.file.name)
    before = {path.relative_to(options.folder).as_posix(): path.read_bytes() for path in content_files(options.folder)}
    after = merge(before, book)
    for path in sorted(set(before) | set(after)):
        if path not in after:
            (options.folder / path).unlink()
        elif before.get(path) != after[path]:
            (options.folder / path).parent.mkdir(parents=True, exist_ok=True)
            _put(options.folder / path, after[path])
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
    from victim_id.language import DOMAIN, language  # noqa: PLC0415

    told = list(translations)
    for tag, reader in sorted({(one.tag, one.reader) for one in told}):
        place = folder / language(tag).locale / "LC_MESSAGES" / f"{DOMAIN[reader]}.po"
        before = _bytes(place)
        after = retranslated(before, [one for one in told if (one.tag, one.reader) == (tag, reader)])
        if after != before:
            _put(place, after)
            print(f"changed: {place.relative_to(folder).as_posix()}")


def _tool_of_authors(name: str) -> ModuleType:
    """Loads what reads or writes workbooks; its library is a tool of authors and not part of the program."""
    if importlib.util.find_spec("openpyxl") is None:
        raise Machine("openpyxl", "is not installed", "please use a checkout of the program after make test")
    return importlib.import_module(f"victim_id.authoring.{name}")


def _edition_key(options: argparse.Namespace) -> int:
    from victim_id.instrument.editions import signing_key_file  # noqa: PLC0415
    from victim_id.sealing import make_signing_key, verifying_file, verifying_key  # noqa: PLC0415

    public = options.file.with_name(f"{options.file.name}.pub")
    for path in (options.file, public):
        if path.exists():
            raise WrongInput(path.name, "is there already", "please give another name; a key is never overwritten")
    key = make_signing_key()
    _put(options.file, signing_key_file(key))
    _put(public, verifying_file(verifying_key(key)))
    print(verifying_key(key))
    return 0


def _edition_export(options: argparse.Namespace) -> int:
    from victim_id.instrument.editions import (  # noqa: PLC0415
        edition_files,
        read_signing_key,
        sign_edition,
        write_edition,
    )

    key = read_signing_key(_bytes(options.key), options.key.name) if options.key else None
    archive = write_edition(edition_files(options.folder or shipped("indicators")))
    _put(options.file, archive)
    if key:
        _put(_signature_of(options.file), sign_edition(archive, key))
    else:
        print(f"not signed yet: minisign -S -m {options.file.name}")
    return 0


def _edition_verify(options: argparse.Namespace) -> int:
    from victim_id.instrument.editions import verify_edition  # noqa: PLC0415

    archive, signature = _bytes(options.file), _bytes(_signature_of(options.file))
    _say_edition(verify_edition(archive, signature, _trusted(options), options.file.name).instrument)
    return 0


def _edition_import(options: argparse.Namespace) -> int:
    from victim_id.instrument.editions import place_edition, placed_edition, trust  # noqa: PLC0415
    from victim_id.instrument.load import load  # noqa: PLC0415
    from victim_id.places import Places  # noqa: PLC0415

    trusted, archive = _trusted(options), _bytes(options.file)
    folder = options.to or Places.usual().editions
    kept = placed_edition(folder, trusted)
    new = place_edition(
        archive,
        _bytes(_signature_of(options.file)),
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
    edition, found = instrument.edition, instrument.fingerprint
    fours = " ".join(found[at : at + 4] for at in range(0, 16, 4))
    print(
        f"edition {edition.id} {edition.number}, fingerprint {fours}, adopted by {edition.adopted_by or 'nobody yet'}"
    )


def _trusted(options: argparse.Namespace) -> list[str]:
    """Reads the minisign public keys that were named; a .pub file has the key on its second line."""
    from victim_id.sealing import check_verifying_key  # noqa: PLC0415

    lines = [_bytes(path).decode("ascii", "replace").strip().splitlines() or [""] for path in options.key]
    return [check_verifying_key(line[-1].strip(), path.name) for line, path in zip(lines, options.key, strict=True)]


def _signature_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.minisig")


def _one_line(text: str) -> str:
    """Gives a stranger's words without signs that a terminal would obey."""
    return "".join(sign for sign in text if sign.isprintable())[:200]


def _bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    try:
        if path.stat().st_size > most:
            raise TooLarge(path.name, f"{path.stat().st_size} bytes; at most {most} are read")
        return path.read_bytes()
    except FileNotFoundError:
        raise WrongInput(path.name, "is not there", "please give a file") from None
    except IsADirectoryError:
        raise WrongInput(path.name, "is a folder", "please give a file") from None


def _put(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all, for its owner only; a link in its place is replaced and never followed."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
