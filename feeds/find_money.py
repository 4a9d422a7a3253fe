"""Amounts of money: "263 Mio. Euro", "ca. 480.000 EUR", "fünf Milliarden Euro", "pro Land ca. 30.000 EUR"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from feeds.found import place_in
from feeds.record import Money, Passage

_WORDS = {
    **dict.fromkeys(("ein", "eine", "einer", "einem"), 1),
    **dict(zip("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(), range(2, 13), strict=True)),
}
_SCALES = {"tsd": 10**3, "tausend": 10**3, "mio": 10**6, "million": 10**6, "mrd": 10**9, "milliarde": 10**9}
_CURRENCIES = {
    "Euro": "EUR",
    "EUR": "EUR",
    "€": "EUR",
    "US-Dollar": "USD",
    "USD": "USD",
    "Franken": "CHF",
    "CHF": "CHF",
}

_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{3}}){{1,5}}|\d{{1,15}})(?:,\d{{1,9}}|,[-–])?|(?:{_WORD})(?=\s(?:T|M))"
_SCALE = r"(?:Tsd\.?|[Tt]ausend|Mio\.?|Mrd\.?|Million(?:en)?|Milliarden?)"
_CURRENCY = "|".join(_CURRENCIES)
_ANY_CURRENCY = re.compile(_CURRENCY)
_ABOUT = r"ca\.|circa|rund|etwa|ungefähr|knapp|gut"
_AMOUNT = re.compile(
    r"(?<![\w.,])(?:(?:pro|je)\s(?P<per_before>[A-ZÄÖÜ]\w+)\s)?"
    rf"(?:(?P<about>{_ABOUT})\s)?"
    rf"(?:(?P<first>{_NUMBER})(?P<first_scale>\s{_SCALE})?\s(?:bis|–|-|und)\s)?"
    rf"(?P<number>{_NUMBER})(?:\s?(?P<scale>{_SCALE}))?\s?(?P<currency>{_CURRENCY})(?![\w-])"
    r"(?:\s(?:pro|je)\s(?P<per_behind>[A-ZÄÖÜ]\w+))?"
)


def find_money(passages: tuple[Passage, ...]) -> tuple[Money, ...]:
    """Every amount in order; both ends of a range."""
    return tuple(one for passage in passages for one in _in_passage(passage))


def _in_passage(passage: Passage) -> Iterator[Money]:
    if not _ANY_CURRENCY.search(passage.text):
        return
    for match in _AMOUNT.finditer(passage.text):
        place = place_in(passage, match.start(), match.end())
        per = match["per_before"] or match["per_behind"]
        for amount in _amounts(match):
            currency = _CURRENCIES[match["currency"]]
            yield Money(amount, currency, match[0], bool(match["about"]), per, place.item, place.lines)


def _amounts(match: re.Match[str]) -> tuple[float, ...]:
    last = _units(match["number"], match["scale"])
    if match["first"] is None:
        return (last,)
    return _units(match["first"], match["first_scale"] or match["scale"]), last


def _units(number: str, scale: str | None) -> float:
    """ "77,5", "Mio." → 77500000; "9,90", None → 9.9."""
    plain = number.replace(".", "").rstrip(",-–").replace(",", ".")
    value = Decimal(_WORDS[number]) if number in _WORDS else Decimal(plain)
    written = (scale or "").strip().rstrip(".").lower()
    factor = next((size for name, size in _SCALES.items() if written and written.startswith(name)), 1)
    amount = value * factor
    return int(amount) if amount == amount.to_integral_value() else float(amount)
