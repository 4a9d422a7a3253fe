"""A paper without agenda items (a roadmap, a declaration): one record per section that carries content."""

from __future__ import annotations

import re
from dataclasses import replace

from feeds.facts import ConferenceFacts, days_of, facts_of
from feeds.line import Line
from feeds.outline import Section, sections_of
from feeds.paragraphs import flat_text
from feeds.parse_body import passages_of
from feeds.record import Passage, Publication, Reading, Resolution, SectionHeading
from feeds.split_words import word_repairer

FIELD = "Handlungsfeld"
_SECTION = "Abschnitt"
_AGREED = re.compile(rf"Im {FIELD} (?P<number>\d{{1,2}})\b.*\bvereinbar(?:en|t)\b.*:")
_SIGNED = re.compile(r"(?P<place>[A-ZÄÖÜ][\w. -]{2,40}), (?:den )?(?P<day>\d{1,2}\. ?[A-Za-zäöü]+ \d{4})")
_CLOSING_LINES = 3
_TITLE_GROUPS = 6


def parse_paper(lines: tuple[Line, ...], source: str, sha256: str) -> Reading:
    """Sections in order; bullets that one section agrees for a Handlungsfeld are told with that field."""
    body, facts = _signed(lines)
    above, sections = sections_of(body)
    if not sections:
        return _unknown(above, facts, source, sha256)
    title, subtitle = _titles(above)
    resolutions = _with_agreed(tuple(_resolution(one, _kind(one, sections)) for one in sections))
    repair = word_repairer(passage.text for one in resolutions for passage in one.passages)
    return Reading(
        _publication(facts, source, sha256, title, subtitle, sections),
        tuple(
            replace(one, passages=tuple(repair(passage) for passage in one.passages))
            for one in resolutions
            if one.passages
        ),
    )


def _unknown(lines: tuple[Line, ...], facts: ConferenceFacts, source: str, sha256: str) -> Reading:
    """No heads and no headings: the text as it is, and a warning."""
    passages = passages_of(lines, items=False)
    warning = "Aufbau nicht erkannt: weder Tagesordnungspunkte noch Abschnitte gefunden."
    if not passages:
        return Reading(_publication(facts, source, sha256, None, None, ()), (), ("Kein Text gefunden.",))
    title = passages[0].text.split("\n")[0][:200]
    resolution = Resolution(None, title, passages=passages, warnings=(warning,))
    return Reading(_publication(facts, source, sha256, title, None, ()), (resolution,), (warning,))


def _publication(
    facts: ConferenceFacts,
    source: str,
    sha256: str,
    title: str | None,
    subtitle: str | None,
    sections: tuple[Section, ...],
) -> Publication:
    return Publication(
        source=source,
        kind="paper",
        title=title,
        sha256=sha256,
        subtitle=subtitle,
        body=facts.body,
        session=facts.session,
        date_start=facts.date_start,
        date_end=facts.date_end,
        place=facts.place,
        meeting=facts.meeting,
        sections=tuple(SectionHeading(one.number, one.title) for one in sections if one.style != "numbered"),
    )


def _signed(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], ConferenceFacts]:
    """The lines without a closing "Ort, Datum", and what that line tells."""
    facts = facts_of(lines)
    for at in range(len(lines) - 1, max(-1, len(lines) - 1 - _CLOSING_LINES), -1):
        match = _SIGNED.fullmatch(lines[at].text)
        if match and (day := days_of(match["day"])[0]):
            return lines[:at] + lines[at + 1 :], replace(facts, place=match["place"], date_start=day, date_end=day)
    return lines, facts


def _titles(above: tuple[Line, ...]) -> tuple[str | None, str | None]:
    """Title and subtitle: a line in lower case goes on with the title, one with a capital begins the subtitle."""
    title: list[Line] = []
    subtitle: list[Line] = []
    for line in above[:_TITLE_GROUPS]:
        goes_on = not title or (not subtitle and (not line.gap or line.text[:1].islower()))
        (title if goes_on else subtitle).append(line)
    return flat_text(title) or None, flat_text(subtitle) or None


def _kind(section: Section, sections: tuple[Section, ...]) -> str:
    """Numbered sections are Handlungsfelder where the text above them says so."""
    if section.style != "numbered":
        return _SECTION
    above = sections[: sections.index(section)]
    announced = any(FIELD in one.title or FIELD in "".join(line.text for line in one.lines[-3:]) for one in above)
    return FIELD if announced else _SECTION


def _resolution(section: Section, kind: str) -> Resolution:
    return Resolution(section.number, section.title, section=kind, passages=passages_of(section.lines, items=False))


def _with_agreed(resolutions: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
    """What "Im Handlungsfeld 1 vereinbaren sie:" announces moves to that field, announcement and bullets."""
    moved: dict[str, tuple[Passage, ...]] = {}
    fields = {one.number for one in resolutions if one.section == FIELD}
    kept = []
    for one in resolutions:
        staying, agreed = _split_agreed(one.passages)
        if set(agreed) <= fields and one.section != FIELD:
            moved |= agreed
            one = replace(one, passages=staying)
        kept.append(one)
    return tuple(
        replace(one, passages=one.passages + moved.get(one.number or "", ())) if one.section == FIELD else one
        for one in kept
    )


def _split_agreed(passages: tuple[Passage, ...]) -> tuple[tuple[Passage, ...], dict[str, tuple[Passage, ...]]]:
    staying: list[Passage] = []
    agreed: dict[str, tuple[Passage, ...]] = {}
    current: str | None = None
    for passage in passages:
        announced = _AGREED.fullmatch(passage.text)
        if announced:
            current = announced["number"]
        elif passage.role != "bullet":
            current = None
        if current is None:
            staying.append(passage)
        else:
            agreed[current] = (*agreed.get(current, ()), passage)
    return tuple(staying), agreed
