"""How people say when and how they want to hear of things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.command import parse_command
from handlers.command_types import Command, Problem
from handlers.setting_commands import GoOn, Pause, SetDigest, SetEmptyDigests, SetQuiet, SetSilent, SetZone

MO, FR = 0b0000001, 0b0010000


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("/digest 07:30", SetDigest(450)),
        ("/digest täglich 7:30", SetDigest(450)),
        ("/digest werktags 07:30", SetDigest(450, 0b0011111)),
        ("/digest mo-fr 7:30", SetDigest(450, 0b0011111)),
        ("/digest Montag bis Freitag um 7:30 Uhr", SetDigest(450, 0b0011111)),
        ("/digest montags 8", SetDigest(480, MO)),
        ("/digest mo, fr 8 Uhr", SetDigest(480, MO | FR)),
        ("/digest montags und freitags 8:00", SetDigest(480, MO | FR)),
        ("/digest wöchentlich 8:00", SetDigest(480, MO)),
        ("/digest wöchentlich freitags 8:00", SetDigest(480, FR)),
        ("/digest weekly friday 8:00", SetDigest(480, FR)),
        ("/digest werktags", SetDigest(450, 0b0011111)),
        ("/digest montags", SetDigest(450, MO)),
        ("/digest wöchentlich", SetDigest(450, MO)),
        ("/digest wöchentlich freitags", SetDigest(450, FR)),
        ("/digest sundays 9", SetDigest(540, 0b1000000)),
        ("/digest 8:00 montags", SetDigest(480, MO)),
        ("/digest um 8 Uhr montags und freitags", SetDigest(480, MO | FR)),
        ("/digest 7 uhr 30 werktags", SetDigest(450, 0b0011111)),
        ("/digest jeden Montag um 8", SetDigest(480, MO)),
        ("/digest mo-mi, fr 8", SetDigest(480, 0b0010111)),
        ("/digest montags nie", Problem("time", "digest", "montags nie")),
        ("/digest 25:00 montags", Problem("time", "digest", "25:00 montags")),
        ("/digest fr-mo 8:00", Problem("time", "digest", "fr-mo 8:00")),
        ("/digest leer", SetEmptyDigests(True)),
        ("/digest leer nein", SetEmptyDigests(False)),
        ("/digest aus", SetDigest(None)),
        ("/pause 14 Tage", Pause(14)),
        ("/pause 14", Pause(14)),
        ("/pause eine Woche", Pause(7)),
        ("/pause 2 wochen", Pause(14)),
        ("/pause", Problem("days", "pause", "")),
        ("/pause 0 Tage", Problem("days", "pause", "0 Tage")),
        ("/pause 900 Tage", Problem("days", "pause", "900 Tage")),
        ("/pause 3 Stunden", Problem("days", "pause", "3 Stunden")),
        ("/weiter", GoOn()),
        ("/ruhe 22:00-06:00", SetQuiet(1320, 360)),
        ("/ruhe von 22 bis 6 Uhr", SetQuiet(1320, 360)),
        ("/ruhe 12:00 – 13:30", SetQuiet(720, 810)),
        ("/ruhe 6-6", Problem("span", "ruhe", "6-6")),
        ("/ruhe bald", Problem("span", "ruhe", "bald")),
        ("/ruhe aus", SetQuiet(None, None)),
        ("/leise", SetSilent(True)),
        ("/leise aus", SetSilent(False)),
        ("/zeitzone Europe/Lisbon", SetZone("Europe/Lisbon")),
        ("/zeitzone", Problem("missing", "zeitzone")),
    ],
)
def test_what_is_understood(line: str, command: Command | Problem) -> None:
    assert parse_command(line) == command


@given(st.sampled_from(["digest", "pause", "ruhe", "leise", "zeitzone"]), st.text(max_size=40))
def test_nothing_raises(name: str, rest: str) -> None:
    parse_command(f"/{name} {rest}")
