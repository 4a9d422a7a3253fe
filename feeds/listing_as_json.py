"""A listing to JSON and back, for the way out of the process that read it."""

from __future__ import annotations

from functools import cache
from typing import Any

from cattrs.preconf.json import JsonConverter, make_converter

from feeds.entry import Listing

Json = dict[str, Any]


def listing_to_json(listing: Listing) -> Json:
    data: Json = _converter().unstructure(listing)
    return data


def listing_from_json(data: Json) -> Listing:
    """Raises `cattrs.errors.BaseValidationError` when the data is no listing."""
    return _converter().structure(data, Listing)


@cache
def _converter() -> JsonConverter:
    return make_converter()
