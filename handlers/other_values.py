"""A condition that nothing meets: what else it could say. A Land in its other roles, the law of a section, the
conference of a session, another result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from feeds.filter_values import BALLOTS, CONTENTS, conference_parts, law_of
from feeds.query_language import Filter, FilterName, Request
from handlers.services import Services

_ROLES: tuple[FilterName, ...] = ("antrag", "notiz", "dagegen", "enthalten", "genannt")

_Others = Callable[[str, Services, Sequence[str]], Iterable[str]]


def with_other_values(request: Request, bodies: Sequence[str], services: Services) -> Iterator[tuple[Filter, Request]]:
    """(what a condition becomes, the whole search with it), the nearest first. `bodies`: conferences there are."""
    for one in request.filters:
        if not one.excluded:
            for other in _others(one, bodies, services):
                changed = tuple(other if kept == one else kept for kept in request.filters)
                yield other, replace(request, filters=changed)


def _others(one: Filter, bodies: Sequence[str], services: Services) -> Iterator[Filter]:
    if one.name in _ROLES:
        yield from (Filter(role, one.value) for role in _ROLES if role != one.name)
    elif one.name in _VALUES:
        values = _VALUES[one.name](one.value, services, bodies)
        yield from (Filter(one.name, value) for value in dict.fromkeys(values) if value != one.value)


def _conferences(value: str, _services: Services, bodies: Sequence[str]) -> Iterable[str]:
    """The whole conference before others."""
    body, session = conference_parts(value)
    return (*((body,) if session else ()), *bodies)


def _wholes(value: str, services: Services, _bodies: Sequence[str]) -> Iterable[str]:
    """Of whom it is a part."""
    addressees = services.values.addressees
    return (one.name for one in addressees.all if value in addressees.parts_of(one.name))


def _broader(value: str, services: Services, _bodies: Sequence[str]) -> Iterable[str]:
    above = next((topic.broader for topic in services.topics if topic.id == value), None)
    return (above,) if above else ()


_VALUES: Mapping[FilterName, _Others] = {
    "konferenz": _conferences,
    "an": _wholes,
    "thema": _broader,
    "gesetz": lambda value, *_: (law_of(value)[0],),
    "abstimmung": lambda *_: BALLOTS,
    "mit": lambda *_: CONTENTS,
}
