"""What the bot says, as data: one file of texts per language (`config/texts/de.toml`, `en.toml`).

Adding a language is adding a file: its name is the language's two-letter code (ISO 639-1), its keys and {fields} those
of `de.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("texts")

DEFAULT_LANGUAGE = "de"
"""What a chat is spoken to in that has chosen nothing."""


class TextsError(ValueError):
    """A language or text that does not exist, or one whose fields were not filled; the message says which."""


@dataclass(frozen=True, slots=True)
class Texts:
    """`texts("topic.found", query="…")`: the text of that key with its {fields} filled in. Build with `load`."""

    language: str
    _by_key: Mapping[str, str]

    @classmethod
    def load(cls, language: str = DEFAULT_LANGUAGE) -> Texts:
        """Read the packaged file of that language; raises `TextsError`."""
        path = FOLDER / f"{language}.toml"
        try:
            with path.open("rb") as file:
                return cls(language, dict(_flat(tomllib.load(file))))
        except FileNotFoundError as error:
            known = ", ".join(sorted(file.stem for file in FOLDER.glob("*.toml")))
            raise TextsError(f"There are no texts in „{language}“; there are: {known}") from error
        except tomllib.TOMLDecodeError as error:
            raise TextsError(f"{path.name} cannot be read: {error}") from error

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._by_key)

    def template(self, key: str) -> str:
        """The text with its {fields} as they are; raises KeyError."""
        return self._by_key[key]

    def __call__(self, key: str, **fields: object) -> str:
        """Raises `TextsError` for an unknown key or a field that is missing."""
        try:
            return self._by_key[key].format(**fields)
        except KeyError as error:
            problem = f"is missing its field {error}" if key in self._by_key else "does not exist"
            raise TextsError(f"The text „{key}“ {problem} ({self.language})") from error


@dataclass(frozen=True, slots=True)
class Languages:
    """The texts of every language there is a file for. Build with `load`."""

    _by_code: Mapping[str, Texts]

    @classmethod
    def load(cls) -> Languages:
        """Read all packaged files; raises `TextsError`."""
        codes = sorted((file.stem for file in FOLDER.glob("*.toml")), key=lambda code: (code != DEFAULT_LANGUAGE, code))
        return cls({code: Texts.load(code) for code in codes})

    @property
    def codes(self) -> tuple[str, ...]:
        """The default first."""
        return tuple(self._by_code)

    def of(self, code: str | None) -> Texts:
        """The texts of that language; of the default where none is chosen, or one that no longer exists."""
        return self._by_code.get(code or DEFAULT_LANGUAGE) or self._by_code[DEFAULT_LANGUAGE]

    def known(self, tag: str | None) -> str | None:
        """The language of an IETF tag as chat programs send it ("en-GB" → "en"); None where there is no such file."""
        code = (tag or "").replace("_", "-").partition("-")[0].lower()
        return code if code in self._by_code else None


def _flat(tables: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """Nested tables as dotted keys."""
    for name, value in tables.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", str(value)
