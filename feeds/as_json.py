"""Records to JSON and back: the public shape of `read --json`, and a lossless one for the store."""

from __future__ import annotations

from functools import cache
from typing import Any

from cattrs.preconf.json import JsonConverter, make_converter

from feeds.record import Reading, Resolution

Json = dict[str, Any]

_STORED_ONLY = ("passages",)
"""Working data of the reader that the public shape does not carry."""


def resolution_to_json(resolution: Resolution) -> Json:
    """The whole record as JSON-ready data; `resolution_from_json` gives it back unchanged."""
    return _dump(_converter(), resolution)


def resolution_from_json(data: Json) -> Resolution:
    """The record that `resolution_to_json` wrote; fields that were added since then take their defaults.

    Raises `cattrs.errors.BaseValidationError` when the data is not such a record.
    """
    return _converter().structure(data, Resolution)


def reading_to_json(reading: Reading) -> Json:
    """The whole reading as JSON-ready data; `reading_from_json` gives it back unchanged."""
    return _dump(_converter(), reading)


def reading_from_json(data: Json) -> Reading:
    """The reading that `reading_to_json` wrote.

    Raises `cattrs.errors.BaseValidationError` when the data is not such a reading.
    """
    return _converter().structure(data, Reading)


def reading_as_json(reading: Reading) -> Json:
    """The public shape of `read --json` (keys and meaning are fixed by the contract)."""
    converter = _converter()
    return {
        "publication": _dump(converter, reading.publication),
        "resolutions": [_public(_dump(converter, one), one) for one in reading.resolutions],
        "warnings": list(reading.warnings),
    }


def _public(data: Json, resolution: Resolution) -> Json:
    shown = {key: value for key, value in data.items() if key not in _STORED_ONLY}
    return shown | {"text": resolution.text, "paragraphs": resolution.paragraphs, "bullets": resolution.bullets}


def _dump(converter: JsonConverter, record: object) -> Json:
    data = converter.unstructure(record)
    if not isinstance(data, dict):
        raise TypeError(f"a record was expected, not {type(record).__name__}")
    return data


@cache
def _converter() -> JsonConverter:
    """Built once on first use: generating its functions takes milliseconds, using them microseconds."""
    return make_converter()
