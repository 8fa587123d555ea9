"""What tells the parts of an order apart in running text, English and Chinese first: patterns of amounts, days, times, streets and courtesies."""

import re

_COUNT = r"(\d{1,5}|[一二兩两三四五六七八九十]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)"
_NUMBER = r"(?<![\d.,-])(\d{1,6}(?:[.,]\d{1,3})?)"
_END = r"(?![a-zåäö0-9])"
EMAIL = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"\+?\(?\d(?:[ ()/-]{0,2}\d){6,15}")
WEIGHT = re.compile(rf"{_NUMBER}\s*(kgs?|kilos?|kilograms?|公斤|千克|公克|grams?|g|lbs?|pounds?|磅|台斤){_END}", re.IGNORECASE)
VOLUME = re.compile(rf"{_NUMBER}\s*(m3|m³|cbm|lit(?:er|re)s?|l|公升|立方公尺|材){_END}", re.IGNORECASE)
PIECES = re.compile(
    rf"(?<![\d.,-]){_COUNT}\s*(?:small |big |large )?(?:boxe?s?|parcels?|packages?|packs?|pcs?|pieces?|items?|bags?|crates?"
    rf"|cartons?|kpl|pakettia|件|箱|個|个|包|盒|袋)(?!裹?到)(?:包裹)?{_END}",
    re.IGNORECASE,
)
COD = re.compile(
    rf"(?:代收(?:貨款|款)?|貨到付款|cod|cash on delivery|collect)\s*:?\s*((?:nt\$|\$|€|eur\s?)?\s*\d[\d,.]*\s*(?:元|€|eur|twd|usd)?){_END}", re.IGNORECASE
)
SERVICE = re.compile(r"(?<![\d:.-])(\d{1,3})\s*(?:min(?:ute)?s?\b|分鐘)(?:\s*(?:at the door|on site|現場))?", re.IGNORECASE)
URGENT = re.compile(r"\b(?:urgent|asap|express)\b|急件|特急|緊急|速件", re.IGNORECASE)
CONTACTLESS = re.compile(r"\b(?:contactless|leave (?:it )?at (?:the )?door)\b|放門口|無接觸", re.IGNORECASE)

FULL_DAY = re.compile(r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b")
WRITTEN_DAY = re.compile(
    r"(?:(?:民國)?\d{2,4}年)?\d{1,2}月\d{1,2}[日號号]|(?<![\d:.,/-])\d{1,2}\.\d{1,2}\.(?:\d{4})?(?!\d)|(?<![\d:.,/-])\d{1,2}/\d{1,2}(?:/\d{4})?(?![\d/])"
)
WEEKDAY = re.compile(
    r"(?P<next>next\s+|下\s*)?(?:(?P<english>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?![a-z])|(?:這|本)?(?:週|周|星期|禮拜)(?P<chinese>[一二三四五六日天]))",
    re.IGNORECASE,
)
RELATIVE = (
    (re.compile(r"\bday after tomorrow\b|大後天前?|後天|后天", re.IGNORECASE), 2),
    (re.compile(r"\btomorrow\b|\btmr\b|\bhuomenna\b|\bmorgen\b|明天|明日", re.IGNORECASE), 1),
    (re.compile(r"\btoday\b|\btonight\b|\btänään\b|\bheute\b|今天|今日|今晚", re.IGNORECASE), 0),
)
ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHINESE_DAYS = "一二三四五六日"

_HALF = r"(?:上午|早上|凌晨|下午|晚上|傍晚|中午)?"
_CLOCK = rf"{_HALF}\s*\d{{1,2}}(?:\s*[:.點点時时]\s*(?:\d{{2}}|半)?)?\s*分?\s*(?:[ap]\.?m\.?(?![a-z]))?"
RANGE = re.compile(
    rf"(?<![\d:.,/-])(?:between\s+|from\s+|klo\s+)?{_CLOCK}\s*(?:-|–|—|~|to|and|至|到)\s*{_CLOCK}(?![\d/.,-]*\d|\s*[號号樓段巷弄F])", re.IGNORECASE
)
BEFORE = re.compile(
    rf"(?<![a-z])(?:before|by|until)\s+{_CLOCK}(?!\d)|(?<![\d:.-]){_HALF}\s*\d{{1,2}}\s*(?:[點点時]\s*(?:\d{{2}}|半)?)?\s*[以之]?前(?!\w)", re.IGNORECASE
)
AFTER = re.compile(
    rf"(?<![a-z])(?:after|from)\s+{_CLOCK}(?!\d)|(?<![\d:.-]){_HALF}\s*\d{{1,2}}\s*[點点時]\s*(?:\d{{2}}|半)?\s*[以之]?[後后](?!\w)", re.IGNORECASE
)
PARTS_OF_DAY = (
    (re.compile(r"\b(?:in the )?morning\b|上午|早上", re.IGNORECASE), "08:00-12:00"),
    (re.compile(r"\b(?:in the )?afternoon\b|下午", re.IGNORECASE), "12:00-17:00"),
    (re.compile(r"\b(?:in the )?evening\b|晚上|傍晚|(?<=今)晚", re.IGNORECASE), "17:00-21:00"),
)
BEFORE_TIMES = re.compile(r"(?:^|[\s,，;；\n\x00])(?:at|between|from|klo|window|time|tomorrow|today|around|時段|時間)?\s*$", re.IGNORECASE)
"""What may stand before two numbers that are times, not the numbers of two houses."""

LABEL = re.compile(r"^\s*([^\d:：\n]{1,24})\s*[:：]\s*(\S.*?)\s*$")
CJK = re.compile(r"[\u3400-\u9fff]")
CHINESE_ADDRESS = re.compile(r"(?:[縣市區鄉鎮].*[路街道段巷弄].*[\d一二三四五六七八九十])|[路街道段巷弄].{0,8}\d+.{0,3}號|\d+(?:之\d+)?[號号]|[路街道]\s*\d")
CHINESE_AREA = re.compile(r"^\d{0,6}[\u3400-\u9fff]{1,8}[縣市區鄉鎮村里]|^\d{1,3}\s*[樓Ff]|^[\d之-]+[號樓室]")
CHINESE_TITLE = re.compile(r"(?:先生|小姐|女士|太太|公司)$")
CHINESE_NAME = re.compile(r"^[\u3400-\u9fff·]{2,4}(?:先生|小姐|女士|太太)?$|^[\u3400-\u9fff]{1,2}(?:先生|小姐|女士|太太|公司)$")
NOT_A_NAME = re.compile(r"[打電话話放請不勿先按門到送收付管理室樓給謝您好]")
STREET = re.compile(
    r"(?:\w*(?:katu|tie|kuja|polku|väylä|bulevardi|esplanadi|gatan|vägen|straße|strasse|weg|allee|gasse|platz|ranta|aukio|kaari|raitti)"
    r"|street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|square|sq|rue|calle|via|plaza)\.?$",
    re.IGNORECASE,
)
HOUSE = re.compile(r"^\d{1,5}(?:[-–/]\d{1,4})?[a-zA-Z]?$")
POSTCODE = re.compile(r"^(?:[A-Z]{1,2}-)?\d{4,6}\b|^\d{3}\s\d{2}\b")
COURTESY = re.compile(
    r"^(?:hi|hello|hey|dear \w+|please|pls|thanks?(?: you)?|thx|regards|best regards|order|new order|delivery"
    r"|您好|你好|請|谢谢|謝謝|感謝|麻煩了?|訂單|新訂單)[!.。！,，]*$",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"^(?:please\s+)?(?:deliver(?:y)?|send|ship|bring|drop(?: off)?)?\s*(?:to|for|at)\s+|^(?:please\s+)?(?:deliver|send|bring)\s+"
    r"|^(?:請|麻煩)?(?:送到|送至|寄到|寄給|送給|送|給|收件人|地址)\s*",
    re.IGNORECASE,
)
_ENGLISH_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMERALS = {word: str(number) for number, word in enumerate(_ENGLISH_COUNTS, start=1)} | {"兩": "2", "两": "2"}
