"""Plain language, measured: what a person can be asked so that a twelve-year-old reader understands it.

The grade is Flesch-Kincaid (Kincaid et al. 1975, Navy Research Branch Report 8-75); the limits are ours.
"""

import re

MOST_GRADE = 7.0
MOST_WORDS = 22
"""A twelve-year-old is in about the seventh grade; the longest sentence is ours."""

NEGATIONS = re.compile(
    r"\b(?:not|never|no|nobody|nothing|nowhere|none|neither|without|cannot|unless)\b|n['’]t\b", re.IGNORECASE
)
CLAUSE = re.compile(r"[.?!:;,]+|\b(?:and|or|but)\b")
HARD = {
    "victim": "ask what happened",
    "trafficking": "ask what happened",
    "trafficked": "ask what happened",
    "trafficker": "say this person",
    "exploit": "ask what happened",
    "exploited": "ask what happened",
    "exploiting": "ask what happened",
    "exploitation": "ask what happened",
    "coercion": "say forced, or made to",
    "coerced": "say forced, or made to",
    "deceived": "say told something untrue",
    "recruited": "say who found you the work",
    "vulnerable": "say what is hard",
    "illegal": "say without papers, or against the law",
    "remuneration": "say pay",
    "perpetrator": "say this person",
    "offence": "say against the law",
    "employer": "say boss, or the person you work for",
    "authority": "say police or offices",
    "authorities": "say police or offices",
    "accommodation": "say the place where you sleep",
    "residence": "say where you live",
    "prostitution": "say sex for money",
}
BLAME = re.compile(
    r"\bwhy (?:did|do|were|are|have)(?:n['’]t)? you\b|\byou should have\b|\byour fault\b|\bhow could you\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[list[str]]:
    """Gives the words of each sentence."""
    parts = re.split(r"[.?!:;]+(?:\s|$)", text)
    return [words for part in parts if (words := re.findall(r"[A-Za-z][A-Za-z'’]*", part))]


def grade(text: str) -> float:
    """Gives the Flesch-Kincaid grade of an English text; 0 where there are no words."""
    parts = sentences(text)
    words = [word for part in parts for word in part]
    if not words:
        return 0.0
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / len(parts) + 11.8 * syllables / len(words) - 15.59


def faults(text: str) -> list[tuple[str, str]]:
    """Gives what is not plain in a text for the person: what is wrong, and what would be right."""
    found = []
    parts = sentences(text)
    if any(len(part) > MOST_WORDS for part in parts):
        found.append((f"has a sentence of more than {MOST_WORDS} words", "please split it"))
    if sum(map(len, parts)) >= 6 and grade(text) > MOST_GRADE:
        found.append(
            (f"reads at grade {grade(text):.1f}, above {MOST_GRADE:.0f}", "please use shorter words or sentences")
        )
    if any(len(NEGATIONS.findall(part)) > 1 for part in CLAUSE.split(text)):
        found.append(("has two negations in one clause", "please say it without one of them"))
    if BLAME.search(text):
        found.append(("may be heard as blame", "please ask what happened, or what made it so"))
    found += [
        (f"uses the word “{word}”", f"please {better}")
        for word, better in HARD.items()
        if re.search(rf"\b{word}s?\b", text, re.IGNORECASE)
    ]
    return found


def _syllables(word: str) -> int:
    """Counts the vowel groups of an English word, without a silent e."""
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee", "ie")) and groups > 1
    return max(1, groups - silent - (word.endswith(("ed", "es")) and groups > 1 and word[-3:-2] not in "tdsxz"))
