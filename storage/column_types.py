"""Column types that mean the same on every store.

SQLite compares text byte by byte and has whole numbers of 64 bits. PostgreSQL sorts by the language that its database
was made with, has smaller numbers unless told otherwise, and keeps no NUL in a text. So that both take the same values
and give the same order, text has the collation "C" there, and every whole number is a BIGINT (`migrations` sees to it).
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A whole number of up to 64 bits (SQLite gives out ids by itself only in a column that is called INTEGER)."""


class Text(sa.TypeDecorator[str]):
    """Text in the order of its code points. NUL characters, which broken documents have, are left out."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else value.replace("\x00", "")


class Moment(sa.TypeDecorator[dt.datetime]):
    """Points in time: aware UTC datetimes in and out.

    SQLite keeps no zone, so one is taken off on the way in (always UTC) and put back on the way out. What it stores has
    a fixed width, so it also sorts and compares as text. A naive datetime is refused.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time with its zone is needed, not {value.isoformat()}")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)
