"""The door: opens the window, or runs a command."""

import sys


def main() -> int:
    """Opens the window without arguments or with options alone; a first word is a command. Gives the exit status."""
    from victim_id.commands import run  # noqa: PLC0415  nothing is loaded before it is needed

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
