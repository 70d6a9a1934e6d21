"""Stricken: the site that was hit where the text tells only what became of it, or of a part of it."""

from __future__ import annotations

from typing import Any

from kronika.annotate.mentions import Mentions
from kronika.annotate.parsing.tree import stretch
from kronika.annotate.phrases import is_named_before
from kronika.extract.consequences.outcome import effect_words
from kronika.extract.grammar.subjects import subject_of
from kronika.extract.predicates.triggers import Trigger
from kronika.records import MentionKind

#: Between what became of a site and the attack that did it.
_AFTER = frozenset(("after", "following", "in", "by", "during", "from"))
_CATCHING = frozenset(("catch", "lose", "stop", "cease", "go", "be"))


def add_sites(trigger: Trigger, roles: dict[str, list[Any]], mentions: Mentions) -> None:
    """Name the site in the target, in place: "the depot burned after an attack", "a raid set its tanks on fire"."""
    if trigger.frame.type != "ASSAULT":
        return
    if not trigger.is_verb and not roles.get("target") and not roles.get("victim"):
        found = [t for t in _suffering(trigger.token) if mentions.describe(t).kind is MentionKind.FACILITY]
        if found:
            roles["target"] = found
    if roles.get("target"):
        roles["target"] = [site for token in roles["target"] for site in (*_joined(token, mentions), token)]
    owners = [
        child
        for token in roles.get("target", ())
        for child in token.lefts
        if child.lower_ == "its" and mentions.describe(child).kind is MentionKind.FACILITY
    ]
    if owners:
        roles["target"] = [*owners, *roles["target"]]


def _joined(token: Any, mentions: Mentions) -> list[Any]:
    """Return the site before "and" that the parse takes for a description ("hit the Izium mill and power station")."""
    if mentions.describe(token).kind is not MentionKind.FACILITY:
        return []
    before = [c for c in token.lefts if is_named_before(c) and any(g.dep_ == "cc" for g in c.rights)]
    return [c for c in before if mentions.describe(c).kind is MentionKind.FACILITY]


def _suffering(deed: Any) -> list[Any]:
    """Return the subject of a clause that says what became of it after, or in, a deed."""
    if deed.dep_ != "pobj" or deed.head.lower_ not in _AFTER:
        return []
    verb = deed.head.head
    if verb.pos_ not in ("VERB", "AUX"):
        verb = verb.head
    words = effect_words()
    is_effect = verb.lemma_ in words.verbs
    if verb.lemma_ in _CATCHING:
        phrase = stretch(verb.doc, verb.i, deed.i).text.lower()
        objects = {t.lemma_ for t in verb.rights if t.dep_ in ("dobj", "attr", "acomp", "xcomp")}
        objects.update(g.lemma_ for t in verb.rights if t.dep_ == "prep" for g in t.rights if g.dep_ == "pobj")
        is_effect = bool(objects & words.nouns.keys()) or any(pattern.search(phrase) for _, pattern in words.phrases)
    return subject_of(verb)[0] if is_effect else []
