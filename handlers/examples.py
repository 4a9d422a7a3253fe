"""Examples that work: a resolution that is stored, as people cite it."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.services import Services
from storage import resolutions


@dataclass(frozen=True, slots=True)
class Example:
    """For instance "20. IntMK TOP 5.2" and "20. IntMK"."""

    cited: str
    session: str


ELSEWHERE = Example("20. IntMK TOP 5.2", "20. IntMK")
"""Where nothing is stored yet."""


async def example(services: Services) -> Example:
    """The newest that a conference has decided under a number."""
    async with services.database.read() as conn:
        found = await resolutions.newest_number(conn)
    if found is None:
        return ELSEWHERE
    number, body, session = found
    return Example(f"{session}. {body} TOP {number}", f"{session}. {body}")
