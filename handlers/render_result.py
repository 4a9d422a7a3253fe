"""What became of a resolution: the vote with counts and names, the outcome, who applied for it."""

from __future__ import annotations

from collections.abc import Mapping

from config.texts import DEFAULT_LANGUAGE, Texts
from feeds.record import Outcome, Resolution
from handlers.phrases import counted, enumeration
from handlers.services import Services
from storage.resolutions import StoredResolution

_OUTCOMES: Mapping[Outcome, str] = {
    "beschlossen": "outcome.adopted",
    "zur Kenntnis": "outcome.noted",
    "abgelehnt": "outcome.rejected",
    "vertagt": "outcome.postponed",
    "zurückgezogen": "outcome.withdrawn",
}
_REPORTING = ("Bericht", "BE")
"""How the labels begin that name a rapporteur (`feeds.head_lines`)."""


def facts_of(stored: StoredResolution, services: Services) -> tuple[str, ...]:
    """One line each for outcome, vote and applicants; a paper, which has none of them, gives none."""
    resolution = stored.resolution
    decided = decision_lines(resolution, services.texts)
    if stored.publication.publication.kind == "paper" and not (decided or resolution.applicants):
        return ()
    return (*(decided or (vote_line(resolution, services.texts),)), applicants_line(resolution, services))


def decision_lines(resolution: Resolution, texts: Texts) -> tuple[str, ...]:
    """Outcome, if it was not simply adopted, and vote; () where the document gives neither."""
    special = special_outcome(resolution, texts)
    lines = [texts("resolution.outcome", outcome=special)] if special else []
    return (*lines, vote_line(resolution, texts)) if vote(resolution, texts) else tuple(lines)


def vote_line(resolution: Resolution, texts: Texts) -> str:
    """For instance "Abstimmung: einstimmig"; that the document gives none is said too."""
    return texts("resolution.vote", vote=vote(resolution, texts) or texts("resolution.not_given"))


def result(resolution: Resolution, texts: Texts) -> str:
    """Outcome and vote in a few words: "einstimmig", "vertagt", "abgelehnt; mehrheitlich"; "" without either."""
    return "; ".join(part for part in (special_outcome(resolution, texts), vote(resolution, texts)) if part)


def vote(resolution: Resolution, texts: Texts) -> str:
    """For instance "mehrheitlich; 15 Ja, 0 Nein, 1 Enthaltung; enthalten: Bayern"; "" where nothing is given."""
    parts: list[str] = [texts(f"vote.{resolution.vote}")] if resolution.vote else []
    if resolution.counts:
        yes, no, abstained = resolution.counts
        parts.append(
            texts("resolution.counts", yes=yes, no=no, abstained=counted("count.abstention", abstained, texts))
        )
    for key, states in (("against", resolution.against), ("abstained", resolution.abstained)):
        if states:
            parts.append(texts(f"resolution.{key}", states=enumeration(states, texts)))
    return "; ".join(parts)


def outcome(resolution: Resolution, texts: Texts) -> str:
    """In words, also where it is the usual one."""
    if resolution.outcome is None:
        return texts("outcome.adopted" if resolution.vote else "resolution.not_given")
    return texts(_OUTCOMES[resolution.outcome])


def special_outcome(resolution: Resolution, texts: Texts) -> str:
    """The outcome where a resolution was not simply adopted, else ""."""
    return "" if resolution.outcome in (None, "beschlossen") else outcome(resolution, texts)


def applicants_line(resolution: Resolution, services: Services) -> str:
    """For instance "Antragsteller: Bayern und Hessen"."""
    return f"{applicants_label(resolution, services.texts)}: {applicants(resolution, services)}"


def applicants_label(resolution: Resolution, texts: Texts) -> str:
    """What the document calls them; in another language whether they applied or only report."""
    label = resolution.applicants_label
    if label and texts.language == DEFAULT_LANGUAGE:
        return label
    reports = label is not None and label.startswith(_REPORTING)
    return texts("resolution.rapporteur_label" if reports else "resolution.applicants_label")


def applicants(resolution: Resolution, services: Services) -> str:
    """All by name, or "alle 16 Länder"."""
    texts, states = services.texts, services.states.names
    if len(resolution.applicants) == len(states) and set(resolution.applicants) == set(states):
        return texts("resolution.all_states", number=len(states))
    return enumeration(resolution.applicants, texts) or texts("resolution.not_given")
