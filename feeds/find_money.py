"""Amounts of money: "263 Mio. Euro", "0,5 Mrd. Euro", "ca. 480.000 EUR", "fünf Milliarden Euro", "pro Land ca. 30.000 EUR"."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from feeds.found import place_in
from feeds.record import Money, Passage

_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "",
            "ein eine einer einem",
            "zwei",
            "drei",
            "vier",
            "fünf",
            "sechs",
            "sieben",
            "acht",
            "neun",
            "zehn",
            "elf",
            "zwölf",
        )
    )
    for word in words.split()
}
_SCALES = (("Tsd", 10**3), ("Tausend", 10**3), ("tausend", 10**3), ("Mio", 10**6), ("Million", 10**6), ("Mrd", 10**9))
_SCALES_LONG = (("Milliarde", 10**9), ("Billion", 10**12))
_CURRENCIES = {
    "Euro": "EUR",
    "EUR": "EUR",
    "€": "EUR",
    "US-Dollar": "USD",
    "USD": "USD",
    "Franken": "CHF",
    "CHF": "CHF",
}

_NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,\d+|,[-–])?|(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?=\s(?:T|M|B))"
_SCALE = r"(?:Tsd\.?|[Tt]ausend|Mio\.?|Mrd\.?|Million(?:en)?|Milliarden?|Billion(?:en)?)"
_CURRENCY = "|".join(_CURRENCIES)
_ABOUT = r"ca\.|circa|rund|etwa|ungefähr|knapp|gut"
_PER = r"(?:pro|je)\s(?P<{0}>[A-ZÄÖÜ]\w+)"
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?:{_PER.format('per_before')}\s)?(?:(?P<about>{_ABOUT})\s)?(?:(?P<first>{_NUMBER})(?P<first_scale>\s{_SCALE})?"
    rf"\s(?:bis|–|-|und)\s)?(?P<number>{_NUMBER})(?:\s?(?P<scale>{_SCALE}))?\s?(?P<currency>{_CURRENCY})(?![\w-])"
    rf"(?:\s{_PER.format('per_behind')})?"
)


def find_money(passages: tuple[Passage, ...]) -> tuple[Money, ...]:
    """Every amount in order; both ends of a range. Parts of a unit are rounded: the text holds the exact amount."""
    return tuple(
        Money(
            amount, _CURRENCIES[match["currency"]], match[0], bool(match["about"]), _per(match), place.item, place.lines
        )
        for passage in passages
        for match in _AMOUNT.finditer(passage.text)
        for place in [place_in(passage, match.start(), match.end())]
        for amount in _amounts(match)
    )


def _per(match: re.Match[str]) -> str | None:
    return match["per_before"] or match["per_behind"]


def _amounts(match: re.Match[str]) -> tuple[int, ...]:
    last = _units(match["number"], match["scale"])
    if match["first"] is None:
        return (last,)
    return _units(match["first"], match["first_scale"] or match["scale"]), last


def _units(number: str, scale: str | None) -> int:
    """ "77,5", "Mio." → 77500000."""
    plain = number.replace(".", "").rstrip(",-–").replace(",", ".")
    value = Decimal(_WORDS[number]) if number in _WORDS else Decimal(plain)
    factor = next((size for name, size in (*_SCALES, *_SCALES_LONG) if (scale or "").strip().startswith(name)), 1)
    return int((value * factor).to_integral_value(ROUND_HALF_UP))
