"""A column type for points in time: aware UTC datetimes in and out, on every store."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa


class Moment(sa.TypeDecorator[dt.datetime]):
    """SQLite keeps no zone, so one is taken off on the way in (always UTC) and put back on the way out.

    What SQLite stores has a fixed width, so it also sorts and compares as text. A naive datetime is refused.
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
