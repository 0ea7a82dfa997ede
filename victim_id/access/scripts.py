"""Names in scripts without spaces or without capitals: which parts of one stand for it, and where one may stand in a text.

A name is cut wide: a part too many is masked and can be shown again, a part too few cannot be called back.
"""

import re
import unicodedata
from collections.abc import Iterator

from victim_id.vault.folding import fold

_SIGNS = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3040-\u30ff\uff66-\uff9f"
_SYLLABLES = "\uac00-\ud7a3"
_UNSPACED = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"

_BEFORE = {
    _SIGNS: "老 小 阿 姓 名叫",
    _UNSPACED: (
        "นางสาว นาย นาง คุณ เด็กชาย เด็กหญิง พี่ น้อง ลุง ป้า น้า อา เฮีย เจ๊ เสี่ย ชื่อ ທ້າວ ນາງ ທ່ານ ຊື່ លោកស្រី លោក អ្នកស្រី បង ឈ្មោះ ဦး ဒေါ် ကို"
    ),
}
_AFTER = {
    _SIGNS: (
        "先生 女士 小姐 太太 老板娘 老板 老闆娘 老闆 经理 經理 主管 师傅 師傅 大哥 大姐 哥 姐 叔 姨 总 總"
        " さん さま ちゃん くん 様 氏 君 殿 社長 部長 課長 店長 専務"
    ),
    _SYLLABLES: "씨 님 사장님 사장 부장님 부장 과장님 과장 실장님 실장 팀장님 팀장 대표님 대표 선생님 아저씨 아줌마 이모 언니 누나 오빠 형님 형",
}  # fmt: skip
"""How people are called, before or after the name."""

_CALLED = frozenset(
    fold(
        "السيد السيدة الاستاذ الدكتور دكتور الشيخ الحاج الحاجة ابو ام اسمه اسمها يدعى تدعى المدعو عمو خالة"
        " آقای آقا خانم اسمش بنام جناب صاحب بھائی نام מר גברת אדון בשם שמו שמה"
        " አቶ ወይዘሮ ወይዘሪት ዶክተር ኣይተ ስሙ ስሟ ሽሙ ሽማ"
        " श्री श्रीमती कुमारी साहब जी भाई दीदी नाम জনাব ভাই আপা নাম ਸ੍ਰੀ ਜੀ ਭਾਈ திரு திருமதி அண்ணா அக்கா பெயர்"
        " ბატონი ბატონ ბატონმა ქალბატონი ქალბატონ ქალბატონმა სახელად"
    ).split()
)
"""Words beside which a name stands, in scripts without capitals and with spaces."""
_LIKELY = 6
"""Signs after a title that may be the name, where nothing says where it ends."""


def _any(titles: str) -> str:
    return "|".join(sorted(titles.split(), key=len, reverse=True))


_TITLED = re.compile("|".join([
    f"[{_SIGNS}]{{1,2}}(?:{_any(_AFTER[_SIGNS])})",
    f"[{_KANA}]{{2,}}(?:{_any(_AFTER[_SIGNS])})",
    f"(?:阿|姓|名叫)[{_SIGNS}]{{1,3}}",
    f"(?:{_any(_BEFORE[_UNSPACED])})[ ]?[{_UNSPACED}]{{2,{_LIKELY}}}",
    f"[{_SYLLABLES}]{{1,4}} ?(?:{_any(_AFTER[_SYLLABLES])})",
]))  # fmt: skip
_STRIPPED_BEFORE = re.compile(f"^(?:{_any(_BEFORE[_UNSPACED])})(?=[{_UNSPACED}]{{2}})")
_STRIPPED_AFTER = re.compile(
    f"(?<=[{_SIGNS}{_KANA}{_SYLLABLES}])(?:{_any(_AFTER[_SIGNS] + ' ' + _AFTER[_SYLLABLES])})$"
)
_RUN = re.compile(f"[{_SIGNS}]+|[{_KANA}]+|[{_SIGNS}{_KANA}]+|[{_SYLLABLES}]+|[{_UNSPACED}]+")


def parts(name: str) -> Iterator[str]:
    """Gives the parts of a name that stand for it: each part between spaces, given and family name, with and without a title."""
    for run in re.split(rf"[^{_SIGNS}{_KANA}{_SYLLABLES}{_UNSPACED}]+", unicodedata.normalize("NFKC", name)):
        if not run:
            continue
        bare = _STRIPPED_AFTER.sub("", _STRIPPED_BEFORE.sub("", run))
        if re.fullmatch(f"[{_UNSPACED}]+", bare):
            yield from (run, bare)
        elif re.fullmatch(f"[{_SYLLABLES}]+", bare):
            yield from _korean(bare)
        else:
            yield from _signs(bare)


def titled(text: str) -> Iterator[str]:
    """Gives what in a text stands beside a title, cut wide, in scripts without spaces and in Korean."""
    for found in _TITLED.finditer(text):
        yield found.group().strip()


def is_called(word: str) -> bool:
    """Tells whether a name often stands beside a folded word."""
    return word in _CALLED


def _signs(bare: str) -> Iterator[str]:
    """Of signs and kana: every beginning and every end of two and more, of kana alone three; family and given name with a title."""
    least = 3 if re.fullmatch(f"[{_KANA}]+", bare) else 2
    for length in range(min(least, len(bare)), len(bare) + 1):
        if length > 1:
            yield bare[:length]
            yield bare[-length:]
    if len(bare) <= 4:
        for sign in {bare[:1], bare[-1:]}:
            if re.fullmatch(f"[{_SIGNS}]", sign):
                yield from (f"{sign}{title}" for title in _AFTER[_SIGNS].split())
                yield from (f"{title}{sign}" for title in _BEFORE[_SIGNS].split())


def _korean(bare: str) -> Iterator[str]:
    """Of syllables: all of them, the last two, of four and more the first two, and the family name with a title."""
    if len(bare) > 1:
        yield from (bare, bare[-2:])
    if len(bare) > 3:
        yield bare[:2]
    if len(bare) <= 4:
        family = bare[0]
        yield from (f"{family}{gap}{title}" for title in _AFTER[_SYLLABLES].split() for gap in ("", " "))
