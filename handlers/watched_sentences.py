"""Which sentence is watched when somebody marks a demand or a deadline."""

from __future__ import annotations

from feeds.demand_deadline import deadline_of, demands_due
from feeds.due import due_on
from feeds.record import DateMention, Demand, Resolution
from feeds.sentences_with import sentence_of
from storage.watches import Sentence


def of_demand(resolution: Resolution, position: int) -> Sentence | None:
    """The demand of that number, counted from 1; None if there is none such."""
    if not 1 <= position <= len(resolution.demands):
        return None
    demand = resolution.demands[position - 1]
    mention = deadline_of(demand, resolution)
    return _of(demand, mention)


def of_deadline(resolution: Resolution, position: int) -> Sentence | None:
    """What the date of that number (among all, from 1) sets a deadline for: a demand, else the sentence itself."""
    if not 1 <= position <= len(resolution.dates) or resolution.dates[position - 1].role != "deadline":
        return None
    mention = resolution.dates[position - 1]
    if demand := _demand_due(position - 1, resolution):
        return _of(demand, mention)
    sentence = sentence_of(resolution, mention)
    text = sentence.text if sentence else mention.text
    return Sentence(text, mention.item, None, due_on(mention), said_without_day(mention))


def said_without_day(mention: DateMention) -> str | None:
    """The words for a date that name no day ("22. IntMK 2027"); None for a day."""
    return None if mention.precision == "day" else mention.text


def still_stands(text: str, resolution: Resolution) -> bool:
    """Whether the sentence is still there, word for word, in the newest revision."""
    return any(text == demand.text for demand in resolution.demands) or text.split("\n")[0] in resolution.text


def _demand_due(position: int, resolution: Resolution) -> Demand | None:
    """The first that is to be met by the date at that position, counted from 0."""
    return next((demands[0] for at, demands in demands_due(resolution) if at == position and demands), None)


def _of(demand: Demand, due: DateMention | None) -> Sentence:
    if due is None:
        return Sentence(demand.text, demand.item, demand.addressee)
    return Sentence(demand.text, demand.item, demand.addressee, due_on(due), said_without_day(due))
