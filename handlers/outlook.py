"""What a subscription is likely to bring: how often it would have matched, the last matches, a warning if broad."""

from __future__ import annotations

from config.texts import Texts
from handlers.phrases import counted
from handlers.render_list import lines_by_conference
from handlers.reply import Block, plain
from handlers.services import Services
from storage.search import Outlook

SHOWN = 3
"""So many of the last matches are named."""

_BROAD_SHARE, _BROAD_NUMBER = 0.15, 30
"""From this share of all resolutions, and this many a year, people are told how to narrow a subscription."""

_SHARE_AT_ONCE, _MUCH_AT_ONCE = 0.4, 15
"""The same of a single session: 27 of 44 resolutions are what most officials do not want one by one."""


def outlook_blocks(seen: Outlook, label: str, services: Services) -> tuple[Block, ...]:
    """For a subscription that something stored matches."""
    texts = services.texts
    total = counted("count.resolution", seen.total, texts)
    rate = texts("outlook.so_far", total=total, often=_often(seen, texts))
    told = rate if seen.steady else texts("outlook.only_so_far", total=total)
    often = _often(seen, texts) if seen.steady else total
    broad = (plain(texts("outlook.broad", label=label, often=often)),) if is_broad(seen) else ()
    return (plain(told), *lines_by_conference(seen.newest, services), *broad)


def is_broad(seen: Outlook) -> bool:
    """By the rate; where there is none yet (all of one session) by the share alone, if that is much."""
    if is_frequent(seen):
        return True
    return not seen.steady and seen.total >= _MUCH_AT_ONCE and seen.a_year >= max(1.0, _SHARE_AT_ONCE * seen.all_a_year)


def is_frequent(seen: Outlook) -> bool:
    """Whether it is known to bring so much that one should be asked first."""
    return seen.a_year >= _BROAD_NUMBER and seen.a_year >= _BROAD_SHARE * seen.all_a_year


def _often(seen: Outlook, texts: Texts) -> str:
    """For instance "etwa 3 im Jahr"."""
    number = round(seen.a_year)
    if number > 1:
        return texts("outlook.many", number=number)
    return texts("outlook.one" if seen.a_year >= 0.75 else "outlook.rare")
