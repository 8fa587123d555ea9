"""Files as they come in real life, and as nobody should send them, made in code."""

import zipfile
from datetime import date, time
from pathlib import Path
from typing import Any

import xlsxwriter

CHINESE = "訂單編號,姓名,地址,電話\nA-1,王小明,臺北市信義區市府路45號,0912-345-678\nA-2,陳美玲,新北市板橋區縣民大道二段7號,02-1234-5678\n"


def a_workbook(path: Path, rows: list[list[Any]], *, sheet: str = "Orders", more: dict[str, list[list[Any]]] | None = None) -> Path:
    """A workbook whose cells are typed as their Python values are."""
    book = xlsxwriter.Workbook(str(path))
    days, times, zeros = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "hh:mm"}), book.add_format({"num_format": "00000"})
    for name, content in {sheet: rows, **(more or {})}.items():
        page = book.add_worksheet(name)
        for row, cells in enumerate(content):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    page.write_datetime(row, column, cell, days)
                elif isinstance(cell, time):
                    page.write_datetime(row, column, cell, times)
                elif isinstance(cell, tuple):
                    page.write_number(row, column, cell[0], zeros)
                elif isinstance(cell, str):
                    page.write_string(row, column, cell)
                elif cell is not None:
                    page.write(row, column, cell)
    book.close()
    return path


def with_sheet_xml(path: Path, rows: str, *, merged: str = "") -> Path:
    """A workbook whose one sheet has this XML for rows."""
    a_workbook(path, [["x"]])
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (
        f'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>{merged}</worksheet>'
    ).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def text_cell(place: str, text: str) -> str:
    """The XML of a cell with text in it."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
