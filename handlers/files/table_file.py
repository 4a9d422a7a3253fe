"""Hits as a table: CSV as German spreadsheets open it by a double click, or JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

Cell = str | int | Sequence[str] | None
Row = Mapping[str, Cell]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would carry out at the beginning of a cell (OWASP, "CSV injection")."""


def csv_file(columns: Mapping[str, str], rows: Sequence[Row]) -> bytes:
    """Semicolons and a byte order mark, as Excel wants them in German; lists are joined by commas. `columns`: what
    stands above each."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns.values())
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def json_file(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    found = [{column: _plain(row.get(column)) for column in columns} for row in rows]
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _cell(value: str | int | Sequence[str] | None) -> str:
    plain = _plain(value)
    text = "" if plain is None else ", ".join(plain) if isinstance(plain, list) else str(plain)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(value: str | int | Sequence[str] | None) -> str | int | list[str] | None:
    return value if value is None or isinstance(value, (str, int)) else list(value)
