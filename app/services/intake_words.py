"""Words in cells: yes and no, kinds of task, priorities, languages, phones, e-mail addresses, lists."""

import re
from functools import lru_cache

from app.domain.errors import Malformed
from app.domain.orders import TaskKind
from app.services.intake_numbers import narrow, whole

_YES = frozenset({"yes", "y", "true", "t", "1", "x", "✓", "✔", "☑", "v", "on", "是", "有", "要", "對", "ja", "j", "kyllä", "k", "sí", "si", "oui", "o", "wahr"})
_NO = frozenset({"no", "n", "false", "f", "0", "", "-", "✗", "☐", "off", "否", "無", "不", "沒有", "不要", "nein", "ei", "e", "non", "falsch"})
_KINDS = {
    TaskKind.DELIVERY: "delivery deliver drop dropoff drop-off d 送貨 配送 派送 送件 宅配 lieferung zustellung toimitus entrega livraison",
    TaskKind.PICKUP: "pickup pick-up collect collection p 取件 收件 取貨 收貨 abholung nouto recogida enlèvement ramassage",
    TaskKind.RETURN: "return returns r 退貨 退件 逆物流 retoure rückgabe palautus devolución retour",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_PRIORITIES = {
    0: "normal low standard regular none 一般 普通 低 正常 niedrig tavallinen matala bajo basse normale",
    5: "high important medium-high h 高 重要 優先 hoch korkea tärkeä alta alto haute",
    9: "urgent critical highest top express asap must 急 緊急 特急 最高 最急 dringend kiireellinen kiire urgente",
}
_PRIORITY_OF = {word: level for level, words in _PRIORITIES.items() for word in words.split()} | {"medium": 3, "中": 3, "mittel": 3, "media": 3}
_LANGUAGES = {
    "en": "english englisch englanti inglés anglais 英文 英語",
    "zh-TW": "chinese mandarin 中文 繁體中文 國語 華語 zh_tw chinesisch kiina",
    "fi": "finnish suomi finnisch finlandés 芬蘭文",
    "sv": "swedish svenska ruotsi schwedisch",
    "de": "german deutsch saksa alemán allemand 德文",
    "es": "spanish español espanja spanisch 西班牙文",
    "fr": "french français ranska französisch 法文",
    "ja": "japanese 日本語 日文",
    "vi": "vietnamese 越南文 tiếng việt",
    "id": "indonesian 印尼文",
}
_LANGUAGE_OF = {word: tag for tag, words in _LANGUAGES.items() for word in words.split()}
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?", re.IGNORECASE)
_LIST = re.compile(r"[;,|/、，\n]+")
_EASY_MAIL = re.compile(r"[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")


def yes(text: str) -> bool:
    """Whether a cell says yes. Raises Malformed for neither yes nor no."""
    word = narrow(text).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Malformed("intake.yes_no", value=text[:60])


def task_kind(text: str) -> TaskKind:
    """Delivery, pickup or return. Raises Malformed for another word."""
    word = narrow(text).lower().replace(" ", "")
    if word in _KIND_OF:
        return _KIND_OF[word]
    raise Malformed("intake.kind", value=text[:60])


def priority(text: str) -> int:
    """0 … 9, as number or word. Raises Malformed."""
    word = narrow(text).lower()
    if word in _PRIORITY_OF:
        return _PRIORITY_OF[word]
    if not any(letter.isdigit() for letter in word):
        raise Malformed("intake.priority", value=text[:60])
    return whole(word, most=9)


def language(text: str) -> str:
    """The IETF tag of a tag or a language's name. Raises Malformed for neither."""
    word = narrow(text).strip()
    known = _LANGUAGE_OF.get(word.lower())
    if known:
        return known
    if not _TAG.fullmatch(word):
        raise Malformed("intake.language", value=text[:60])
    parts = re.split("[-_]", word)
    rest = [part.title() if len(part) == 4 else part.upper() for part in parts[1:]]
    return "-".join([parts[0].lower(), *rest])


def words(text: str) -> frozenset[str]:
    """The entries of a list, in lower case."""
    return frozenset(" ".join(part.split()).lower() for part in _LIST.split(narrow(text)) if part.strip())


@lru_cache(maxsize=8_192)
def phone(text: str, country: str) -> str:
    """A phone number in E.164 (with `;ext=` where it has an extension), read as dialled from the country (two letters); without a
    country a national number stays as it is written.

    Raises Malformed for what cannot be dialled.
    """
    import phonenumbers as library

    if not country and not narrow(text).startswith(("+", "(+")):
        return text
    try:
        read = library.parse(narrow(text), country.upper() or None)
    except library.NumberParseException:
        raise Malformed("intake.phone", value=text[:60]) from None
    if not library.is_possible_number(read):
        raise Malformed("intake.phone", value=text[:60])
    said: str = library.format_number(read, library.PhoneNumberFormat.E164)
    return f"{said};ext={read.extension}" if read.extension else said


def email(text: str) -> str:
    """An e-mail address, normalised. Raises Malformed for none; no mail server is asked."""
    if len(text) <= 254 and _EASY_MAIL.fullmatch(text) and text.index("@") <= 64:
        local, _, domain = text.partition("@")
        return f"{local}@{domain.lower()}"
    from email_validator import EmailNotValidError, validate_email

    try:
        return str(validate_email(text, check_deliverability=False).normalized)
    except EmailNotValidError:
        raise Malformed("intake.email", value=text[:60]) from None
