"""Judging what an incident of the sample corpus knows: effects, figures with their speakers, positions, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kronika.codebook.states import states
from kronika.records import Incident
from tests.examples.judging import Failure, Found, reporting

_SMALL = frozenset(("a", "an", "the", "of", "for", "in", "to", "and"))


def judge_knowledge(found: Found, key: dict[str, Any], part: str = "incidents") -> Iterator[Failure]:
    """Yield what the record's incidents lack of the effects, figures, positions and sources in a part of the key."""
    names = {document.id: file for file, document in found.documents.items()}
    publishers = {file: document.publisher or "" for file, document in found.documents.items()}
    for expected in key[part]:
        incident = _incident_of(found, expected)
        if incident is None:
            continue
        sources = expected.get("independent_sources")
        if sources is not None and incident.independent_sources != sources:
            yield Failure("sources", expected["id"], "", f"{incident.independent_sources}, not {sources}")
        told = {effect.kind for effect in incident.effects if not effect.negated}
        for kind in expected.get("effects", ()):
            if kind not in told:
                yield Failure("effect", expected["id"], "", f"{kind}, among {sorted(told)}")
        for figure in expected.get("figures", ()):
            speaker = publishers[figure["file"]] if figure["speaker"] == "document" else figure["speaker"]
            yield from _judge_figure(incident, expected["id"], {**figure, "speaker": speaker}, names)
        yield from _judge_ranges(incident, expected)
        yield from _judge_positions(incident, expected, names)
    yield from _judge_totals(found, key, names)


def _judge_positions(incident: Incident, expected: dict[str, Any], names: dict[str, str]) -> Iterator[Failure]:
    def taken_in(file: str) -> list[tuple[str, str]]:
        return [(p.stance, p.party) for p in incident.positions if names[p.document] == file]

    for position in expected.get("positions", ()):
        taken = taken_in(position["file"])
        if not any(stance == position["stance"] and _same(party, position["party"]) for stance, party in taken):
            wanted = f"{position['party']} {position['stance']}, among {taken}"
            yield Failure("position", expected["id"], position["file"], wanted)
    for nobody in expected.get("no_position", ()):
        for stance, party in taken_in(nobody["file"]):
            if _same(party, nobody["party"]):
                yield Failure("position", expected["id"], nobody["file"], f"{party} {stance}, who takes none")


def _judge_ranges(incident: Incident, expected: dict[str, Any]) -> Iterator[Failure]:
    for wanted in expected.get("range", ()):
        given = [(f.low, f.best, f.high) for f in incident.figures if f.kind == wanted["kind"]]
        if given != [(wanted["low"], wanted["best"], wanted["high"])]:
            yield Failure("range", expected["id"], "", f"{wanted}, not {given}")


def _judge_totals(found: Found, key: dict[str, Any], names: dict[str, str]) -> Iterator[Failure]:
    """Yield the totals of a whole night that stand among the figures of one attack."""
    for expected in key["incidents"]:
        incident = _incident_of(found, expected)
        figures = incident.figures if incident is not None else ()
        for value in (value for figure in figures if figure.kind == "intercepted" for value in figure.values):
            for raid in key["raids"]:
                if (raid["file"], raid["intercepted"]) == (names[value.document], value.quantity.best):
                    yield Failure(
                        "figure", expected["id"], raid["file"], f"{raid['intercepted']} is of the whole night"
                    )


def _incident_of(found: Found, expected: dict[str, Any]) -> Incident | None:
    for file, words in expected["reports"].items():
        for event in reporting(found, file, words, expected["type"]):
            if event.id in found.home:
                return found.incidents[found.home[event.id]]
    return None


def _judge_figure(incident: Incident, name: str, expected: dict[str, Any], names: dict[str, str]) -> Iterator[Failure]:
    number = expected.get("value", expected.get("low"))
    given = [
        value
        for figure in incident.figures
        if figure.kind == expected["kind"]
        for value in figure.values
        if names[value.document] == expected["file"] and number in (value.quantity.best, value.quantity.low)
    ]
    if not given:
        yield Failure("figure", name, expected["file"], f"{expected['kind']} {number} is missing")
    elif not any(_same(value.speaker, expected["speaker"]) for value in given):
        told = f"{expected['kind']} {number}: {[value.speaker for value in given]}, not {expected['speaker']}"
        yield Failure("speaker", name, expected["file"], told)


def _same(one: str, other: str) -> bool:
    """Whether two names of a speaker share a word that tells ("General Staff", "General Staff of the Armed Forces").

    A state goes by its name where the text names its capital ("Kyiv" for Ukraine).
    """
    table = states()
    mine_state, their_state = (table.country_of(name) or table.capitals.get(name.casefold()) for name in (one, other))
    if mine_state is not None and mine_state == their_state:
        return True
    mine, theirs = (set(re.findall(r"\w+", name.casefold())) - _SMALL for name in (one, other))
    return bool(mine & theirs)
