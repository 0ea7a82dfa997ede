"""Keeps Python's shared values alive: one repair for one library, to be dropped with Python 3.11.

PySide6 6.12.0 gives None, True and False back without a reference of its own. Python allows that from 3.12 on, where
such values are immortal (PEP 683). On 3.11 every call that returns nothing takes a reference of None away, and after
some thousands of them the program dies with "none_dealloc" (measured: 1.0 for each setText, setPen or resize).
"""

import sys

SHARED = (None, True, False, Ellipsis, NotImplemented, (), "", b"", *range(-5, 257))
"""What PEP 683 makes immortal and C code may give back."""


def keep_shared_values() -> None:
    """Gives the shared values more references than can ever be taken; from Python 3.12 on there is nothing to do."""
    if sys.version_info < (3, 12):
        import ctypes  # noqa: PLC0415  only there

        for value in SHARED:
            ctypes.c_ssize_t.from_address(id(value)).value = sys.maxsize // 2
