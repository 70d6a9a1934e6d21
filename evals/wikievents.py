"""WikiEvents: triggers of attacks, deaths and injuries, and their arguments.

The scores are those of the reference scorer over all event types; ``conflict`` holds them for the three families that
kronika codes (``Conflict.Attack``, ``Life.Die``, ``Life.Injure``), the other types left out of the gold.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evals.bench import read_rows, reference_scorer, write_rows
from kronika.annotate.syntax import parse
from kronika.codebook.predicates import predicates
from kronika.gazetteer import open_gazetteer
from kronika.pipeline import read_document
from kronika.records import Document, Event, Mention, MentionKind, Span, Status

SCORER = None

FAMILIES = ("Conflict.Attack", "Life.Die", "Life.Injure")
_EXPLODE = "Conflict.Attack.DetonateExplode"
_ATTACK = "Conflict.Attack.Unspecified"
_DIE = "Life.Die.Unspecified"
_INJURE = "Life.Injure.Unspecified"
_UNREAL = frozenset((Status.PLANNED, Status.HYPOTHETICAL, Status.THREATENED))
_PEOPLE = frozenset((MentionKind.PERSON, MentionKind.GROUP, MentionKind.FORCES))
#: Role of kronika to role of WikiEvents, by type.
_ROLES = {
    _EXPLODE: {"actor": "Attacker", "target": "Target", "instrument": "ExplosiveDevice"},
    _ATTACK: {"actor": "Attacker", "target": "Target", "instrument": "Instrument"},
    _DIE: {"actor": "Killer", "victim": "Victim", "target": "Victim"},
    _INJURE: {"actor": "Injurer", "victim": "Victim", "target": "Victim"},
}


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the events of each document as token spans, in order."""
    kept = list(rows)
    gazetteer = open_gazetteer()
    tokenised = [_Tokens(row) for row in kept]
    documents = (Document.of(tokens.text) for tokens in tokenised)
    for row, tokens, (document, doc) in zip(kept, tokenised, parse(documents), strict=True):
        report = read_document(document, doc, gazetteer)
        found: dict[tuple[int, int], dict[str, Any]] = {}
        for event in report.events:
            for trigger in (event.trigger, *event.mentions):
                kind = event_type(event, trigger, doc)
                span = tokens.cover(trigger.start, trigger.end)
                if kind is not None and span is not None and span not in found:
                    arguments = _arguments(event, trigger, kind, doc, tokens)
                    found[span] = {"start": span[0], "end": span[1], "type": kind, "arguments": arguments}
        yield {"id": row["id"], "events": list(found.values())}


def event_type(event: Event, trigger: Span, doc: Any) -> str | None:
    """Return the type of one trigger of an event: by the word itself, which may be the toll of the event's attack."""
    if event.type != "ASSAULT" or event.status in _UNREAL:
        return None
    token = doc.char_span(trigger.start, trigger.end, alignment_mode="expand").root
    frames = _frames(token)
    if frames & {"kill", "die"}:
        return _DIE
    if frames & {"wound"}:
        return _INJURE
    if frames & {"explode", "bomb"}:
        return _EXPLODE
    if frames & {"strike", "fire", "shell", "airstrike", "clash", "beat"}:
        return _EXPLODE if event.mode in ("explosives", "suicide-attack") else _ATTACK
    return None


def _frames(token: Any) -> set[str]:
    table = predicates()
    lemma = token.lemma_.lower()
    found = {pattern.frame.id for pattern in table.verbs.get(lemma, ())} if token.pos_ in ("VERB", "AUX") else set()
    for key in (lemma, token.text.lower()):
        for words, frame in table.nouns.get(key, ()):
            before = [t.lemma_.lower() for t in token.doc[max(0, token.i - len(words) + 1) : token.i]]
            if before == list(words[:-1]) and token.pos_ not in ("VERB", "AUX"):
                found.add(frame.id)
    return found


def _arguments(event: Event, trigger: Span, kind: str, doc: Any, tokens: _Tokens) -> list[dict[str, Any]]:
    """Return the participants tied to this trigger, each by the span that ends in its head.

    An event's participants are those of all its triggers ("killing three and injuring 260"); an argument of one trigger
    stands below it in the parse, or above it as the noun it modifies.
    """
    token = doc.char_span(trigger.start, trigger.end, alignment_mode="expand").root
    found = []
    for name, role in _ROLES[kind].items():
        for mention in getattr(event.roles, name):
            if role == "Victim" and mention.kind not in (*_PEOPLE, MentionKind.UNKNOWN, MentionKind.BODY):
                continue
            end = _head_end(mention)
            if _is_tied(doc, end, token):
                found.append({"role": role, **tokens.span(mention.span.start, end)})
    place = event.place.span if event.place is not None else None
    if place is not None and _is_tied(doc, place.end, token):
        found.append({"role": "Place", **tokens.span(place.start, place.end)})
    return found


def _is_tied(doc: Any, end: int, trigger: Any) -> bool:
    head = doc.char_span(end - 1, end, alignment_mode="expand").root
    return head.i != trigger.i and (_is_above(trigger, head) or _is_above(head, trigger))


def _is_above(upper: Any, lower: Any) -> bool:
    node = lower
    while node.head.i != node.i and node.i != upper.i:
        node = node.head
    return bool(node.i == upper.i)


def _head_end(mention: Mention) -> int:
    at = mention.span.text.find(mention.head)
    return mention.span.start + at + len(mention.head) if at >= 0 else mention.span.end


class _Tokens:
    """The text of one row, written out of its tokens, and where each of them stands in it.

    The row's own text has no break between sentences.
    """

    def __init__(self, row: dict[str, Any]) -> None:
        self._spans: list[tuple[int, int]] = []
        parts: list[str] = []
        length, ended = 0, 0
        for sentence in row["sentences"]:
            for number, (token, start, end) in enumerate(sentence):
                gap = (" " if start > ended else "") if number else _between(parts)
                parts += [gap, token]
                length += len(gap) + len(token)
                self._spans.append((length - len(token), length))
                ended = end
        self.text = "".join(parts)

    def cover(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the tokens (end exclusive) that overlap the characters from ``start`` to ``end``."""
        inside = [i for i, (first, last) in enumerate(self._spans) if first < end and last > start]
        return (inside[0], inside[-1] + 1) if inside else None

    def span(self, start: int, end: int) -> dict[str, int]:
        """Return the covering tokens as the scorer reads them."""
        first, last = self.cover(start, end) or (0, 0)
        return {"start": first, "end": last}


def _between(parts: list[str]) -> str:
    """Return what stands between two sentences: a line break after a heading, which ends without a stop."""
    if not parts:
        return ""
    return " " if parts[-1] in (".", "!", "?", "”", '"', "’", "'", ")") else "\n"


def score(gold: Path, predictions: Path) -> dict[str, Any]:
    """Return the reference scores, and under ``conflict`` those over the three families alone."""
    scorer = reference_scorer("wikievents")
    scores: dict[str, Any] = scorer.score(gold, predictions)
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "gold.jsonl"
        write_rows(kept, (_only_families(row) for row in read_rows(gold)))
        scores["conflict"] = scorer.score(kept, predictions)
    return scores


def _only_families(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "event_mentions": [e for e in row["event_mentions"] if e["event_type"].startswith(FAMILIES)]}


def cases(row: dict[str, Any], prediction: dict[str, Any]) -> Iterator[tuple[float, str, str, str, str]]:
    """Yield triggers that were missed, made up or given another type."""
    gold = {(e["trigger"]["start"], e["trigger"]["end"]): e for e in _only_families(row)["event_mentions"]}
    got = {(e["start"], e["end"]): e for e in prediction["events"]}
    for span in sorted(gold.keys() | got.keys()):
        expected = gold[span]["event_type"] if span in gold else "-"
        said = got[span]["type"] if span in got else "-"
        if expected != said:
            around = " ".join(row["tokens"][max(0, span[0] - 12) : span[1] + 12])
            yield 1.0, f"{around} <{' '.join(row['tokens'][span[0] : span[1]])}>", expected, said, "wikievents"
