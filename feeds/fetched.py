"""What asking for an address can come to. A result is a value, not an exception: one bad source stops nobody."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

LONGEST_PAUSE = dt.timedelta(days=7)
"""A server that asks for a longer pause is asked again after this one: a typing error must not end a source."""


_MAX_AGE = re.compile(r"(?<![\w-])max-age\s*=\s*\"?([0-9]{1,18})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Validators:
    """What the last good answer gave to ask "has it changed?" with (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}

    def or_else(self, older: Validators) -> Validators:
        """These, completed by older ones: a 304 need not repeat what has not changed."""
        return Validators(self.etag or older.etag, self.last_modified or older.last_modified)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole answer. `address` is the final one after redirects, `content_type` the header as it came.

    `moved_to`: where it is to be asked for from now on (RFC 9110: 301, 308), `fresh_for`: how long the server says
    that its answer will hold (RFC 9111, max-age).
    """

    body: bytes
    address: str
    content_type: str | None
    validators: Validators
    moved_to: str | None = None
    fresh_for: dt.timedelta | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The document is still what the validators stand for; `validators` are the ones to ask with next time.

    `moved_to`, `fresh_for`: as in `Fetched`.
    """

    validators: Validators
    moved_to: str | None = None
    fresh_for: dt.timedelta | None = None


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """Nothing usable came. `reason` is a sentence.

    `status` is that of the answer, if there was one; `retry_after` is the pause that the server asked for;
    `unreachable` says that the host itself did not answer, so that asking it for something else is in vain.
    """

    reason: str
    status: int | None = None
    retry_after: dt.timedelta | None = None
    unreachable: bool = False


FetchResult = Fetched | NotModified | FetchFailed


def parse_max_age(cache_control: str | None) -> dt.timedelta | None:
    """How long a Cache-Control header says that an answer holds; None where it does not, or makes no sense."""
    found = _MAX_AGE.search(cache_control or "")
    return dt.timedelta(seconds=min(int(found[1]), LONGEST_PAUSE.total_seconds())) if found else None


def parse_retry_after(value: str | None, date: str | None) -> dt.timedelta | None:
    """The pause that a Retry-After header asks for: seconds, or a time that is compared with the Date header.

    None for a header that is missing or makes no sense (RFC 9110, section 10.2.3).
    """
    text = (value or "").strip()
    if re.fullmatch(r"[0-9]{1,18}", text):
        return dt.timedelta(seconds=min(int(text), LONGEST_PAUSE.total_seconds()))
    try:
        pause = parsedate_to_datetime(text) - parsedate_to_datetime(date or "")
    except (ValueError, TypeError):
        return None
    return min(max(pause, dt.timedelta(0)), LONGEST_PAUSE)
