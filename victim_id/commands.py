"""The commands: the second client, which keeps the core honest. Results on stdout, one line a failure on stderr.

Exit status: 0 done, 1 worked but found problems, 2 wrong input or usage, 3 cannot be opened, 4 the machine, 70 a bug,
130 stopped by Ctrl-C.
Only `demo` and the window load Qt.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from victim_id import __version__, vault_parsers
from victim_id.errors import Failure, Machine, TooLarge, WrongContent
from victim_id.resources import shipped
from victim_id.vault_parsers import later

BUG, STOPPED = 70, 130
MOST_CASES = 256 * 1024**2


def run(arguments: list[str]) -> int:
    """Runs a command line and gives its exit status."""
    _keep_to_oneself()
    options = _parser().parse_args(arguments)
    deed: Callable[[argparse.Namespace], int] = options.deed
    try:
        return deed(options)
    except WrongContent as wrong:
        for problem in wrong.problems:
            print(f"{problem.where}: {problem.what}; {problem.either}", file=sys.stderr)
        return wrong.exit_status
    except Failure as failure:
        print(failure if failure.either else f"{failure}; {_way(failure)}", file=sys.stderr)
        return failure.exit_status
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = Path(str(error.filename or "machine")).name
        print(f"{where}: {error.strerror}; {_way(Machine())}", file=sys.stderr)
        return Machine.exit_status
    except Exception as bug:  # noqa: BLE001  whatever is not ours is a bug; its words may be somebody's answers
        last = traceback.extract_tb(bug.__traceback__)[-1]
        print(f"bug: {type(bug).__name__} in {Path(last.filename).name} line {last.lineno}", file=sys.stderr)
        return BUG


def _way(failure: Failure) -> str:
    """Gives what can be done about a failure that does not say so itself."""
    from victim_id.language import language  # noqa: PLC0415  only where something failed
    from victim_id.troubles import trouble  # noqa: PLC0415  as above

    way = trouble(language("en"), failure).way
    return f"{way[0].lower()}{way[1:].rstrip('.')}"


def _keep_to_oneself() -> None:
    """Makes every file readable by its owner alone; no picture of the memory is left when the program dies, and on
    Linux no other program of the same user may look into it while it lives (prctl(2), PR_SET_DUMPABLE).
    """
    os.umask(0o077)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  Windows has none

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415  only there

        dumpable = 4  # PR_SET_DUMPABLE
        ctypes.CDLL(None).prctl(dumpable, 0, 0, 0, 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="victim_id",
        description="An encrypted, offline assistant that helps to recognise victims of human trafficking. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"victim_id {__version__}")
    parser.add_argument("--vault", type=Path, help="folder of the vault, instead of the usual one")
    parser.add_argument(
        "--practice", action="store_true", help="open the window to practise on invented stories, without a vault"
    )
    parser.add_argument("--wait", action="store_true", help=argparse.SUPPRESS)
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

    _author_parsers(commands)
    vault_parsers.add(commands)
    return parser


def _author_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds what authors and administrators use: forms of the ODK tools, signed editions, the organisation's file."""
    xlsform = commands.add_parser("xlsform", help="edit the questions as an XLSForm workbook").add_subparsers(
        metavar="DEED", required=True
    )
    write = xlsform.add_parser("export", help="write the questions of DIR into the workbook FILE")
    write.add_argument("file", metavar="FILE", type=Path)
    write.add_argument("folder", metavar="DIR", nargs="?", type=Path, help="content, instead of the shipped one")
    write.add_argument("--language", metavar="TAG", action="append", default=[], help="a language beside the English")
    write.set_defaults(deed=later(_author, "xlsform_export"))
    take = xlsform.add_parser("import", help="put the questions of the workbook FILE back into the content in DIR")
    take.add_argument("file", metavar="FILE", type=Path)
    take.add_argument("folder", metavar="DIR", type=Path)
    take.add_argument("--locales", metavar="DIR", type=Path, help="catalogues that take changed translations")
    take.set_defaults(deed=later(_author, "xlsform_import"))

    edition = commands.add_parser("edition", help="carry a signed edition of the content").add_subparsers(
        metavar="DEED", required=True
    )
    key = edition.add_parser("key", help="make a signing key FILE, and its public half FILE.pub")
    key.add_argument("file", metavar="FILE", type=Path)
    key.set_defaults(deed=later(_author, "edition_key"))
    write = edition.add_parser("export", help="write the content as FILE, signed in FILE.minisig")
    write.add_argument("file", metavar="FILE", type=Path)
    write.add_argument("folder", metavar="DIR", nargs="?", type=Path, help="content, instead of the shipped one")
    write.add_argument("--key", metavar="SECRET", type=Path, help="signing key; without it, sign with minisign -S")
    write.set_defaults(deed=later(_author, "edition_export"))
    for name, deed, words in (
        ("verify", later(_author, "edition_verify"), "tell whether FILE is an edition signed by KEY"),
        ("import", later(_author, "edition_import"), "verify FILE and keep it as the edition in use"),
    ):
        take = edition.add_parser(name, help=words)
        take.add_argument("file", metavar="FILE", type=Path)
        take.add_argument("--key", metavar="PUB", type=Path, action="append", default=[], help="a trusted public key")
        take.set_defaults(deed=deed)
    take.add_argument("--to", metavar="DIR", type=Path, help="instead of where this installation looks for it")
    take.add_argument("--older", action="store_true", help="take it although it is older than the one in use")

    organisation = commands.add_parser("organisation", help="check and sign an organisation.toml").add_subparsers(
        metavar="DEED", required=True
    )
    look = organisation.add_parser("check", help="say every problem of FILE, and whether FILE.minisig signs it")
    look.add_argument("file", metavar="FILE", type=Path)
    look.set_defaults(deed=later(_author, "organisation_check"))
    put = organisation.add_parser("sign", help="check FILE and write FILE.minisig")
    put.add_argument("file", metavar="FILE", type=Path)
    put.add_argument("--key", metavar="SECRET", type=Path, required=True, help="signing key; edition key makes one")
    put.set_defaults(deed=later(_author, "organisation_sign"))


def _author() -> ModuleType:
    from victim_id import author_commands  # noqa: PLC0415  only where one is used

    return author_commands


def _window(options: argparse.Namespace) -> int:
    from victim_id.ui.app import open_window  # noqa: PLC0415  only the window loads Qt

    return open_window(options.vault, practice=options.practice, wait=options.wait)


def _assess(options: argparse.Namespace) -> int:
    from victim_id.assessment.exchange import assessed, read_cases  # noqa: PLC0415
    from victim_id.instrument.load import load  # noqa: PLC0415
    from victim_id.outside import read_outside  # noqa: PLC0415

    if options.file == "-":
        content = sys.stdin.buffer.read(MOST_CASES + 1)
        if len(content) > MOST_CASES:
            raise TooLarge("standard input", f"is larger than the {MOST_CASES} bytes that are read")
    else:
        content = read_outside(Path(options.file), MOST_CASES)
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
