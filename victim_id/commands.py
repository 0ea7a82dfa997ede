"""The commands: the second client, which keeps the core honest. Results on stdout, one line a failure on stderr.

Exit status: 0 done, 1 worked but found problems, 2 wrong input or usage, 3 cannot be opened, 4 the machine, 70 a bug.
Only `demo` and the window load Qt.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from victim_id import __version__
from victim_id.errors import Failure, Machine, WrongContent, WrongInput
from victim_id.resources import shipped

BUG = 70


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
        print(f"{Path(error.filename).name if error.filename else 'machine'}: {error.strerror}", file=sys.stderr)
        return Machine.exit_status


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
    return parser


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
