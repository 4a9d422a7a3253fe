"""Once a day what has been kept long enough is erased."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence

from storage.database import Database
from storage.retention import MOST, Rule, sweep

EVERY = dt.timedelta(days=1)
AFTER = dt.timedelta(minutes=15)
"""A machine that has just started may not know yet what time it is, and what is erased does not come back."""

_log = logging.getLogger(__name__)


async def tidy(database: Database, rules: Sequence[Rule], now: dt.datetime) -> dict[str, int]:
    """Carry every rule out, a piece at a time; how many rows went by each. One that fails does not stop the others."""
    erased = {}
    for rule in rules:
        try:
            erased[rule.name] = await _carry_out(database, rule, now)
        except Exception:
            _log.exception("retention.failed", extra={"fields": {"rule": rule.name}})
    if any(erased.values()):
        await database.scrub()
        _log.info("retention.done", extra={"fields": {name: count for name, count in erased.items() if count}})
    return erased


async def _carry_out(database: Database, rule: Rule, now: dt.datetime) -> int:
    total = 0
    while True:
        async with database.begin() as conn:
            count = await sweep(conn, rule, now)
        total += count
        if count < MOST:
            return total
