"""What else says the same of a country: Italiener, italienisch and Italien are found by each other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from config.countries import load_countries
from feeds.words import Analyser


def of_the_same_country(typed: str, analyser: Analyser) -> frozenset[str]:
    """The forms of all words of the country that a single word names; () for other words."""
    by_form = _by_form(analyser)
    return frozenset().union(*(by_form.get(form, ()) for form in analyser.keys(typed)))


@lru_cache(maxsize=4)
def _by_form(analyser: Analyser) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for words in load_countries():
        forms = frozenset().union(*map(analyser.keys, words))
        found |= dict.fromkeys(forms, forms)
    return found
