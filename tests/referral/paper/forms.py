"""Forms for the tests: everything that a sheet can draw, in many scripts. The sentences are plain reporting phrases."""

from functools import cache
from pathlib import Path

import segno

from victim_id.referral.paper.fonts import Faces
from victim_id.referral.paper.sheet import Sheet
from victim_id.referral.paper.words import isolate, isolate_typed

FONTS = Path(__file__).resolve().parents[3] / "fonts"

PHONE, DATE, CODE = "+32 2 511 64 64", "1990-05-12", "AB-123456"

SENTENCES = {
    "ar": "اتصل برقم {phone} الآن (٢٤ ساعة). رقم الملف {code} بتاريخ {date}، ولا تعط جواز السفر لأحد.",
    "fa": "با شماره {phone} تماس بگیرید (۲۴ ساعته). پرونده {code} در تاریخ {date}؛ گذرنامه خود را می‌خواهم نگه دارم.",
    "ur": "براہ کرم {phone} پر فون کریں (۲۴ گھنٹے)۔ فائل {code} کی تاریخ {date} ہے۔",
    "ps": "مهرباني وکړئ په {phone} زنګ ووهئ (۲۴ ساعته). دوسیه {code} نېټه {date} ده.",
    "ckb": "تکایە پەیوەندی بکە بە {phone} (٢٤ کاتژمێر). دۆسیەی {code} لە {date}.",
    "he": "התקשרו אל {phone} עכשיו (24 שעות). תיק {code} מתאריך {date}.",
    "hi": "कृपया {phone} पर संपर्क करें (24 घंटे)। मामला {code} दिनांक {date} का है।",
    "ne": "कृपया {phone} मा सम्पर्क गर्नुहोस्। फाइल {code} मिति {date}।",
    "bn": "অনুগ্রহ করে {phone} নম্বরে যোগাযোগ করুন। নথি {code} তারিখ {date}।",
    "ta": "தயவுசெய்து {phone} என்ற எண்ணில் தொடர்பு கொள்ளவும். கோப்பு {code} தேதி {date}.",
    "te": "దయచేసి {phone} నంబరుకు సంప్రదించండి. ఫైలు {code} తేదీ {date}.",
    "ti": "በጃኹም ብ{phone} ደውሉ። መዝገብ {code} ዕለት {date}።",
    "am": "እባክዎ በ{phone} ይደውሉ። መዝገብ {code} ቀን {date}።",
    "zh-Hans": "请拨打{phone}（二十四小时）。档案编号{code}，日期{date}。请不要把护照交给任何人。",
    "vi": "Vui lòng gọi {phone} ngay. Hồ sơ {code} của Nguyễn Thị Ngọc ngày {date}.",
    "yo": "Ẹ jọ̀wọ́ ẹ pe {phone} nísisìyí. Fáìlì {code} ọjọ́ {date}.",
    "uk": "Будь ласка, зателефонуйте за номером {phone}. Справа {code} від {date}.",
    "ru": "Пожалуйста, позвоните по номеру {phone}. Дело {code} от {date}.",
    "bg": "Моля, обадете се на {phone}. Преписка {code} от {date}.",
    "el": "Παρακαλώ καλέστε το {phone}. Φάκελος {code} της {date}.",
    "ro": "Sunați la {phone}. Dosarul {code} din {date}; păstrați pașaportul și țineți legătura.",
    "pl": "Proszę zadzwonić pod {phone}. Sprawa {code} z {date}; żółty zeszyt, źródło, łódź.",
    "hu": "Kérjük, hívja a {phone} számot. Ügyszám {code}, kelt {date}; őrizze meg útlevelét.",
    "sq": "Ju lutemi telefononi {phone}. Dosja {code} e datës {date}; mbani pasaportën çdo herë.",
    "tr": "Lütfen {phone} numarasını arayın. Dosya {code}, tarih {date}; ığdır şişli çağrı.",
    "ku": "Ji kerema xwe li {phone} bigerin. Dosya {code} roja {date}; şêx û çêl.",
    "fr": "Veuillez appeler le {phone}. Dossier {code} du {date} ; « l’œuvre » où il a travaillé.",
    "de": "Bitte rufen Sie {phone} an. Akte {code} vom {date}; Größe, Straße, übermäßig.",
    "nl": "Bel {phone}. Dossier {code} van {date}; geïnteresseerd, reünie.",
    "lb": "Rufft w.e.g. {phone} un. Dossier {code} vum {date}; Lëtzebuerg, zréck, ëmmer.",
    "en": "Please call {phone}. File {code} of {date}; keep your passport with you.",
    "es": "Llame al {phone}. Expediente {code} del {date}; ¿dónde está el señor Núñez?",
    "pt": "Ligue para {phone}. Processo {code} de {date}; não entregue o passaporte a ninguém.",
    "fil": "Tumawag sa {phone}. Kaso {code} noong {date}; itago ang pasaporte.",
}


@cache
def faces() -> Faces:
    return Faces(FONTS)


def sentence(language: str) -> str:
    return SENTENCES[language].format(phone=isolate(PHONE), code=isolate(CODE), date=isolate(DATE))


def plain_sentence(language: str) -> str:
    return SENTENCES[language].format(phone=PHONE, code=CODE, date=DATE)


def sheet(language: str = "fr", **told: str) -> Sheet:
    told = {
        "code": "7F2-KQD",
        "mark": "CONFIDENTIEL",
        "running": "Service",
        "footer": "Inspection du travail et des mines",
        "page_of": "p. {page}/{pages}",
    } | told
    return Sheet("7F2-KQD", language, faces(), **told)


def everything(language: str = "fr", *, rows: int = 12) -> Sheet:
    """A form with everything on it, headed in one language and holding sentences in all of them."""
    form = sheet(language)
    form.heading(
        "Signalement d’une victime présumée de la traite des êtres humains" if language == "fr" else sentence(language),
        1,
    )
    with form.box():
        form.heading("1. Service qui signale")
        form.paragraph(f"Inspection du travail · chantier, Esch · {isolate('20.11.2026 11:50')}")
    with form.box("urgent"):
        form.heading("3. Sécurité immédiate")
        form.paragraph("Blessure non soignée. Contact seulement par le téléphone convenu.", bold=True)
        form.paragraph((sentence("ar"), "ar"))
    form.heading("2. Personne")
    form.facts(
        [
            ("Code", isolate(CODE)),
            ("Nom", (isolate_typed("محمد علي – Nguyễn"), None)),
            ("Langue", ("پښتو", "ps")),
            ("Récit", "La personne a parlé seule, par interprète neutre ; une fiche de paie confirme le récit. " * 3),
        ]
    )
    form.heading("Cases", 3)
    form.checkbox("told", "La personne sait ce qui est envoyé, à qui et pourquoi", checked=True)
    form.checkbox("name", ("يوافق الشخص على إرسال اسمه", "ar"))
    form.field("receiver", "Reçu par", "Ștefan Łódź – محمد")
    form.field("notes", "Remarques", "première ligne\ndeuxième ligne", lines=3)
    form.rule()
    form.points(["La personne peut refuser.", ("يمكن للشخص أن يرفض في أي وقت", "ar")])
    form.points([f"point {number}" for number in range(11)], numbered=True)
    form.heading("4. Indices relevés")
    form.table(
        ["Indice", "Force", "Source"],
        [(f"{number}. Dette à rembourser avant de partir", "fort", "dit par la personne") for number in range(rows)],
        [6, 1, 3],
    )
    for other in SENTENCES:
        form.paragraph((sentence(other), other))
    form.qr(segno.make("7F2-KQD:0f1e2d3c", micro=False).matrix, "Code QR : paquet 0f1e2d3c")
    form.space()
    form.paragraph("")
    return form


def one(language: str, *words: str) -> bytes:
    """Gives a form of paragraphs with nothing else on it."""
    form = sheet(language, code="", mark="", footer="", page_of=" ")
    form.heading(("—", "und"), 1)
    for part in words:
        form.paragraph(part)
    return form.bytes()
