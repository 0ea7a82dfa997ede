"""Pages of a PDF as pictures, for the screen and the demo; without Qt, without writing anything."""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2

from victim_id.errors import Damaged, TooLarge

MOST_PAGES, MOST_POINTS = 200, 1010  # points are 1/72 inch: no form is larger than the paper of a printer


class Picture(NamedTuple):
    """A picture of `height` rows of `stride` bytes, three bytes a pixel: blue, green, red."""

    width: int
    height: int
    stride: int
    pixels: bytes

    def png(self) -> bytes:
        """Gives the picture as PNG (RFC 2083)."""
        rows = bytearray()
        for row in range(self.height):
            start = row * self.stride
            line = bytearray(self.pixels[start : start + 3 * self.width])
            line[0::3], line[2::3] = line[2::3], line[0::3]
            rows += b"\0" + line
        head = struct.pack(">2I5B", self.width, self.height, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def pictures(pdf: bytes, dots: float = 96.0) -> Iterator[Picture]:
    """Gives every page in turn at `dots` an inch, with its fields; bytes that are no PDF raise Damaged.

    The form may be a stranger's: more than MOST_PAGES, or a page longer than MOST_POINTS, raises TooLarge.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise Damaged("form", "not readable as a PDF") from error
    try:
        document.init_forms()
        if len(document) > MOST_PAGES:
            raise TooLarge("form", f"{len(document)} pages; at most {MOST_PAGES} are shown")
        for page in document:
            if max(page.get_size()) > MOST_POINTS:
                raise TooLarge("form", "a page is larger than paper")
            bitmap = page.render(scale=dots / 72, rev_byteorder=False)
            yield Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()
            page.close()
    except pypdfium2.PdfiumError as error:
        raise Damaged("form", "has a page that cannot be read") from error
    finally:
        document.close()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
