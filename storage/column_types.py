"""Column types that mean the same on every store.

SQLite compares text byte by byte and has whole numbers of 64 bits. PostgreSQL sorts by the language that its database
was made with, has smaller numbers unless told otherwise, and keeps no NUL in a text. So that both take the same values
and give the same order, text has the collation "C" there, and every whole number is a BIGINT (`migrations` sees to it).
"""

from __future__ import annotations

import datetime as dt
import json

import sqlalchemy as sa

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A whole number of up to 64 bits (SQLite gives out ids by itself only in a column that is called INTEGER)."""


def whole_characters(text: str) -> str:
    """With a replacement character for each half of a surrogate pair: that is no UTF-8, and no store takes it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def as_json(value: object) -> str:
    """How a store's JSON columns are written."""
    return whole_characters(json.dumps(value, ensure_ascii=False))


class Text(sa.TypeDecorator[str]):
    """Text in the order of its code points. Of what broken documents have NUL characters are left out, and halves of
    surrogate pairs become replacement characters."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else whole_characters(value.replace("\x00", ""))


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
