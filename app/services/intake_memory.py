"""Columns as a person confirmed them last time: recalled whenever a file with the same headers comes again."""

import dataclasses
import hashlib

from app.services.intake_columns import heading, plain
from app.services.intake_mapping import Mapped, Mapping, letter
from app.services.intake_names import Field
from app.services.ports.columns import ColumnMemory
from app.services.ports.files import Table


def fingerprint(mapping: Mapping) -> str:
    """What tells one sender's headers from another's, whatever their case and blanks; empty where the file has no headers."""
    if not mapping.header_row:
        return ""
    names = "\n".join(plain(each) for each in mapping.headers)
    return hashlib.blake2b(names.encode(), digest_size=12).hexdigest()


def recalled(proposed: Mapping, table: Table, memory: ColumnMemory) -> Mapping | None:
    """The mapping that was confirmed for these headers; None where there was none. A first row that nobody would take for headers may have been one."""
    mapping = proposed if proposed.header_row else with_header(proposed, table)
    mark = fingerprint(mapping)
    fields = memory.recall(mark) if mark else None
    return with_fields(mapping, fields) if fields is not None else None


def remember(mapping: Mapping, memory: ColumnMemory) -> None:
    """Keeps a mapping for its headers; without headers there is nothing to know them by."""
    mark = fingerprint(mapping)
    if mark:
        memory.keep(mark, {each.column: each.field for each in mapping.columns})


def with_fields(mapping: Mapping, fields: dict[int, Field]) -> Mapping:
    """The mapping with these meanings and no others; units stay as the headers name them."""
    columns = tuple(_mapped(mapping, column, field) for column, field in sorted(fields.items()))
    return dataclasses.replace(mapping, columns=columns)


def with_header(mapping: Mapping, table: Table) -> Mapping:
    """The mapping where the first row of the table names the columns, with the meanings that it had."""
    first = table.lines[0] if table.lines else None
    if first is None:
        return mapping
    headed = dataclasses.replace(mapping, header_row=first.row, headers=first.cells, width=len(first.cells))
    return with_fields(headed, {each.column: each.field for each in mapping.columns})


def without_header(mapping: Mapping) -> Mapping:
    """The mapping where every row is an order and the columns go by letters, with the meanings that it had."""
    letters = tuple(letter(column) for column in range(len(mapping.headers)))
    bare = dataclasses.replace(mapping, header_row=0, headers=letters, width=0)
    return with_fields(bare, {each.column: each.field for each in mapping.columns})


def _mapped(mapping: Mapping, column: int, field: Field) -> Mapped:
    name = mapping.name_of(column)
    meant = heading(name)
    return Mapped(column, name, field, meant.unit if meant is not None and meant.field is field else "")
