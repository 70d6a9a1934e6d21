"""Which of a report's mentions fill which MUC-4 role: a linear model over what kronika says of each mention.

MUC-4's key has rules of its own about what an incident is (terrorism of the last two months, no fights between forces)
and which of several names of one party stands for it. They are learnt from its training documents by
``scripts/train_muc4_reader.py``; the features are kronika's kinds, roles and events, and hashed words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kronika.records import Event, Mention, Report, Status

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
BUCKETS = 1 << 15
MODEL = Path(__file__).with_name("muc4_reader.npz")

_SLOTS = ("actor", "target", "victim", "recipient", "instrument")
_REAL = frozenset((Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED, Status.INTERCEPTED))
_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.!?]\s")
_FEW = 3


@dataclass(slots=True)
class Candidate:
    """One name or description of a document, with the features of all its occurrences, hashed."""

    text: str
    name: str | None
    features: set[int] = field(default_factory=set)
    types: Counter[str] = field(default_factory=Counter)


def candidates(report: Report, kinds: dict[str, str | None], names: dict[int, str | None]) -> list[Candidate]:
    """Return the candidates of a report in the order of the text.

    ``kinds`` gives the incident type of an event by its id, ``names`` the person's name of a mention by its start.
    """
    played = _played(report, kinds)
    scene = Counter(kind for event in report.events if event.status in _REAL and (kind := kinds[event.id]))
    context = [f"scene={kind}" for kind in scene] or ["no scene"]
    found: dict[str, Candidate] = {}
    occurrences: Counter[str] = Counter()
    sentences = _sentence_ends(report.document.text)
    near = {s for event in report.events if kinds[event.id] for s in (_index(sentences, event.trigger.start),)}
    for mention in report.mentions:
        words = " ".join(mention.span.text.split())
        if not re.search("[A-Za-z]{3}", words):
            continue
        name = names.get(mention.span.start)
        key = (name or words).lower()
        candidate = found.setdefault(key, Candidate(words, name))
        occurrences[key] += 1
        sentence = _index(sentences, mention.span.start)
        told = played.get((mention.span.start, mention.span.end), [])
        candidate.types.update(kind for _, kind, _ in told if kind)
        where = "near" if sentence in near else "far"
        _add(candidate, mention, report.document.text, told, [*context, where, f"at={min(sentence, 5)}"])
    for key, candidate in found.items():
        candidate.features.add(_hash(f"n={min(occurrences[key], _FEW)}"))
    return list(found.values())


def _played(report: Report, kinds: dict[str, str | None]) -> dict[tuple[int, int], list[tuple[str, str | None, Event]]]:
    """Return what each mention does in the events, by where it stands; a pronoun's part is its antecedent's too."""
    found: dict[tuple[int, int], list[tuple[str, str | None, Event]]] = {}
    for event in report.events:
        for slot in _SLOTS:
            for mention in getattr(event.roles, slot):
                for span in (mention.span, mention.antecedent):
                    if span is not None:
                        found.setdefault((span.start, span.end), []).append((slot, kinds[event.id], event))
    return found


def _add(
    candidate: Candidate,
    mention: Mention,
    text: str,
    told: list[tuple[str, str | None, Event]],
    context: list[str],
) -> None:
    head, kind = mention.head.lower(), mention.kind.value
    shape = "name" if mention.head[:1].isupper() else "noun"
    before = _WORD.findall(text[max(0, mention.span.start - 30) : mention.span.start])[-2:]
    after = _WORD.findall(text[mention.span.end : mention.span.end + 30])[:2]
    size = min(len(candidate.text.split()), 4)
    person = f"person={candidate.name is not None and len(candidate.name.split()) > 1}"
    own = [
        f"h={head}",
        f"k={kind}",
        f"ks={kind}{shape}{size}",
        person,
        f"{person}{kind}",
        f"w={candidate.text.lower()}",
    ]
    own += [f"p={word.lower()}" for word in candidate.text.split()[:-1]]
    own += [f"b={word.lower()}" for word in before] + [f"a={word.lower()}" for word in after]
    own += [f"b1={before[-1].lower()} {kind}"] if before else []
    own += [f"{person}b={before[-1].lower()}"] if before else []
    own += [f"{one} {kind}{shape}" for one in context] + [f"{one} {person}" for one in context]
    own += [f"{one} h={head}" for one in context[:-1]]
    if not told:
        own += ["no role", f"no role {kind}{shape}", f"no role {person}"]
    for slot, incident, event in told:
        frame, status = event.rule.split(".")[0], "real" if event.status in _REAL else "unreal"
        part = f"{slot} {incident} {status}"
        own += [
            part,
            f"{part} {kind}",
            f"{slot} {frame} {status}",
            f"{slot} {person} {incident}",
            f"{slot} {incident} h={head}",
        ]
    candidate.features.update(_hash(one) for one in own)


def _sentence_ends(text: str) -> list[int]:
    return [match.end() for match in _STOP.finditer(text)]


def _index(ends: list[int], at: int) -> int:
    return int(np.searchsorted(ends, at, side="right"))


def _hash(name: str) -> int:
    return crc32(name.encode()) % BUCKETS


@lru_cache(maxsize=1)
def _model() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    with np.load(MODEL) as stored:
        return stored["weights"].astype(np.float32) * stored["scale"], stored["thresholds"]


def chosen(found: list[Candidate]) -> dict[str, list[Candidate]]:
    """Return the candidates that fill each role, one of those that share their last word."""
    weights, thresholds = _model()
    return choose(found, scores(found, weights), thresholds)


def scores(found: list[Candidate], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the log odds of each candidate for each role."""
    return np.array([weights[sorted(one.features)].sum(axis=0) for one in found]).reshape(len(found), len(ROLES))


def choose(
    found: list[Candidate], odds: NDArray[np.float32], thresholds: NDArray[np.float32]
) -> dict[str, list[Candidate]]:
    """Return per role the candidates over its threshold, the likeliest first and none whose name one before it has."""
    out: dict[str, list[Candidate]] = {}
    for column, role in enumerate(ROLES):
        kept: list[Candidate] = []
        for index in np.argsort(-odds[:, column], kind="stable"):
            candidate = found[int(index)]
            if odds[index, column] < thresholds[column]:
                break
            if role == "Victim" and candidate.name is None:
                continue
            if not any(_is_same(candidate, other) for other in kept):
                kept.append(candidate)
        out[role] = kept
    return out


def _is_same(one: Candidate, other: Candidate) -> bool:
    mine, theirs = (_WORD.findall((c.name or c.text).lower()) for c in (one, other))
    if one.name or other.name:
        return set(mine) <= set(theirs) or set(theirs) <= set(mine)
    return bool(mine[-1] == theirs[-1])


def written(candidate: Candidate, role: str) -> str:
    """Return the string that stands for a candidate in a role: a person's name without titles."""
    return candidate.name or candidate.text if role in ("Victim", "PerpInd") else candidate.text
