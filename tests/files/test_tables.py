"""Any bytes become a table, or a sentence that says what, where and how to mend it."""

import os
import zipfile
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import Malformed
from app.files.encodings import decode
from app.files.tables import FileTables
from app.services.ports.files import Form, Table
from app.wording.catalogue import sentence
from tests.files.made_files import CHINESE, a_workbook, text_cell, with_sheet_xml


def read(path: Path, content: bytes | str | None = None) -> Table:
    """The table of a file with that content."""
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return FileTables().read(path)


def refusal(path: Path, content: bytes | str | None = None) -> str:
    """The key of the sentence with which a file is refused; the sentence can be said in both languages."""
    with pytest.raises(Malformed) as caught:
        read(path, content)
    for language in ("en", "zh_TW"):
        assert len(sentence(caught.value.sentence, language)) > 10
    return caught.value.sentence.key


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "orders.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_chinese_is_read_in_every_encoding_it_comes_in(file: Path, encoding: str) -> None:
    table = read(file, CHINESE.encode(encoding))
    assert table.lines[0].cells == ("訂單編號", "姓名", "地址", "電話")
    assert table.lines[2].cells[2] == "新北市板橋區縣民大道二段7號"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "订单号,姓名,地址\nA-1,王小明,北京市朝阳区建国路88号\nA-2,李华,上海市浦东新区世纪大道100号\n"),
        ("cp932", "注文番号,氏名,住所\n1,山田太郎,東京都千代田区丸の内１丁目\n2,さとう,大阪府大阪市北区梅田\n"),
        ("cp1252", "Tilaus,Nimi,Osoite\n1,Äijälä,Hämeentie 5\n2,Mäkelä,Töölönkatu 3\n"),
        ("cp1251", "Заказ,Имя,Адрес\n1,Иван,улица Ленина 5\n2,Пётр,проспект Мира 7\n"),
        ("cp949", "주문번호,이름,주소\n1,김철수,서울특별시 중구 세종대로 110\n"),
    ],
)
def test_other_scripts_are_read_in_the_encodings_of_their_countries(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "file")[0] == text


def test_an_encoding_that_a_person_chose_is_obeyed_or_refused(file: Path) -> None:
    file.write_bytes(CHINESE.encode("cp950"))
    assert FileTables().read(file, encoding="big5").lines[1].cells[1] == "王小明"
    with pytest.raises(Malformed, match="encoding_misfit"):
        FileTables().read(file, encoding="utf-8")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_guessed(file: Path, sign: str) -> None:
    rows = [["order", "name", "weight"], ["A-1", "Aino", "1.5"], ["A-2", "Eino", "2.5"]]
    table = read(file, "\n".join(sign.join(row) for row in rows))
    assert [list(line.cells) for line in table.lines] == rows
    assert table.delimiter == sign


def test_decimal_commas_do_not_pass_for_delimiters(file: Path) -> None:
    table = read(file, "order;lat;lon\nA;60,17;24,94\nB;60,18;24,95\n")
    assert table.lines[1].cells == ("A", "60,17", "24,94")


def test_a_first_line_may_name_the_delimiter_and_is_no_row(file: Path) -> None:
    table = read(file, "sep=;\r\norder;address\r\nA-1;Main Street 5, Helsinki\r\n")
    assert table.lines[0].row == 1
    assert table.lines[1].cells == ("A-1", "Main Street 5, Helsinki")


def test_rows_are_counted_as_a_spreadsheet_counts_them(file: Path) -> None:
    """A quoted cell over two lines is one row; a blank row counts."""
    table = read(file, 'order,name\nA-1,"Aino\nKuusi"\n\nA-2,Eino\n')
    assert [(line.row, line.cells[0]) for line in table.lines] == [(1, "order"), (2, "A-1"), (4, "A-2")]


def test_a_broken_quote_spoils_its_row_only(file: Path) -> None:
    table = read(file, 'order,name\nA-1,"Aino\nA-2,Eino\nA-3,Helmi\n')
    assert [line.cells[0] for line in table.lines] == ["order", "A-2", "A-3"]
    assert [(broken.row, broken.reason.key) for broken in table.broken] == [(2, "table.quote")]


def test_pasted_text_is_a_table() -> None:
    assert FileTables().read_text("order\taddress\nA-1\tBulevardi 5\n").lines[1].cells == ("A-1", "Bulevardi 5")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "table.empty"),
        (b" \n\n", "table.empty"),
        (b"\xef\xbb\xbf", "table.empty"),
        (b"%PDF-1.7 ...", "table.other_kind"),
        (b"\x89PNG\r\n\x1a\n....", "table.other_kind"),
        (bytes(range(256)) * 8, "table.binary"),
        (b"\x00" * 400, "table.binary"),
        (b"<html><table><tr><td>Order", "table.web_page"),
        (b'[{"order": 1}]', "table.json"),
        (b"PK\x03\x04" + b"\x00" * 60, "table.cut"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "table.cut"),
        (b"a," * 3_000, "table.too_wide"),
        (b'a,b\n"x"y,1\n' * 60, "table.quotes"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(file: Path, content: bytes, key: str) -> None:
    if key == "table.too_wide":
        content += b"z"
    assert refusal(file, content) == key


def test_a_huge_file_is_refused_before_it_is_read(file: Path) -> None:
    with file.open("wb") as stream:
        stream.write(b"order,address\n")
        stream.truncate(200_000_000)
    assert refusal(file) == "table.too_large"


def test_too_many_rows_are_refused(file: Path) -> None:
    assert refusal(file, b"1,2\n" * 200_001) == "table.too_many_rows"


def test_folders_missing_files_and_pipes_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "table.folder"
    assert refusal(tmp_path / "none.csv") == "table.missing"
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == "table.no_file"


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_the_right_to_read_it_is_refused(file: Path) -> None:
    file.write_text("order\n")
    file.chmod(0)
    assert refusal(file) == "table.no_permission"


def test_a_workbook_keeps_what_its_cells_mean(tmp_path: Path) -> None:
    """Whole numbers without a fraction, days and times as ISO, text with its leading zeros, and digits that a format pads."""
    rows = [["Order", "Zip", "Day", "Time", "Weight", "Padded"], [12345, "00100", date(2026, 11, 23), time(8, 30), 12.5, (100,)]]
    table = read(a_workbook(tmp_path / "a.xlsx", rows))
    assert table.lines[1].cells == ("12345", "00100", "2026-11-23", "08:30", "12.5", "00100")
    assert (table.form, table.sheet) == (Form.SPREADSHEET, "Orders")


def test_of_several_sheets_the_one_with_orders_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", [["Hello"], ["notes"]], sheet="Cover", more={"Tour": [["Order", "Address"], ["A-1", "Bulevardi 5"]]})
    table = read(path)
    assert table.sheet == "Tour"
    assert "Cover" in sentence(table.notes[0])
    assert FileTables().read(path, sheet="Cover").lines[0].cells == ("Hello",)
    with pytest.raises(Malformed, match="no_sheet"):
        FileTables().read(path, sheet="Other")


def test_formulas_that_were_never_computed_and_error_values_are_named(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{text_cell("A1", "Order")}{text_cell("B1", "Weight")}</row>'
        f'<row r="2">{text_cell("A2", "A-1")}<c r="B2"><f>C2*2</f></c></row>'
        f'<row r="3" hidden="1">{text_cell("A3", "A-2")}<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        f'<row r="4">{text_cell("A4", "A-3")}<c r="B4"><f>1+1</f><v>2</v></c></row>'
    )
    table = read(with_sheet_xml(tmp_path / "a.xlsx", rows))
    assert [(each.row, each.column, each.reason.key) for each in table.broken] == [(2, 1, "table.uncomputed"), (3, 1, "table.error_value")]
    assert table.lines[3].cells == ("A-3", "2")
    assert [note.key for note in table.notes] == ["table.hidden_rows"]


def test_a_cell_merged_downwards_counts_for_each_of_its_rows(tmp_path: Path) -> None:
    rows = f'<row r="1">{text_cell("A1", "Day")}{text_cell("B1", "Order")}</row>' + "".join(
        f'<row r="{row}">{text_cell(f"A{row}", "2026-11-23") if row == 2 else ""}{text_cell(f"B{row}", f"A-{row}")}</row>' for row in (2, 3, 4)
    )
    table = read(with_sheet_xml(tmp_path / "a.xlsx", rows, merged='<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'))
    assert [line.cells[0] for line in table.lines] == ["Day", "2026-11-23", "2026-11-23", ""]
    assert sentence(table.notes[0]).startswith("1 cell is merged over several rows (row 2)")


def test_a_cut_off_workbook_is_refused(tmp_path: Path) -> None:
    whole = a_workbook(tmp_path / "a.xlsx", [["Order", "Address"]] * 50).read_bytes()
    for share in (0.3, 0.7, 0.98):
        assert refusal(tmp_path / "cut.xlsx", whole[: int(len(whole) * share)]) == "table.cut"


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", [["Order"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as bomb, bomb.open("xl/media/x.bin", "w") as stream:
        for _ in range(45):
            stream.write(b"\0" * 10_000_000)
    assert refusal(path) == "table.bomb"


def test_a_sheet_with_a_cell_at_the_far_corner_is_refused(tmp_path: Path) -> None:
    rows = f'<row r="1">{text_cell("A1", "Order")}</row><row r="1048576">{text_cell("XFD1048576", "x")}</row>'
    assert refusal(with_sheet_xml(tmp_path / "a.xlsx", rows)) == "table.sheet_too_large"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as other:
        other.writestr("readme.txt", "hello")
    assert refusal(tmp_path / "a.xlsx") == "table.cut"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_a_table_or_malformed(tmp_path: Path, content: bytes) -> None:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        return  # workbooks have a process each: too slow for hundreds
    path = tmp_path / "any"
    path.write_bytes(content)
    try:
        table = FileTables().read(path)
    except Malformed as refused:
        sentence(refused.sentence)  # can be said
    else:
        assert all(any(line.cells) for line in table.lines)
        assert [line.row for line in table.lines] == sorted({line.row for line in table.lines})
