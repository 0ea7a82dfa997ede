"""The Unicode Bidirectional Algorithm (UAX #9): the level of every character, and a line in the order in which it is seen.

Rules P2-P3, X1-X10, W1-W7, N0-N2, I1-I2, L1 and L2. Mirroring (L4) is left to the shaper.
"""

import itertools
import unicodedata
from collections.abc import Callable, Iterable, Sequence

DEEPEST = 125  # BD2

_INITIATORS = frozenset(("LRI", "RLI", "FSI"))
_REMOVED = frozenset(("RLE", "LRE", "RLO", "LRO", "PDF", "BN"))  # X9
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"))
_BLANK = _INITIATORS | {"PDI", "WS"} | _REMOVED  # L1
_STRONG_AS = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}  # N0, N1: numbers count as R
_OPEN = (  # Bidi_Paired_Bracket, Unicode 15; the two canonical doubles 2329, 232A are read as 3008, 3009
    "()[]{}\u0f3a\u0f3b\u0f3c\u0f3d\u169b\u169c\u2045\u2046\u207d\u207e\u208d\u208e"
    "\u2308\u2309\u230a\u230b\u2329\u232a\u2768\u2769\u276a\u276b\u276c\u276d\u276e\u276f\u2770\u2771\u2772\u2773"
    "\u2774\u2775\u27c5\u27c6\u27e6\u27e7\u27e8\u27e9\u27ea\u27eb\u27ec\u27ed\u27ee\u27ef\u2983\u2984\u2985\u2986"
    "\u2987\u2988\u2989\u298a\u298b\u298c\u298d\u2990\u298f\u298e\u2991\u2992\u2993\u2994\u2995\u2996\u2997\u2998"
    "\u29d8\u29d9\u29da\u29db\u29fc\u29fd\u2e22\u2e23\u2e24\u2e25\u2e26\u2e27\u2e28\u2e29\u2e55\u2e56\u2e57\u2e58"
    "\u2e59\u2e5a\u2e5b\u2e5c\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011\u3014\u3015\u3016\u3017"
    "\u3018\u3019\u301a\u301b\ufe59\ufe5a\ufe5b\ufe5c\ufe5d\ufe5e\uff08\uff09\uff3b\uff3d\uff5b\uff5d\uff5f\uff60"
    "\uff62\uff63"
)
_SAME = {"\u2329": "\u3008", "\u232a": "\u3009"}
PAIRS = {opening: _SAME.get(closing, closing) for opening, closing in zip(_OPEN[::2], _OPEN[1::2], strict=True)}
_CLOSING = frozenset(PAIRS.values()) | {"\u232a"}


def classes_of(text: str) -> list[str]:
    """Gives the Bidi_Class of every character; unassigned ones get the default of their block."""
    return [unicodedata.bidirectional(character) or _unassigned(ord(character)) for character in text]


def base_of(classes: Sequence[str]) -> int:
    """Gives the level of a paragraph by its first strong character outside isolates (P2, P3), 0 when there is none."""
    found = _first_strong(classes, 0, len(classes), _matches(classes))
    return int(found in ("R", "AL"))


def levels(text: str, classes: Sequence[str], base: int) -> list[int]:
    """Gives the level of every character of one paragraph (rules X1 to I2); removed ones take the level before them."""
    match = _matches(classes)
    types = list(classes)
    result = _explicit(classes, types, base, match)
    kept = [at for at, kind in enumerate(classes) if kind not in _REMOVED]
    if len(set(types)) > 1 or base or types[:1] != ["L"]:
        explicit = list(result)
        for sequence, before, after in _sequences(classes, explicit, kept, match, base):
            _resolve(text, classes, types, result, sequence, before, after)
    last = base
    for at, kind in enumerate(classes):
        if kind in _REMOVED:
            result[at] = last
        last = result[at]
    return result


def line_levels(classes: Sequence[str], found: Sequence[int], base: int) -> list[int]:
    """Gives the levels of one line after L1: separators, and blanks before them or at the end, take the paragraph's level."""
    result = list(found)
    trailing = True
    for at in range(len(classes) - 1, -1, -1):
        if classes[at] in ("B", "S"):
            trailing = True
            result[at] = base
        elif trailing and classes[at] in _BLANK:
            result[at] = base
        else:
            trailing = False
    return result


def visual(found: Sequence[int]) -> list[int]:
    """Gives the places of items in the order in which they are seen, left to right (L2)."""
    order = list(range(len(found)))
    odd = [level for level in found if level % 2]
    for floor in range(max(found, default=0), min(odd, default=1) - 1, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and found[order[end]] >= floor:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = end + 1
    return order


def _matches(classes: Sequence[str]) -> dict[int, int]:
    """Pairs isolate initiators with their PDI (BD9)."""
    waiting: list[int] = []
    match: dict[int, int] = {}
    for at, kind in enumerate(classes):
        if kind in _INITIATORS:
            waiting.append(at)
        elif kind == "PDI" and waiting:
            match[waiting.pop()] = at
        elif kind == "B":
            waiting.clear()
    return match


def _first_strong(classes: Sequence[str], start: int, end: int, match: dict[int, int]) -> str | None:
    at = start
    while at < end:
        kind = classes[at]
        if kind in ("L", "R", "AL"):
            return kind
        if kind == "B":
            return None
        at = match.get(at, end) if kind in _INITIATORS else at + 1
    return None


def _explicit(classes: Sequence[str], types: list[str], base: int, match: dict[int, int]) -> list[int]:
    """Finds the explicit levels (X1 to X8) and writes overrides into `types`."""
    result = [base] * len(classes)
    closed = set(match.values())
    stack: list[tuple[int, str, bool]] = [(base, "", False)]
    lost_isolates = lost_embeddings = open_isolates = 0
    for at, kind in enumerate(classes):
        level, override, _ = stack[-1]
        if kind in _INITIATORS:
            result[at] = level
            types[at] = override or kind
            if kind == "FSI":
                strong = _first_strong(classes, at + 1, match.get(at, len(classes)), match)
                turned = strong in ("R", "AL")  # X5c
            else:
                turned = kind == "RLI"
            deeper = _next_level(level, odd=turned)
            if deeper <= DEEPEST and not lost_isolates and not lost_embeddings:
                open_isolates += 1
                stack.append((deeper, "", True))
            else:
                lost_isolates += 1
        elif kind in ("RLE", "LRE", "RLO", "LRO"):
            deeper = _next_level(level, odd=kind[0] == "R")
            if deeper <= DEEPEST and not lost_isolates and not lost_embeddings:
                stack.append((deeper, kind[0] if kind[2] == "O" else "", False))
            elif not lost_isolates:
                lost_embeddings += 1
        elif kind == "PDI":
            if lost_isolates:
                lost_isolates -= 1
            elif at in closed and open_isolates:
                lost_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                open_isolates -= 1
            level, override, _ = stack[-1]
            result[at] = level
            types[at] = override or kind
        elif kind == "PDF":
            if lost_isolates:
                pass
            elif lost_embeddings:
                lost_embeddings -= 1
            elif not stack[-1][2] and len(stack) > 1:
                stack.pop()
        elif kind == "B":
            result[at] = base
            stack = [(base, "", False)]
            lost_isolates = lost_embeddings = open_isolates = 0
        elif kind != "BN":
            result[at] = level
            types[at] = override or kind
    return result


def _next_level(level: int, *, odd: bool) -> int:
    return (level + 1) | 1 if odd else (level + 2) & ~1


def _sequences(
    classes: Sequence[str], explicit: list[int], kept: list[int], match: dict[int, int], base: int
) -> Iterable[tuple[list[int], str, str]]:
    """Gives every isolating run sequence with its sos and eos (X10), by the explicit levels."""
    runs = [list(run) for _, run in itertools.groupby(kept, key=explicit.__getitem__)]
    starting = {run[0]: run for run in runs}
    place = {at: number for number, at in enumerate(kept)}
    continued = set(match.values())
    for run in runs:
        if classes[run[0]] == "PDI" and run[0] in continued:
            continue
        sequence = list(run)
        while sequence[-1] in match and match[sequence[-1]] in starting:
            sequence += starting[match[sequence[-1]]]
        level = explicit[sequence[0]]
        first, last = place[sequence[0]], place[sequence[-1]]
        before = explicit[kept[first - 1]] if first else base
        dangling = classes[sequence[-1]] in _INITIATORS
        after = base if dangling or last + 1 == len(kept) else explicit[kept[last + 1]]
        yield sequence, "LR"[max(level, before) % 2], "LR"[max(level, after) % 2]


def _resolve(
    text: str, classes: Sequence[str], types: list[str], result: list[int], sequence: list[int], before: str, after: str
) -> None:
    """Resolves one isolating run sequence: weak (W), brackets and neutrals (N), implicit levels (I)."""
    kinds = [types[at] for at in sequence]
    level = result[sequence[0]]
    own = "LR"[level % 2]
    _weak(kinds, before)
    _brackets(text, classes, sequence, kinds, own, before)
    _neutrals(kinds, own, before, after)
    for at, kind in zip(sequence, kinds, strict=True):
        if level % 2 == 0:
            result[at] = level + (1 if kind == "R" else 2 if kind in ("AN", "EN") else 0)  # I1
        else:
            result[at] = level + (kind != "R")  # I2


def _weak(kinds: list[str], before: str) -> None:
    previous = before
    for at, kind in enumerate(kinds):  # W1
        if kind == "NSM":
            kinds[at] = "ON" if previous in _INITIATORS or previous == "PDI" else previous
        previous = kinds[at]
    strong = before
    for at, kind in enumerate(kinds):  # W2, W3
        if kind in ("L", "R", "AL"):
            strong = kind
            kinds[at] = "R" if kind == "AL" else kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
    for at in range(1, len(kinds) - 1):  # W4
        left, kind, right = kinds[at - 1 : at + 2]
        if left == right and ((kind == "ES" and left == "EN") or (kind == "CS" and left in ("EN", "AN"))):
            kinds[at] = left
    for start, end in _stretches(kinds, lambda kind: kind == "ET"):  # W5
        if (start and kinds[start - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN"):
            kinds[start:end] = ["EN"] * (end - start)
    strong = before
    for at, kind in enumerate(kinds):  # W6, W7
        if kind in ("ES", "ET", "CS"):
            kinds[at] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"


def _brackets(text: str, classes: Sequence[str], sequence: list[int], kinds: list[str], own: str, before: str) -> None:
    """Resolves paired brackets (BD16, N0)."""
    waiting: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for at, where in enumerate(sequence):
        character = text[where]
        if kinds[at] != "ON" or (character not in PAIRS and character not in _CLOSING):
            continue
        if character in PAIRS:
            if len(waiting) == 63:
                break
            waiting.append((PAIRS[character], at))
            continue
        for depth in range(len(waiting) - 1, -1, -1):
            if waiting[depth][0] == _SAME.get(character, character):
                pairs.append((waiting[depth][1], at))
                del waiting[depth:]
                break
    for opening, closing in sorted(pairs):
        inside = {_STRONG_AS.get(kind) for kind in kinds[opening + 1 : closing]} - {None}
        if own in inside:
            found = own  # N0 b
        elif inside:  # N0 c
            found = next((_STRONG_AS[kind] for kind in reversed(kinds[:opening]) if kind in _STRONG_AS), before)
        else:
            continue  # N0 d
        for bracket in (opening, closing):
            kinds[bracket] = found
            for at in range(bracket + 1, len(sequence)):  # marks follow their bracket
                if classes[sequence[at]] != "NSM":
                    break
                kinds[at] = found


def _neutrals(kinds: list[str], own: str, before: str, after: str) -> None:
    for start, end in _stretches(kinds, _NEUTRAL.__contains__):  # N1, N2
        left = _STRONG_AS[kinds[start - 1]] if start else before
        right = _STRONG_AS[kinds[end]] if end < len(kinds) else after
        kinds[start:end] = [left if left == right else own] * (end - start)


def _stretches(kinds: list[str], wanted: Callable[[str], bool]) -> list[tuple[int, int]]:
    found = []
    at = 0
    for inside, stretch in itertools.groupby(kinds, key=wanted):
        end = at + len(list(stretch))
        if inside:
            found.append((at, end))
        at = end
    return found


def _unassigned(point: int) -> str:
    """Gives the default class of an unassigned code point (DerivedBidiClass.txt, Unicode 15)."""
    for kind, ranges in _DEFAULTS:
        if any(low <= point <= high for low, high in ranges):
            return kind
    return "BN" if point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF or 0xE0000 <= point <= 0xE0FFF else "L"


_DEFAULTS = (
    ("AL", ((0x600, 0x7BF), (0x860, 0x8FF), (0xFB50, 0xFDCF), (0xFDF0, 0xFDFF), (0xFE70, 0xFEFF))),
    ("AL", ((0x10D00, 0x10D3F), (0x10EC0, 0x10EFF), (0x10F30, 0x10F6F), (0x1EC70, 0x1ECBF))),
    ("AL", ((0x1ED00, 0x1ED4F), (0x1EE00, 0x1EEFF))),
    ("R", ((0x590, 0x5FF), (0x7C0, 0x85F), (0xFB1D, 0xFB4F), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF))),
    ("ET", ((0x20A0, 0x20CF),)),
)
