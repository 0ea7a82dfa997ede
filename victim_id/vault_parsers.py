"""What the commands over a vault take, over what leaves it, and over the organisation's own key; the deeds are loaded only when one is used."""

import argparse
from collections.abc import Callable
from pathlib import Path
from types import ModuleType


def later(room: Callable[[], ModuleType], name: str) -> Callable[[argparse.Namespace], int]:
    """Gives a deed of a room of commands, which is loaded only when one of its deeds is used."""

    def deed(options: argparse.Namespace) -> int:
        found: Callable[[argparse.Namespace], int] = getattr(room(), name)
        return found(options)

    return deed


def _vault() -> ModuleType:
    from victim_id import vault_commands  # noqa: PLC0415  said plainly, so that the packaged program has it too

    return vault_commands


def _key() -> ModuleType:
    from victim_id import key_commands  # noqa: PLC0415  as above

    return key_commands


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds what is done with a vault, and with a package that left one."""
    history = commands.add_parser(
        "history",
        help="list or verify the history of a vault",
        description="Lists who did what in a vault, the newest first; or walks its history line by line, compares it with its backups at every place that is known and at hand, and tells the first line that is not as it was written.",
    )
    way = history.add_mutually_exclusive_group(required=True)
    way.add_argument("--verify", action="store_true")
    way.add_argument("--list", action="store_true")
    history.add_argument("--case", metavar="CODE", help="list the lines of one case, such as 7F2-KQD")
    history.add_argument(
        "--with",
        dest="kept",
        metavar="FOLDER|PACKAGE",
        type=Path,
        action="append",
        default=[],
        help="compare also with the backups in FOLDER, or with a PACKAGE that left from here",
    )
    history.add_argument("--key", metavar="FILE", type=Path, help="age identity file that opens the package")
    _opens_a_vault(history)
    history.set_defaults(deed=later(_vault, "history"))

    saving = commands.add_parser(
        "salvage",
        help="save what can be read of a damaged vault",
        description="Makes a new vault in DIR out of what can be read of a damaged one, which stays as it is, and tells what is lost.",
    )
    saving.add_argument("--to", metavar="DIR", type=Path, required=True, help="a new or empty folder")
    _opens_a_vault(saving)
    saving.set_defaults(deed=later(_vault, "salvage"))

    sealing = commands.add_parser(
        "seal",
        help="seal the referral of a case for a recipient",
        description="Seals the referral of a case for each recipient named, a file each, exactly as the window does: with the person's consent where it is needed, and with a history line.",
    )
    sealing.add_argument("case", metavar="CASE", help="the code of the case, such as 7F2-KQD")
    sealing.add_argument(
        "--to", metavar="ID", action="append", required=True, help="a recipient of the directory, such as lu.infotraite"
    )
    sealing.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help="a folder that is there, such as a stick"
    )
    sealing.add_argument("--language", metavar="TAG", help="language of the form, instead of the first of the country")
    _opens_a_vault(sealing)
    sealing.set_defaults(deed=later(_vault, "seal"))

    opening = commands.add_parser(
        "open",
        help="open a package with a key and write its parts IN CLEAR",
        description="Opens a package with an age identity file and writes its parts, unsealed, into a new folder.",
    )
    opening.add_argument("package", metavar="PACKAGE", type=Path)
    opening.add_argument("--key", metavar="FILE", type=Path, required=True, help="an age identity file")
    opening.add_argument("--in-clear", metavar="DIR", type=Path, required=True, help="a folder that is not there yet")
    opening.set_defaults(deed=later(_vault, "open_package"))
    _key_parsers(commands)


def _key_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds what is done with the organisation's own key, a way into a vault beside its people and its sheets."""
    deeds = commands.add_parser("organisation-key", help="the organisation's own way into a vault").add_subparsers(
        metavar="DEED", required=True
    )
    make = deeds.add_parser("make", help="make a key FILE, sealed by a passphrase, and its public half FILE.pub")
    give = deeds.add_parser("give", help="let the key whose public half is FILE open the vault; a worker does it")
    show = deeds.add_parser("show", help="tell which key opens the vault, by the number that is compared by voice")
    remove = deeds.add_parser("remove", help="let the organisation's key open the vault no more")
    recover = deeds.add_parser("recover", help="give a worker a new passphrase with the key FILE")
    cover = deeds.add_parser(
        "cover", help="let the present sheets into the limited cases that an earlier key FILE opens"
    )
    for parser, deed in (
        (make, "make"),
        (give, "give"),
        (show, "show"),
        (remove, "remove"),
        (recover, "recover"),
        (cover, "cover"),
    ):
        if deed in {"make", "give", "recover", "cover"}:
            parser.add_argument("file", metavar="FILE", type=Path)
        if deed != "make":
            parser.add_argument("--vault", type=Path, default=argparse.SUPPRESS, help="as before the command")
        parser.add_argument(
            "--passphrase-stdin", action="store_true", help="read passphrases from standard input, a line each"
        )
        parser.set_defaults(deed=later(_key, deed))
    who = recover.add_mutually_exclusive_group()
    who.add_argument(
        "--worker", metavar="NAME", help="whose place it is, as it stands in the vault; without it, the names are told"
    )
    who.add_argument("--new", metavar="NAME", help="somebody who is not in the vault yet")


def _opens_a_vault(parser: argparse.ArgumentParser) -> None:
    """Lets a command name its vault after itself too, and take the passphrase from elsewhere than the terminal."""
    parser.add_argument("--vault", type=Path, default=argparse.SUPPRESS, help="as before the command")
    parser.add_argument("--passphrase-stdin", action="store_true", help="read the passphrase from standard input")
