"""Whether a document decides anything that we can read: what a cookie banner or an error page leaves does not.

A document with agenda items does. One without them does if anybody in it decides, asks somebody for something or
undertakes something under a name; "wir" is no name ("Wir verwenden Cookies"), and neither headings nor numbers are a
sign, since privacy notices have both.
"""

from __future__ import annotations

import re
from dataclasses import replace

from feeds.record import Reading, Resolution

NO_RESOLUTION = "Kein Beschluss erkannt: Hier wird nichts beschlossen, gefordert oder zugesagt."

_DECIDED = re.compile(r"\bbeschl(?:ieß(?:t|en)|ossen|oss)\b|\b(?:nimmt|nehmen|genommen)\b.*\bzur Kenntnis\b")
_NAMELESS = frozenset({"wir", "Sie", "sie"})


def is_recognised(reading: Reading) -> bool:
    """False exactly where the reading says so itself."""
    return NO_RESOLUTION not in reading.warnings


def with_verdict(reading: Reading) -> Reading:
    """The reading, with a warning if it holds text but no resolution; its facts must have been found before."""
    if reading.publication.kind == "resolutions" or not reading.resolutions:
        return reading
    if any(map(_has_sign, reading.resolutions)):
        return reading
    return replace(reading, warnings=(*reading.warnings, NO_RESOLUTION))


def _has_sign(resolution: Resolution) -> bool:
    asked = any(one.addressee and one.addressee not in _NAMELESS for one in resolution.demands)
    undertaken = any(not _NAMELESS.issuperset(one.actors) for one in resolution.commitments)
    return asked or undertaken or bool(resolution.references or _DECIDED.search(resolution.text))
