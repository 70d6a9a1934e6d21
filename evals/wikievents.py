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
from kronika.annotate.parsing.syntax import parse
from kronika.codebook.predicates import predicates
from kronika.codebook.things import things
from kronika.gazetteer import open_gazetteer
from kronika.pipeline import read_document
from kronika.records import Document, Event, Mention, MentionKind, Span, Status

SCORER = None

FAMILIES = ("Conflict.Attack", "Life.Die", "Life.Injure")
_EXPLODE = "Conflict.Attack.DetonateExplode"
_ATTACK = "Conflict.Attack.Unspecified"
_DIE = "Life.Die.Unspecified"
_INJURE = "Life.Injure.Unspecified"
#: Words of harm that tell the blow.
_BLOWS = frozenset(("shooting", "stabbing", "shoot"))
#: How many words after its verb "dead" stands at most ("left at least twenty people dead").
_IDIOM = 8
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
        yield {"id": row["id"], "events": _events(report.events, doc, tokens)}


def _events(events: Iterable[Event], doc: Any, tokens: _Tokens) -> list[dict[str, Any]]:
    """Return one row a trigger; the events of one trigger (a blow at several places) share it."""
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for event in events:
        roots = [_root(doc, span) for span in (event.trigger, *event.mentions)]
        kinds = {token.i: kind for token in roots if (kind := event_type(event, token)) is not None}
        for token in roots:
            if token.i not in kinds or _only_carries(token, roots, kinds):
                continue
            for at, kind in _told(token, kinds[token.i]):
                span = tokens.cover(at.idx, at.idx + len(at))
                if span is None:
                    continue
                row = found.setdefault(span, {"start": span[0], "end": span[1], "type": kind, "arguments": []})
                added = _arguments(event, token, kind, roots, doc, tokens)
                row["arguments"] += [one for one in added if one not in row["arguments"]]
    return list(found.values())


def _root(doc: Any, span: Span) -> Any:
    return doc.char_span(span.start, span.end, alignment_mode="expand").root


def _only_carries(token: Any, roots: list[Any], kinds: dict[int, str]) -> bool:
    """Whether a verb only says what the event noun before it does ("the explosion targeted a bakery"): one mention."""
    return any(
        noun.head.i == token.i and noun.dep_ == "nsubj" and noun.i in kinds and kinds[token.i] in (_ATTACK, _EXPLODE)
        for noun in roots
    )


def _told(token: Any, kind: str) -> list[tuple[Any, str]]:
    """Return the words of a trigger with their types: "shot dead" is an attack and a death, "left dead" a death."""
    dead = next(
        (t for t in token.doc[token.i + 1 : token.i + _IDIOM] if t.lower_ == "dead" and t.head.i == token.i), None
    )
    if dead is not None and token.lemma_ == "leave":
        return [(dead, _DIE)]
    if token.lemma_ == "shoot":
        return [(token, _ATTACK)] + ([(dead, _DIE)] if dead is not None else [])
    return [(token, kind)]


def event_type(event: Event, token: Any) -> str | None:
    """Return the type of one trigger of an event: by the word itself, which may be the toll of the event's attack."""
    if event.type != "ASSAULT" or event.status in _UNREAL:
        return None
    frames = _frames(token)
    if token.lemma_.lower() in _BLOWS or (frames & {"kill"} and event.status is Status.ATTEMPTED):
        return _ATTACK
    if frames & {"kill", "die"}:
        return _DIE
    if frames & {"wound", "hurt"}:
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


def _arguments(
    event: Event, token: Any, kind: str, roots: list[Any], doc: Any, tokens: _Tokens
) -> list[dict[str, Any]]:
    """Return the participants tied to this trigger, each by the span that ends in its head.

    An event's participants are those of all its triggers ("killing three and injuring 260"); an argument of one trigger
    stands below it in the parse and below no other trigger, or above it as the noun it modifies. Who acts holds for the
    clauses below.
    """
    others = [one for one in roots if one.i != token.i and _is_above(token, one)]
    found = []
    for name, role in _ROLES[kind].items():
        for mention in getattr(event.roles, name):
            if role == "Victim" and mention.kind not in (*_PEOPLE, MentionKind.UNKNOWN, MentionKind.BODY):
                continue
            end = _head_end(mention)
            head = _head_at(doc, end)
            acts = name == "actor" and head.dep_ in ("nsubj", "agent") and _is_above(head.head, token)
            if acts or _is_own(head, token, others):
                found.append({"role": role, **tokens.span(mention.span.start, end)})
    place = event.place.span if event.place is not None else None
    if place is not None:
        head = _head_at(doc, place.end)
        if _is_own(head, token, others):
            found.append({"role": "Place", **tokens.span(place.start, _phrase_end(head))})
    return found


def _is_own(head: Any, token: Any, others: list[Any]) -> bool:
    """Whether an argument is tied to the trigger ``token`` and to none of the ``others`` below it."""
    if token.dep_ == "dobj" and head.dep_ == "nsubj" and head.head.i == token.head.i:
        return True  # "thirteen people suffered injuries"
    return _is_tied(head, token) and not any(_is_above(one, head) for one in others)


def _head_at(doc: Any, end: int) -> Any:
    return doc.char_span(end - 1, end, alignment_mode="expand").root


def _phrase_end(name: Any) -> int:
    """Return where the phrase ends that a place name opens ("Kandahar province")."""
    head = name
    while head.dep_ in ("compound", "nmod") and head.head.i == head.i + 1 and _is_region(head.head):
        head = head.head
    return int(head.idx) + len(head)


def _is_region(noun: Any) -> bool:
    return MentionKind.PLACE in things().heads.get(noun.lower_, ())


def _is_tied(head: Any, trigger: Any) -> bool:
    above = trigger
    if trigger.dep_ == "nsubj" and trigger.pos_ == "NOUN":  # "the explosion targeted a bakery"
        above = trigger.head
    return head.i != trigger.i and (_is_above(above, head) or _is_above(head, trigger))


def _is_above(upper: Any, lower: Any) -> bool:
    node = lower
    while node.head.i != node.i and node.i != upper.i:
        if node.dep_ == "conj" and any(child.dep_ in ("nsubj", "nsubjpass") for child in node.lefts):
            return False  # another clause
        node = node.head
    return bool(node.i == upper.i)


def _head_end(mention: Mention) -> int:
    if mention.kind is MentionKind.PERSON and mention.span.text.endswith(mention.name):
        return mention.span.end
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
