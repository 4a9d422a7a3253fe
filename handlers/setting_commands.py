"""What a chat can settle about when, how and in which language it is told, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowDigest:
    pass


@dataclass(frozen=True, slots=True)
class SetDigest:
    """`minute` counts from local midnight (0 … 1439); None ends the digest. `days`: bit 0 is Monday."""

    minute: int | None
    days: int = 0b1111111


@dataclass(frozen=True, slots=True)
class SetEmptyDigests:
    """Whether a day without anything new is told too."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class SetQuiet:
    """Minutes from local midnight between which nothing is to come; both None: no quiet hours."""

    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing for so many days, or until a day as it was typed ("bis 20.12.2026")."""

    days: int = 0
    until: str | None = None


@dataclass(frozen=True, slots=True)
class GoOn:
    """Ends the pause."""


@dataclass(frozen=True, slots=True)
class SetZone:
    """The time zone as typed."""

    name: str


@dataclass(frozen=True, slots=True)
class SetSilent:
    silent: bool


@dataclass(frozen=True, slots=True)
class ShowLanguages:
    pass


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """The language as typed: its code or its name. `begins`: with the welcome in that language."""

    name: str
    begins: bool = False


SettingCommand = (
    ShowDigest
    | SetDigest
    | SetEmptyDigests
    | SetQuiet
    | Pause
    | GoOn
    | SetZone
    | SetSilent
    | ShowLanguages
    | SetLanguage
)
