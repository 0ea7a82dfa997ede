"""The commands over a vault, opened with a worker's passphrase, and over a package that left one."""

import argparse
import contextlib
import getpass
import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime

from victim_id.errors import NotForYou, WrongInput
from victim_id.language import language, languages
from victim_id.outside import read_outside
from victim_id.places import Places
from victim_id.referral.package import read_package
from victim_id.sealing import read_identity_file
from victim_id.telling import sentence
from victim_id.vault import CaseRow
from victim_id.vault import salvage as salvaging
from victim_id.vault.folder import write
from victim_id.workspace import Workspace

MOST_PACKAGE, MOST_KEY = 2 * 1024**3, 64 * 1024


def now() -> datetime:
    """Gives the time of the machine."""
    return datetime.now(UTC)


def ask_passphrase(options: argparse.Namespace, words: str = "Passphrase: ") -> str:
    """Gives the next line of standard input where that is wished, or else what is typed at the terminal."""
    if options.passphrase_stdin:
        return sys.stdin.readline(MOST_KEY).rstrip("\r\n")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(words)
    except (EOFError, getpass.GetPassWarning):
        raise WrongInput(
            "passphrase", "there is no terminal to type it in", "please give it with --passphrase-stdin"
        ) from None


@contextlib.contextmanager
def unlocked(options: argparse.Namespace) -> Iterator[Workspace]:
    """Opens the vault that is meant with a worker's passphrase, with the edition in use, and closes it again."""
    usual = Places.usual()
    vault, passphrase = options.vault or usual.vault, ask_passphrase(options)
    space = Workspace.unlock(vault, passphrase, now=now, editions=usual.editions, organisation=usual.organisation)
    try:
        yield space
    finally:
        space.close()


def history(options: argparse.Namespace) -> int:
    """Lists the history, or verifies it."""
    if options.list:
        return _list_history(options)
    key = options.key
    identities = read_identity_file(read_outside(key, MOST_KEY), key.name) if key else []
    with unlocked(options) as space:
        head = space.verify_history(options.kept, identities)
    print(f"{head.seq} lines, every one as it was written; head {head.link}")
    return 0


def _list_history(options: argparse.Namespace) -> int:
    english = language("en")
    with unlocked(options) as space:
        case = _case(space, options.case).id if options.case else ""
        for told in space.telling.all(case):
            words = (sentence(english, space.instrument, told), *(["the clock is in doubt"] if told.doubt else []))
            print(*map(_printable, (told.at, told.who or "-", told.code or "-", "; ".join(words))), sep="\t")
    return 0


def _case(space: Workspace, code: str) -> CaseRow:
    """Gives the line of the list of the case with a code."""
    code = code.upper()
    row = next((row for row in space.caseload.cases(state="", text=code) if row.code == code), None)
    if row is None:
        raise WrongInput(code, "is no case of this vault", "please give its code, such as 7F2-KQD")
    return row


def salvage(options: argparse.Namespace) -> int:
    """Makes a new vault out of what can be read of a damaged one."""
    source = options.vault or Places.usual().vault
    found = salvaging.salvage(source, ask_passphrase(options), options.to, now=now)
    print(f"{found.cases} cases are whole, {len(found.lost)} are lost")
    print(f"{found.lines} lines of the history and {found.drafts} half-typed answers were read")
    for code in found.lost:
        print(f"{code}: lost", file=sys.stderr)
    return 1 if found.lost else 0


def seal(options: argparse.Namespace) -> int:
    """Seals the referral of a case, a file for each recipient."""
    if not options.out.is_dir():
        raise WrongInput(options.out.name, "is no folder", "please name a folder that is there")
    if options.language is not None and options.language not in languages():
        raise WrongInput(
            options.language, "is no language of the forms", f"please name one of {', '.join(languages())}"
        )
    with unlocked(options) as space:
        recipients = tuple(dict.fromkeys(options.to))
        case = space.caseload.case(_case(space, options.case).id)
        known = space.caseload.instrument_of(case).recipient
        for name in recipients:
            if name not in known or not known[name].variant:
                raise WrongInput(name, "is no recipient that a referral goes to", "please take one of the directory")
        own = (tag for tag in space.caseload.instrument_of(case).profile[case.profile].languages if tag in languages())
        tag = options.language or next(own, "en")
        for path in space.post.seal(case.id, recipients, tag, options.out):
            print(path.name)
        for name in sorted(set(recipients) - space.post.compared()):
            print(f"{name}: its card was not compared by voice yet; please call a number you have", file=sys.stderr)
    return 0


def open_package(options: argparse.Namespace) -> int:
    """Writes the parts of a package into a new folder, in clear."""
    sealed, where = read_outside(options.package, MOST_PACKAGE), options.package.name
    if options.in_clear.exists():
        raise WrongInput(str(options.in_clear), "is there already", "please name a new folder")
    package = None
    for identity in read_identity_file(read_outside(options.key, MOST_KEY), options.key.name):
        with contextlib.suppress(NotForYou):
            package = read_package(sealed, identity, where=where)
    if package is None:
        raise NotForYou(where, "is sealed for another key")
    for name, content in package.parts.items():
        (options.in_clear / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(options.in_clear / name, content)
        print(name)
    sender = _one_line(package.manifest.sender.organisation) or "somebody without a name"
    print(f"signed by {sender}; whether the key is theirs, only a voice can tell")
    return 0


def _one_line(text: str) -> str:
    """Gives a stranger's words without signs that a terminal would obey."""
    return _printable(text)[:200]


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())
