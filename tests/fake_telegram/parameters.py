"""Reading a method's parameters, from a form or from JSON. The original ignores what it does not know; this refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from tests.fake_telegram.answers import Json, bad_request

Reader = Callable[[Any], Any]


def integer(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad_request(f"a whole number was expected, not {value!r}") from None


def string(value: Any) -> str:
    if not isinstance(value, str):
        raise bad_request(f"a text was expected, not {value!r}")
    return value


def boolean(value: Any) -> bool:
    if value not in (True, False, "true", "false", "True", "False"):
        raise bad_request(f"true or false was expected, not {value!r}")
    return value in (True, "true", "True")


def structure(value: Any) -> Any:
    """An object or array: as such in a JSON body, JSON-encoded once more in a form."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request("can't parse JSON object") from None


async def given(request: web.Request) -> Json:
    """All parameters as they came, from the address and the body."""
    values: Json = dict(request.query)
    if request.content_type == "application/json":
        body: Json = await request.json()
        return values | body
    return values | dict(await request.post())


def read(values: Json, takes: Mapping[str, Reader], needs: frozenset[str]) -> Json:
    """The parameters as values of their types."""
    for name in values:
        if name not in takes:
            raise bad_request(f"unknown parameter {name!r}; known are {', '.join(sorted(takes)) or 'none'}")
    for name in needs:
        if name not in values:
            raise bad_request(f"parameter {name!r} is required")
    return {name: takes[name](value) for name, value in values.items()}
