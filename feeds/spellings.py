"""Other spellings of a word, the adjective that a noun of a quality is made of, and who drives in other words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

_DIGRAPH = re.compile("(ae|oe|ue)", re.IGNORECASE)
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü", "Ae": "Ä", "Oe": "Ö", "Ue": "Ü"}
# More digraphs are no umlauts: a cap against hostile input.
_MOST_DIGRAPHS = 3
# Endings of nouns of a quality, and what of them the adjective keeps; short adjectives (frei, gesund) mean more.
_QUALITIES = (("losigkeit", "los"), ("igkeit", "ig"), ("barkeit", "bar"), ("heit", ""))
_LONG_ADJECTIVE = 9
# Not "Führer" alone, nor who leads something else: Geschäftsführer.
_DRIVER = re.compile(
    r"(?P<what>\w*(?:bahn|bus|lok|kraftfahrzeug|kfz|lkw|pkw|lastwagen|taxi|zug|kran|bagger|schiffs?|flugzeug)-?)"
    r"(?:fahr|führ)(?:er(?:in(?:nen)?|n|s)?|ende[nr]?)",
    re.IGNORECASE,
)
_DRIVING = ("fahrer", "führer", "fahrende", "führende")


def spellings(word: str) -> tuple[str, ...]:
    """As typed; as a noun; with umlauts for ae, oe, ue; in the old spelling with ß; the man for the woman."""
    typed = (word, word[0].upper() + word[1:])
    umlauts = [*typed, *(spelling for form in typed for spelling in _with_umlauts(form))]
    old = (form.replace("ss", "ß") for form in umlauts)
    men = (form.removesuffix("nen").removesuffix("in") + "er" for form in typed if form.endswith(("in", "innen")))
    return tuple(dict.fromkeys((*umlauts, *old, *men)))


def occupations(noun: str) -> Iterator[str]:
    """Who drives something, in the other words for it: Busfahrer → Busführer, Busfahrende, Busführende."""
    if match := _DRIVER.fullmatch(noun):
        yield from (f"{match['what']}{ending}" for ending in _DRIVING)


def _with_umlauts(word: str) -> Iterator[str]:
    pieces = _DIGRAPH.split(word)
    if 1 < len(pieces) <= 2 * _MOST_DIGRAPHS + 1:
        choices = [(_UMLAUTS.get(piece, piece), piece) if at % 2 else (piece,) for at, piece in enumerate(pieces)]
        yield from map("".join, itertools.product(*choices))


def adjectives(noun: str) -> Iterator[str]:
    """What a long noun of a quality is made of: Mehrsprachigkeit → mehrsprachig, Wohnungslosigkeit → wohnungslos."""
    for ending, kept in _QUALITIES:
        if (
            noun.lower().endswith(ending)
            and len(adjective := noun[: len(noun) - len(ending)] + kept) >= _LONG_ADJECTIVE
        ):
            yield adjective.lower()
