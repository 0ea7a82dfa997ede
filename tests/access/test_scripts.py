"""Stories in scripts without spaces or capitals: whoever is named in a field is covered wherever the story calls them."""

from typing import NamedTuple

import pytest

from victim_id.access.held import Held
from victim_id.access.third import _names, masked, own_words, suspects

MASK = "[another person]"
NOTHING = Held((), 0, (), (), "", "", "", "LU", "")


class Story(NamedTuple):
    """Who is named in a field, what was told, the ways of calling them in it, and words that say nothing of who it is."""

    named: tuple[str, ...]
    told: str
    called: tuple[str, ...]
    stays: tuple[str, ...]


STORIES = {
    "thai": Story(
        ("สมชาย ใจดี", "นางสาวมาลี ศรีสุข"),
        "นายสมชายยึดหนังสือเดินทางของฉันไว้ พี่มาลีบอกว่าถ้าหนีจะแจ้งตำรวจ ฉันกลัวคุณใจดีมาก",
        ("สมชาย", "มาลี", "ใจดี"),
        ("หนังสือเดินทาง", "ตำรวจ", "ฉันกลัว"),
    ),
    "japanese": Story(
        ("田中 太郎", "佐々木花子", "林", "ヤマダタロウ"),
        "田中さんが給料を払いませんでした。太郎は怖い人です。佐々木さんも知っていました。花子ちゃんは泣いた。林社長が鍵を持っている。ヤマダさんの車で来た。",
        ("田中", "太郎", "佐々木", "花子", "林社長", "ヤマダ"),
        ("給料を払いませんでした", "鍵を持っている", "怖い人", "車で来た"),
    ),
    "chinese": Story(
        ("王小明", "欧阳丽", "李 强"),
        "老板王小明拿走了我的护照，小明打了我。王老板说要报警，老王很凶。欧阳女士给我们送饭，阿强开车，李强每天来。",
        ("王小明", "小明", "王老板", "老王", "欧阳", "阿强", "李强"),
        ("护照", "报警", "送饭", "每天来"),
    ),
    "korean": Story(
        ("김민수", "이영희", "박 준"),
        "민수가 여권을 가져갔다. 김민수에게서는 돈을 못 받았다. 김 사장이 때렸다. 영희한테 말했지만 이영희씨는 웃었다. 박부장은 몰랐다. 민수야!",
        ("민수", "김 사장", "영희", "박부장"),
        ("여권을", "가져갔다", "웃었다", "돈을"),
    ),
    "arabic": Story(
        ("محمد العلي", "فاطمة"),
        "قال محمد إنه سيعود. أعطيت المال لمحمد وذهبت مع ومحمد إلى المطعم. سيارة العلي هناك، وفاطمة تعرف، بالعلي.",
        ("محمد", "العلي", "فاطمة"),
        ("المال", "المطعم", "سيارة", "تعرف"),
    ),
    "amharic": Story(
        ("አበበ ከበደ", "ሳባ"),
        "አበበ ፓስፖርቴን ወሰደ። ለአበበ ገንዘብ ሰጠሁ፣ የከበደን ቤት አጸዳሁ። ሳባን አውቃታለሁ፤ ከአበበም ጋር መጣች።",
        ("አበበ", "ከበደ", "ሳባ"),
        ("ፓስፖርቴን", "ገንዘብ", "ቤት"),
    ),
    "khmer": Story(
        ("សុខ សុភា", "លោកវណ្ណា"),
        "លោកសុភាយកលិខិតឆ្លងដែនរបស់ខ្ញុំ ហើយវណ្ណាបើកឡាន",
        ("សុភា", "វណ្ណា"),
        ("លិខិតឆ្លងដែន", "បើកឡាន"),
    ),
    "hindi": Story(
        ("राजेश कुमार", "सीता"),
        "राजेश ने पासपोर्ट ले लिया। मैं राजेशजी से डरती थी, सीता को सब पता था। कुमार साहब ने पैसे नहीं दिए।",
        ("राजेश", "सीता", "कुमार"),
        ("पासपोर्ट", "पैसे", "डरती"),
    ),
    "tamil": Story(
        ("முருகன் செல்வம்", "கமலா"),
        "முருகன் கடவுச்சீட்டை எடுத்தார். முருகனிடமிருந்து பணம் வரவில்லை. செல்வத்தை எனக்குத் தெரியும். கமலாவுக்கு பயம்.",
        ("முருக", "செல்வத்தை", "கமலா"),
        ("கடவுச்சீட்டை", "பணம்", "பயம்"),
    ),
    "georgian": Story(
        ("გიორგი ბერიძე", "დავითი"),
        "გიორგიმ პასპორტი წამართვა. გიორგის ფული მივეცი, ბერიძისგან არაფერი მიმიღია. დავითთან ვმუშაობდი, დავითმა იცოდა.",
        ("გიორგი", "ბერიძ", "დავით"),
        ("პასპორტი", "ფული", "ვმუშაობდი"),
    ),
    "hebrew": Story(
        ("יוסף כהן",), "אמר ליוסף שהדרכון אצל כהן. ויוסף צעק", ("יוסף", "כהן"), ("שהדרכון", "צעק")
    ),
    "burmese": Story(("ဦးအောင်မင်း",), "ဦးအောင်မင်းက ပတ်စပို့ယူသွားတယ်။ အောင်မင်း ရိုက်တယ်", ("အောင်မင်း",), ("ပတ်စပို့",)),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_whoever_is_named_is_covered_however_the_story_calls_them(story: Story) -> None:
    shown, _ = masked(story.told, _names([(name, True) for name in story.named], set(), []), MASK)

    assert [name for name in story.called if name in shown] == []
    assert [word for word in story.stays if word not in shown] == []


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_a_name_told_of_in_a_short_field_is_covered_as_it_stands(story: Story) -> None:
    shown, _ = masked(story.told, _names([(name, False) for name in story.called], set(), []), MASK)

    assert [name for name in story.called if name in shown] == []


@pytest.mark.parametrize(
    ("told", "offered"),
    [
        ("นายสมชายยึดหนังสือเดินทาง", "สมชาย"),
        ("昨天王老板拿走了护照", "王老板"),
        ("田中さんが言った", "田中さん"),
        ("ヤマダさんの車", "ヤマダさん"),
        ("어제 김 사장님이 때렸다", "김 사장님"),
        ("민수가 여권을 가져갔다", "민수가"),
        ("جاء السيد محمد أمس", "محمد"),
        ("ትናንት አቶ አበበ መጣ", "አበበ"),
        ("លោកសុភាយកលិខិត", "សុភា"),
        ("कल राजेश जी आए", "राजेश"),
        ("நேற்று திரு முருகன் வந்தார்", "முருகன்"),
        ("გუშინ ბატონი გიორგი მოვიდა", "გიორგი"),
        ("אתמול בא מר כהן", "כהן"),
    ],
)
def test_what_may_be_a_name_is_offered_in_every_script(told: str, offered: str) -> None:
    words = " ".join(["xx", "ხმა", "كتب"] * 10)

    found = suspects([told, words], NOTHING, MASK)

    assert any(offered in one for one in found[:4]), found


def test_the_own_name_is_left_and_a_namesake_of_the_same_sign_is_not() -> None:
    found = _names([("王小明", True), ("王红", True)], own_words(["王小红"]), [])

    assert masked("我叫王小红。小明打了我，王红走了", found, "[]")[0] == "我叫王小红。[]打了我，[]走了"
