"""Reads a QR symbol off a drawn page (ISO/IEC 18004): modules by their darkness, then mask, order of codewords, and bytes.

Nothing is corrected: a symbol that is printed by a program has no scratches, and a wrong module is to be noticed.
"""

import pypdfium2
from segno import consts, encoder

from tests.referral.paper.reading import elements, opened

MASKS = (
    lambda row, column: (row + column) % 2,
    lambda row, _: row % 2,
    lambda _, column: column % 3,
    lambda row, column: (row + column) % 3,
    lambda row, column: (row // 2 + column // 3) % 2,
    lambda row, column: row * column % 2 + row * column % 3,
    lambda row, column: (row * column % 2 + row * column % 3) % 2,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2,
)
LEVELS = {0b01: consts.ERROR_LEVEL_L, 0b00: consts.ERROR_LEVEL_M, 0b11: consts.ERROR_LEVEL_Q, 0b10: consts.ERROR_LEVEL_H}  # fmt: skip
SCALE = 8


def read(pdf: bytes) -> str:
    """Gives the text of the one symbol on the first page."""
    modules = _modules(pdf)
    size = len(modules)
    version = (size - 17) // 4
    level, mask = _format(modules)
    bits = _bits(modules, version, mask)
    return _text(_blocks(bits, consts.ECC[version][level]), version)


def _modules(pdf: bytes) -> list[list[bool]]:
    with opened(pdf) as document:
        figure = next(one for one in elements(document.Root.StructTreeRoot) if str(one.S) == "/Figure")
        left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
        height = float(document.pages[0].MediaBox[3])
    paper = pypdfium2.PdfDocument(pdf)
    picture = paper[0].render(scale=SCALE).to_pil().convert("L")
    paper.close()
    for version in range(1, 41):
        size = 17 + 4 * version
        step = (right - left) / size
        found = [
            [
                picture.getpixel((int((left + (column + 0.5) * step) * SCALE), int((height - top + (row + 0.5) * step) * SCALE))) < 128
                for column in range(size)
            ]
            for row in range(size)
        ]  # fmt: skip
        if _framed(found) and abs((right - left) - (top - bottom)) < 0.1:
            return found
    raise AssertionError("no symbol is drawn there")


def _framed(modules: list[list[bool]]) -> bool:
    """Tells whether finder and timing patterns stand where this size has them."""
    size = len(modules)
    finder = [max(abs(row - 3), abs(column - 3)) in {0, 1, 3} for row in range(7) for column in range(7)]
    corners = ((0, 0), (0, size - 7), (size - 7, 0))
    timing = all(modules[6][at] == modules[at][6] == (at % 2 == 0) for at in range(8, size - 8))
    return timing and all(
        [modules[top + row][left + column] for row in range(7) for column in range(7)] == finder
        for top, left in corners
    )


def _format(modules: list[list[bool]]) -> tuple[int, int]:
    around = [(8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8)] + [(row, 8) for row in (7, 5, 4, 3, 2, 1, 0)]
    bits = 0
    for row, column in around:
        bits = bits << 1 | modules[row][column]
    bits ^= 0b101010000010010
    return LEVELS[bits >> 13], bits >> 10 & 7


def _bits(modules: list[list[bool]], version: int, mask: int) -> list[int]:
    size = len(modules)
    own = encoder.make_matrix(size, size)
    encoder.add_finder_patterns(own, size, size)
    encoder.add_alignment_patterns(own, size, size)
    bits = []
    for turn, right in enumerate([*range(size - 1, 6, -2), 5, 3, 1]):
        for step in range(size):
            row = step if turn % 2 else size - 1 - step
            bits += [
                int(modules[row][column] ^ (MASKS[mask](row, column) == 0))
                for column in (right, right - 1)
                if own[row][column] == 2
            ]
    return bits


def _blocks(bits: list[int], shapes: tuple) -> bytes:
    """Puts the interleaved codewords of the content back in order."""
    words = [int("".join(map(str, bits[at : at + 8])), 2) for at in range(0, len(bits) - 7, 8)]
    sizes = [shape.num_data for shape in shapes for _ in range(shape.num_blocks)]
    blocks: list[list[int]] = [[] for _ in sizes]
    stream = iter(words)
    for place in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if place < size:
                block.append(next(stream))
    return bytes(word for block in blocks for word in block)


def _text(content: bytes, version: int) -> str:
    number, length = int.from_bytes(content, "big"), len(content) * 8
    assert number >> (length - 4) == 0b0100, "not in byte mode"
    counted = 8 if version < 10 else 16
    count = number >> (length - 4 - counted) & ((1 << counted) - 1)
    raw = number >> (length - 4 - counted - 8 * count) & ((1 << 8 * count) - 1)
    return raw.to_bytes(count, "big").decode("ascii")
