"""Every failure that is not a bug, as facts; the words for them live in troubles.py.

    Failure
    ├── WrongInput           a file, an argument or content that is not as it must be   (exit 2)
    │   └── WrongContent     one or more problems in indicators/ or locales/
    ├── CannotOpen           something sealed or stored that stays closed                (exit 3)
    │   ├── WrongPassphrase  the key file is whole, but no slot opens
    │   ├── Damaged          bytes are not what was written
    │   │   └── OtherKeyFile a key file of another day or another vault was put in the place of the vault's own
    │   ├── Newer            written by a later version of the program
    │   ├── Older            written by a version that is no longer read
    │   ├── InUse            another program has the vault open
    │   ├── NotForYou        sealed or addressed to another key
    │   │   └── LimitedCase  a case that other workers were named for
    │   ├── NotAPackage      some other kind of file
    │   ├── WrongSignature   the signature does not fit the bytes
    │   ├── TooLarge         beyond the published bound
    │   └── SeenBefore       the same package was taken in earlier
    └── Machine              the computer cannot do it: disk full, read-only, missing library (exit 4)
        ├── DiskFull
        ├── ReadOnly
        ├── NoMemory         too little memory is free
        └── DoubtfulClock    days would be counted by a clock that cannot be believed

Anything else that is raised is a bug.
"""


class Failure(Exception):  # noqa: N818  a failure of the world, not an error in the program
    """Something outside the program is not as it must be. `where` names the place, `what` the fact, `either` a way on."""

    exit_status = 2

    def __init__(self, where: str = "", what: str = "", either: str = "") -> None:
        super().__init__(where, what, either)
        self.where, self.what, self.either = where, what, either

    def __str__(self) -> str:
        """Gives one line: where, what, and what to do."""
        line = ": ".join(part for part in (self.where, self.what or type(self).__name__) if part)
        return f"{line}; {self.either}" if self.either else line


class WrongInput(Failure):
    """A file, an argument or a value is not as it must be."""


class Problem(Exception):  # noqa: N818
    """One thing that is wrong in the content: a fact to be listed, raised only inside a WrongContent."""

    def __init__(self, where: str, what: str, either: str) -> None:
        super().__init__(where, what, either)
        self.where, self.what, self.either = where, what, either


class WrongContent(WrongInput):
    """The content holds problems; all that were found are in `problems`."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        super().__init__(first.where, first.what, first.either)
        self.problems = problems


class CannotOpen(Failure):
    """Something sealed or stored stays closed."""

    exit_status = 3


class WrongPassphrase(CannotOpen):
    """The key file is whole, but no slot opens with this passphrase."""


class Damaged(CannotOpen):
    """The bytes are not those that were written."""


class OtherKeyFile(Damaged):
    """The key file is whole, and is not the one that the vault knows: an old one was put back, or that of another vault."""


class Newer(CannotOpen):
    """Written by a later version of the program."""


class Older(CannotOpen):
    """Written by a version that is no longer read, or an edition older than the one in use."""


class InUse(CannotOpen):
    """Another running program has this vault open."""


class NotForYou(CannotOpen):
    """Sealed for, or addressed to, somebody else's key."""


class LimitedCase(NotForYou):
    """A case that is limited to other workers; `workers` are their names."""

    def __init__(self, where: str, workers: tuple[str, ...] = ()) -> None:
        ask = f"please ask {', '.join(workers)}" if workers else "please ask whoever keeps the recovery sheets"
        super().__init__(where, "is limited to other workers", ask)
        self.workers = workers


class NotAPackage(CannotOpen):
    """Some other kind of file."""


class WrongSignature(CannotOpen):
    """The signature does not fit the bytes."""


class TooLarge(CannotOpen):
    """Beyond the published bound for this kind of file."""


class SeenBefore(CannotOpen):
    """The same package was taken in earlier."""


class Machine(Failure):
    """The computer cannot do it."""

    exit_status = 4


class DiskFull(Machine):
    """There is no room left where it should be written."""


class ReadOnly(Machine):
    """It may not be written there."""


class NoMemory(Machine):
    """There is too little memory for what was asked."""


class DoubtfulClock(Machine):
    """The clock stands before what was written already, or has leapt far ahead."""
