"""When a subscription is called broad, with a rate and without one."""

from __future__ import annotations

import pytest

from handlers.outlook import is_broad
from storage.search import Outlook


@pytest.mark.parametrize(
    ("seen", "broad", "reason"),
    [
        (Outlook(90, 30, 200, ()), True, "30 a year, of 200"),
        (Outlook(87, 29, 100, ()), False, "less than one a fortnight or so"),
        (Outlook(90, 30, 201, ()), False, "a small part of everything"),
        (Outlook(27, 17, 27.7, (), steady=False), True, "most of a single session"),
        (Outlook(14, 9, 9, (), steady=False), False, "all of a very short one"),
        (Outlook(17, 11, 28, (), steady=False), False, "less than two fifths of a session"),
        (Outlook(20, 0, 0, (), steady=False), False, "a single session long ago"),
    ],
)
def test_what_is_broad(seen: Outlook, broad: bool, reason: str) -> None:
    assert is_broad(seen) is broad, reason
