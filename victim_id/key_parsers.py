"""What the commands on the organisation's own key take; the deeds are loaded only when one is used."""

import argparse
from collections.abc import Callable
from pathlib import Path


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
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
        parser.set_defaults(deed=_by_keeper(deed))
    who = recover.add_mutually_exclusive_group()
    who.add_argument(
        "--worker", metavar="NAME", help="whose place it is, as it stands in the vault; without it, the names are told"
    )
    who.add_argument("--new", metavar="NAME", help="somebody who is not in the vault yet")


def _by_keeper(name: str) -> Callable[[argparse.Namespace], int]:
    """Gives a deed on the organisation's key, loaded only when one is used."""

    def deed(options: argparse.Namespace) -> int:
        from victim_id import key_commands  # noqa: PLC0415

        found: Callable[[argparse.Namespace], int] = getattr(key_commands, name)
        return found(options)

    return deed
