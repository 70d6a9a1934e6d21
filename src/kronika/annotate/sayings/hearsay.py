"""Reports without a reporting verb over them: passives, adverbs, nouns, "according to", "cast doubt on"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kronika.annotate.sayings.reporting import Found, agent, cue_tokens, speaker_of
from kronika.annotate.sayings.stretches import noun_phrase, sentence_range, trimmed
from kronika.codebook.attribution import Speech
from kronika.records import Stance

#: "was said to": what the passive of a reporting verb does; those not listed estimate ("is believed to").
_PASSIVE_STANCES = {
    "allege": Stance.ALLEGES,
    "claim": Stance.ALLEGES,
    "rumor": Stance.ALLEGES,
    "rumour": Stance.ALLEGES,
    "say": Stance.SAYS,
    "report": Stance.SAYS,
}


def read_hedged_passive(token: Any) -> Iterator[Found]:
    """Read "X was reported to have left", "it is claimed that S", "an estimated 500": nobody says who."""
    subject = next((child for child in token.lefts if child.dep_ in ("nsubjpass", "nsubj")), None)
    clause = next((child for child in token.rights if child.dep_ in ("xcomp", "ccomp", "oprd")), None)
    if clause is None:
        return
    speaker = agent(token)
    span = trimmed(token.doc, max(clause.left_edge.i, token.i + 1), clause.right_edge.i)
    if span is None:
        return
    content = [span]
    if subject is not None and subject.lower_ != "it":
        content.insert(0, (subject.left_edge.i, subject.right_edge.i))
    source = () if speaker is None else noun_phrase(speaker)
    head = None if speaker is None else speaker.i
    stance = _PASSIVE_STANCES.get(token.lemma_, Stance.ESTIMATES)
    yield Found(cue_tokens(token), token.i, head, source, tuple(content), stance, "passive", clause.i)


def read_raising(token: Any) -> Iterator[Found]:
    """Read "The plant seems to have stopped": the narrator, loosened."""
    clause = next((child for child in token.rights if child.dep_ in ("xcomp", "oprd", "ccomp", "acomp")), None)
    subject = next((child for child in token.lefts if child.dep_ == "nsubj"), None)
    if clause is None or clause.dep_ == "acomp" or clause.pos_ not in ("VERB", "AUX") or subject is None:
        return
    span = trimmed(token.doc, clause.left_edge.i, clause.right_edge.i)
    if span is not None:
        content = (span,) if subject.lower_ == "it" else ((subject.left_edge.i, subject.right_edge.i), span)
        yield Found(cue_tokens(token), token.i, None, (), content, Stance.ESTIMATES, "raising", clause.i)


def read_according(token: Any) -> Iterator[Found]:
    """Read "according to X": the clause around it is what X says."""
    doc = token.doc
    if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return
    link = doc[token.i + 1]
    speaker = next((child for child in link.rights if child.dep_ in ("pobj", "pcomp")), None)
    if speaker is None:
        speaker = next((child for child in token.rights if child.dep_ == "pobj"), None)
    if speaker is None:
        return
    source = noun_phrase(speaker)
    host = token.head
    lower, upper = sentence_range(token)
    while host.pos_ not in ("VERB", "AUX") and host.head.i != host.i:
        host = host.head
    first, last = max(host.left_edge.i, lower), host.right_edge.i
    if not first <= token.i <= last:
        first, last = lower, upper
    parts = (trimmed(doc, first, token.i - 1), trimmed(doc, source[-1] + 1, last))
    content = tuple(part for part in parts if part is not None and part[1] - part[0] >= 1)
    yield Found((token.i, link.i), token.i, speaker.i, source, content, Stance.SAYS, "according", host.i)


def read_adverb(token: Any, words: Speech) -> Iterator[Found]:
    """Read "reportedly", "allegedly": somebody says so, the text does not say who."""
    host, doc = token.head, token.doc
    parts = (trimmed(doc, host.left_edge.i, token.i - 1), trimmed(doc, token.i + 1, host.right_edge.i))
    content = tuple(part for part in parts if part is not None)
    yield Found((token.i,), token.i, None, (), content, words.adverbs[token.lemma_], "adverb", host.i)


def read_noun(token: Any, words: Speech) -> Iterator[Found]:
    """Read "X's statement that S", "reports of Y", "X made the claim that S"."""
    clause = link = None
    for child in token.rights:
        is_clause = child.dep_ in ("acl", "ccomp") and any(part.lower_ in ("that", "to") for part in child.lefts)
        if is_clause and clause is None:
            clause = child
        elif child.dep_ == "prep" and child.lower_ in words.noun_links and link is None:
            link = child
    if clause is None and link is None:
        return
    speaker, stance = _noun_speaker(token, words), words.nouns[token.lemma_]
    if speaker is None and (clause is None or not any(part.lower_ == "that" for part in clause.lefts)):
        return
    if clause is None:
        if stance is Stance.PROMISES:  # "its commitment to peace" is what they hold, not what they say
            return
        clause = (
            next((part for part in link.rights if part.dep_ in ("pobj", "pcomp")), None) if link is not None else None
        )
        if clause is None:
            return
    span = trimmed(token.doc, clause.left_edge.i, clause.right_edge.i)
    if span is None:
        return
    source = () if speaker is None else noun_phrase(speaker)
    if speaker is not None and speaker.dep_ == "poss" and source and token.doc[source[-1]].tag_ == "POS":
        source = source[:-1]
    head = None if speaker is None else speaker.i
    kind = "noun.clause" if clause.dep_ in ("acl", "ccomp") else "noun.link"
    yield Found((token.i,), token.i, head, source, (span,), stance, kind, clause.i)


def _noun_speaker(token: Any, words: Speech) -> Any | None:
    for child in token.children:
        if child.dep_ == "poss":
            return child
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            return next((part for part in child.rights if part.dep_ == "pobj"), None)
    if token.dep_ == "dobj" and token.head.lemma_ in words.light_verbs:
        return speaker_of(token.head)
    return None


def read_doubt(token: Any) -> Iterator[Found]:
    """Read "X cast doubt on Y"."""
    verb = token.head
    speaker = speaker_of(verb)
    links = (part for part in (*token.rights, *verb.rights) if part.dep_ == "prep" and part.lower_ in ("on", "about"))
    link = next(links, None)
    target = None if link is None else next((part for part in link.rights if part.dep_ == "pobj"), None)
    if speaker is not None and target is not None:
        content = (target.left_edge.i, target.right_edge.i)
        source = noun_phrase(speaker)
        yield Found((verb.i, token.i), token.i, speaker.i, source, (content,), Stance.DOUBTS, "doubt", target.i)
