"""Which cell of a row each complaint, doubt or change is about, so that the very cell can be coloured."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.services.intake_mapping import Mapping
from app.services.intake_names import Field
from app.services.intake_preview import Difference, PreviewRow
from app.services.intake_rows import Complaint, unwrapped

WHOLE_ROW = -1
_ADDRESS = (Field.ADDRESS, Field.STREET, Field.LATLON, Field.LAT)


class MarkKind(StrEnum):
    """Why a cell stands out, the gravest first."""

    ERROR = "error"
    DOUBT = "doubt"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing to know of a cell. `column` counts the file's columns from 0; -1: the row as a whole."""

    column: int
    kind: MarkKind
    complaint: Complaint | None = None
    difference: Difference | None = None


def marks_of(row: PreviewRow, mapping: Mapping) -> tuple[Mark, ...]:
    """Everything that is to know of a row's cells, the gravest first."""
    return tuple(_marks(row, mapping))


def _marks(row: PreviewRow, mapping: Mapping) -> Iterator[Mark]:
    for complaint in row.errors:
        yield Mark(column=_column_of(complaint, row, mapping), kind=MarkKind.ERROR, complaint=complaint)
    for complaint in row.warnings:
        yield Mark(column=_column_of(complaint, row, mapping), kind=MarkKind.DOUBT, complaint=complaint)
    for difference in row.differences:
        columns = mapping.of(difference.field)
        yield Mark(column=columns[0].column if columns else WHOLE_ROW, kind=MarkKind.CHANGE, difference=difference)


def _column_of(complaint: Complaint, row: PreviewRow, mapping: Mapping) -> int:
    """The column whose header the complaint names; of a field that several columns hold, the one with the value complained of."""
    named = [each for each in mapping.columns if complaint.column and each.header == complaint.column]
    if not named:
        return WHOLE_ROW
    alike = [*named, *(each for each in mapping.of(named[0].field) if each not in named)]
    return next((each.column for each in alike if complaint.value and _cell(row, each.column)[:200] == complaint.value), named[0].column)


def _cell(row: PreviewRow, column: int) -> str:
    return unwrapped(row.cells[column]) if column < len(row.cells) else ""


def address_column(mapping: Mapping) -> int:
    """The column that a doubtful place is shown in; -1 where the file has none."""
    return next((each.column for field in _ADDRESS for each in mapping.of(field)), WHOLE_ROW)
