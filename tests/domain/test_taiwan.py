"""Taiwanese addresses: the golden set of ways in which one door is written."""

import pytest

from app.domain.address import Address
from app.domain.address_text import address_key, parse_line
from app.domain.chinese_numerals import arabic_numbers
from app.domain.taiwan import parse_taiwanese, town_levels

# line → county, town, street with section, lane and alley, house, unit
GOLDEN = [
    ("臺北市大安區忠孝東路四段100號", "台北市", "大安區", "忠孝東路4段", "100", ""),
    ("台北市大安區忠孝東路4段100號", "台北市", "大安區", "忠孝東路4段", "100", ""),
    ("台北市大安區忠孝東路４段１００號", "台北市", "大安區", "忠孝東路4段", "100", ""),
    ("106臺北市大安區忠孝東路四段100巷5弄8號之1", "台北市", "大安區", "忠孝東路4段100巷5弄", "8-1", ""),
    ("10688 臺北市大安區忠孝東路四段100巷5弄8之1號", "台北市", "大安區", "忠孝東路4段100巷5弄", "8-1", ""),
    ("臺北市大安區忠孝東路四段一百巷五弄八號之一", "台北市", "大安區", "忠孝東路4段100巷5弄", "8-1", ""),
    ("臺北市大安區忠孝東路四段100巷5弄8-1號3樓", "台北市", "大安區", "忠孝東路4段100巷5弄", "8-1", "3樓"),
    ("臺北市大安區忠孝東路四段100巷5弄8號 3樓之2", "台北市", "大安區", "忠孝東路4段100巷5弄", "8", "3樓之2"),
    ("臺北市 大安區 忠孝東路 四段 100 巷 5 弄 8 號", "台北市", "大安區", "忠孝東路4段100巷5弄", "8", ""),
    ("台灣台北市大安區忠孝東路四段100號", "台北市", "大安區", "忠孝東路4段", "100", ""),
    ("中華民國臺北市大安區忠孝東路四段100號", "台北市", "大安區", "忠孝東路4段", "100", ""),
    ("中山路4號", "", "", "中山路", "4", ""),
    ("中山路４號", "", "", "中山路", "4", ""),
    ("大安區中山路4號", "", "大安區", "中山路", "4", ""),
    ("高雄市前鎮區中山二路8之1號5樓", "高雄市", "前鎮區", "中山二路", "8-1", "5樓"),
    ("台南市新市區中山路8-1號", "台南市", "新市區", "中山路", "8-1", ""),
    ("臺南市左鎮區中山路12號", "台南市", "左鎮區", "中山路", "12", ""),
    ("桃園市中壢區三民路二段120巷3弄5之2號", "桃園市", "中壢區", "三民路2段120巷3弄", "5-2", ""),
    ("桃園市平鎮區中豐路一百二十號", "桃園市", "平鎮區", "中豐路", "120", ""),
    ("新竹縣竹北市縣政九路10號", "新竹縣", "竹北市", "縣政九路", "10", ""),
    ("新竹市東區光復路二段101號", "新竹市", "東區", "光復路2段", "101", ""),
    ("台北市市民大道三段12號", "台北市", "", "市民大道3段", "12", ""),
    ("臺北市信義區市府路1號", "台北市", "信義區", "市府路", "1", ""),
    ("台北市信義區信義路五段7號89樓", "台北市", "信義區", "信義路5段", "7", "89樓"),
    ("屏東縣恆春鎮中山路33號", "屏東縣", "恆春鎮", "中山路", "33", ""),
    ("宜蘭縣礁溪鄉德陽村中山路二段10號", "宜蘭縣", "礁溪鄉", "中山路2段", "10", ""),
    ("花蓮縣花蓮市國聯五路5號", "花蓮縣", "花蓮市", "國聯五路", "5", ""),
    ("南投縣仁愛鄉大同村5鄰定遠新村22號", "南投縣", "仁愛鄉", "定遠新村", "22", ""),
    ("新北市板橋區縣民大道二段7號B1樓", "新北市", "板橋區", "縣民大道2段", "7", "b1樓"),
    ("新北市三重區三民街一〇五號", "新北市", "三重區", "三民街", "105", ""),
    ("台中市西屯區台灣大道三段99號", "台中市", "西屯區", "台灣大道3段", "99", ""),
    ("臺中市西區五權西一街10巷2號", "台中市", "西區", "五權西一街10巷", "2", ""),
    ("高雄市三民區十全一路100號", "高雄市", "三民區", "十全一路", "100", ""),
    ("基隆市仁愛區愛三路21號", "基隆市", "仁愛區", "愛三路", "21", ""),
    ("澎湖縣馬公市中正路6-1號", "澎湖縣", "馬公市", "中正路", "6-1", ""),
    ("彰化縣鹿港鎮中山路12號", "彰化縣", "鹿港鎮", "中山路", "12", ""),
]


@pytest.mark.parametrize("line, county, town, street, house, unit", GOLDEN)
def test_the_golden_set_is_read_into_its_parts(line: str, county: str, town: str, street: str, house: str, unit: str) -> None:
    read = parse_taiwanese(line)
    assert (read.county, read.town, read.street, read.house, read.unit) == (county, town, street, house, unit)


@pytest.mark.parametrize("code", ["106", "10688", "106880"])
def test_postcodes_have_three_five_or_six_digits(code: str) -> None:
    assert parse_taiwanese(f"{code}臺北市大安區中山路4號").postcode == code
    assert parse_taiwanese(f"{code} 臺北市大安區中山路4號").postcode == code


def test_one_door_has_one_key_however_it_was_typed() -> None:
    ways = [
        "臺北市大安區忠孝東路四段100巷5弄8號之1",
        "台北市大安區忠孝東路4段100巷5弄8-1號",
        "台北市大安區忠孝東路４段１００巷５弄８之１號 ３樓",
    ]
    assert len({address_key(Address(text=way)) for way in ways}) == 1


def test_the_number_may_stand_in_a_column_of_its_own() -> None:
    assert address_key(Address(street="忠孝東路四段", house="8之1", city="臺北市大安區")) == address_key(Address(text="台北市大安區忠孝東路4段8-1號"))


def test_a_road_may_be_called_after_a_village() -> None:
    assert parse_taiwanese("大安區新村路9號", with_village=False).street == "新村路"


def test_numerals_of_names_stay() -> None:
    assert arabic_numbers("三民路二段") == "三民路2段"
    assert arabic_numbers("中山一路") == "中山一路"


def test_town_fields_have_two_levels() -> None:
    assert town_levels("臺北市大安區") == ("台北市", "大安區")
    assert town_levels("竹北市") == ("竹北市",)


def test_a_romanised_line_names_section_and_lane() -> None:
    read = parse_line("No. 5, Ln. 100, Sec. 4, Zhongxiao E. Rd., Da'an Dist., Taipei City 106")
    assert (read.house, read.postcode) == ("5", "106")
    assert "Sec. 4" in read.street
    assert "Ln. 100" in read.street
