"""Files from outside: read up to a published bound and never further, whatever their size says; refusals in our words."""

import os
from pathlib import Path

from victim_id.errors import Machine, TooLarge, WrongInput

STEP = 1024 * 1024
CHOOSE = "please choose another file"


def read_outside(path: Path, most: int) -> bytes:
    """Gives the bytes of a file that somebody named; raises WrongInput, TooLarge (more than `most` bytes) or Machine."""
    found, too_large = bytearray(), TooLarge(path.name, f"is larger than the {most} bytes that are read", CHOOSE)
    try:
        with path.open("rb", buffering=0) as file:
            if os.fstat(file.fileno()).st_size > most:
                raise too_large
            while len(found) <= most and (piece := file.read(min(STEP, most + 1 - len(found)))):
                found += piece
    except FileNotFoundError:
        raise WrongInput(path.name, "is not there", CHOOSE) from None
    except IsADirectoryError:
        raise WrongInput(path.name, "is a folder", CHOOSE) from None
    except OSError as error:
        raise Machine(path.name, error.strerror or "cannot be read") from None
    if len(found) > most:
        raise too_large
    return bytes(found)
