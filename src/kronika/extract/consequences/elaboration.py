"""Elaboration: a list that says which targets an attack had ("These include plants in …") tells those attacks."""

from __future__ import annotations

from typing import Any

from kronika.extract.grammar.subjects import expand
from kronika.extract.predicates.triggers import Trigger
from kronika.extract.reading import Draft, Reading

_POINTING = frozenset(("these", "they", "those", "them"))
_LISTING = frozenset(("include", "comprise", "be"))


def elaborate(drafts: list[Draft], reading: Reading) -> list[Draft]:
    """Return the drafts with one more for each sentence that lists what an attack before it had hit.

    The listing sentence takes over actor, instrument and status of the attack whose targets it lists; that attack
    stays where it was told.
    """
    found = list(drafts)
    for sentence in reading.doc.sents:
        root = sentence.root
        if root.lemma_ not in _LISTING:
            continue
        subject = next((c for c in root.lefts if c.dep_ == "nsubj"), None)
        before = _listed_by(subject, drafts)
        objects = [t for c in root.rights if c.dep_ in ("dobj", "attr") for t in expand(c)]
        if subject is None or before is None or not objects:
            continue
        roles = {role: tokens for role, tokens in before.roles.items() if role in ("actor", "instrument")}
        trigger = Trigger(root, before.trigger.frame, is_verb=True)
        found.append(Draft([trigger], {**roles, "target": objects}, before.verdict))
    return sorted(found, key=lambda draft: draft.token.i)


def _listed_by(subject: Any, drafts: list[Draft]) -> Draft | None:
    """Return the last attack whose plural target the subject of a listing sentence points at."""
    if subject is None:
        return None
    earlier = [d for d in drafts if d.token.i < subject.i and d.trigger.frame.type == "ASSAULT"]
    for draft in reversed(earlier):
        targets = [t for t in draft.roles.get("target", ()) if t.tag_ in ("NNS", "NNPS")]
        is_pointed = subject.lower_ in _POINTING or any(t.lemma_ == subject.lemma_ for t in targets)
        if targets and is_pointed and _is_next(draft, subject):
            return draft
    return None


def _is_next(draft: Draft, subject: Any) -> bool:
    return bool(draft.token.sent.end >= subject.sent.start - 1)


_PROTESTING = frozenset(("protester", "protestor", "demonstrator", "rioter", "marcher", "striker"))
_VOICED = frozenset(("REQUEST", "ACCUSE", "REJECT", "SUPPORT"))
