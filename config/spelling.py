"""How names and words are compared: without case, accents' many codings, umlauts' two spellings, blanks and signs."""

from __future__ import annotations

import unicodedata

_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def letters(text: str) -> str:
    """Lower case, letters and digits only; umlauts stay as they are spelt."""
    return "".join(char for char in unicodedata.normalize("NFC", text).casefold() if char.isalnum())


def fold(text: str) -> str:
    """As `letters`, with umlauts and ß spelt out: Thüringen and Thueringen are the same."""
    return letters(text).translate(_FOLD)
