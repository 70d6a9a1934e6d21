"""Reporting verbs: who speaks, and which of the verb's complements is what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kronika.annotate.sayings.lost_speakers import lost_speaker
from kronika.annotate.sayings.stretches import noun_phrase, sentence_range, trimmed
from kronika.codebook.attribution import Speech
from kronika.records import Stance
from kronika.records.quick import quick

#: Verbs of plain speech, which open a report of their own when they are tied to another.
_PLAIN = frozenset(("say", "tell", "call", "add", "accuse", "blame", "warn", "deny"))
#: How many words may say where somebody said it ("wrote on Telegram").
_CHANNEL = 5
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
#: Verbs whose object is who speaks ("quoted the mayor as saying").
_QUOTING = frozenset(("quote", "cite"))
#: (first, last) token indices, both included.
Ranges = tuple[tuple[int, int], ...]


@quick
@dataclass(frozen=True, slots=True)
class Found:
    """A cue with its speaker and content, in tokens: ``content`` are (first, last) token indices, both included."""

    cue: tuple[int, ...]
    cue_head: int
    source_head: int | None
    source: tuple[int, ...]
    content: tuple[tuple[int, int], ...]
    stance: Stance
    rule: str
    root: int | None = None  # head word of the content


def agent(token: Any) -> Any | None:
    """Return the head of "by X" under the passive ``token``."""
    for child in token.rights:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((part for part in child.rights if part.dep_ == "pobj"), None)
    return None


def is_passive(token: Any) -> bool:
    """Whether ``token`` is a passive participle ("was quoted", "a figure given by X")."""
    if token.tag_ != "VBN":
        return False
    return token.dep_ == "acl" or any(child.dep_ in ("auxpass", "nsubjpass") for child in token.lefts)


def speaker_of(token: Any, depth: int = 0) -> Any | None:
    """Return the head token of who speaks: the subject, the passive's agent, or the subject that ``token`` shares."""
    if is_passive(token):
        return agent(token)
    for child in token.children:
        if child.dep_ in _SUBJECTS:
            return None if child.lower_ == "it" and child.dep_ == "nsubjpass" else child
    if depth > 4:
        return None
    head, dep = token.head, token.dep_
    if dep == "acl":
        return head
    if dep in ("prep", "pcomp") or head.pos_ == "ADP":
        verb = head.head if head.pos_ in ("ADP", "SCONJ") else head
        quoted = next((child for child in verb.rights if child.dep_ == "dobj"), None)
        return quoted if quoted is not None and verb.lemma_ in _QUOTING else _shared(verb, depth)
    if _is_second_report(token, head.head):
        return speaker_of(head.head, depth + 1)
    if dep in ("conj", "advcl", "xcomp", "dep", "ccomp") and head.pos_ in ("VERB", "AUX", "ADJ") and head.i != token.i:
        if dep == "ccomp" and token.tag_ not in ("VBG", "VB"):
            return None
        return _shared(head, depth)
    return None


def _shared(head: Any, depth: int) -> Any | None:
    """The subject of ``head``, its passive subject included ("was quoted as saying")."""
    for child in head.children:
        if child.dep_ in _SUBJECTS:
            return child
    return speaker_of(head, depth + 1)


def cue_tokens(token: Any, *extra: Any) -> tuple[int, ...]:
    """Return the verb with its auxiliaries, negation and particle, and ``extra``."""
    parts = [child.i for child in token.children if child.dep_ in ("aux", "auxpass", "neg", "prt")]
    return tuple(sorted({token.i, *parts, *(part.i for part in extra)}))


def _before(token: Any, clause: Any, speaker: Any | None) -> tuple[int, int] | None:
    """The content of "S, X said": from the start of the sentence to the speaker or the verb."""
    doc = token.doc
    lefts = (child.left_edge.i for child in token.lefts if child.i > clause.i and child.dep_ != "punct")
    cut = min((edge for edge in lefts if edge > clause.i), default=token.i)
    cut = min(cut, token.i)
    if speaker is not None and clause.i < speaker.left_edge.i < cut:
        cut = speaker.left_edge.i
    first = token.left_edge.i if token.dep_ in ("ROOT", "ccomp", "conj") else clause.left_edge.i
    return trimmed(doc, first, cut - 1)


def clause_content(token: Any, speaker: Any | None) -> tuple[Ranges, Any, str] | None:
    """Return (content, its head, rule) of a clause that ``token`` reports, or None."""
    doc = token.doc
    clause = next((child for child in token.children if child.dep_ == "ccomp"), None)
    if clause is not None:
        if clause.i < token.i:
            span = _before(token, clause, speaker)
            if span is None:
                return None
            rest = _goes_on(token)
            return (span, *(() if rest is None else (rest,))), clause, "clause.before"
        first = max(clause.left_edge.i, token.i + 1)
        if speaker is not None and first <= speaker.i < clause.i and speaker.head.i == token.i:
            first = speaker.right_edge.i + 1
        span = trimmed(doc, first, _last_of_clause(clause, token))
        return ((span,), clause, "clause.after") if span else None
    if token.dep_ == "parataxis" or (token.dep_ in ("ccomp", "advcl", "dep") and _is_inserted(token, speaker)):
        host = token.head
        left, right = token.left_edge.i, token.right_edge.i
        parts = (trimmed(doc, host.left_edge.i, left - 1), trimmed(doc, right + 1, host.right_edge.i))
        content = tuple(part for part in parts if part is not None and doc[part[0]].lower_ != "asked")
        return (content, host, "clause.around") if content else None
    return _for_the_time(token) or _final(token, speaker) or _rest(token, speaker)


def _for_the_time(token: Any) -> tuple[Ranges, Any, str] | None:
    """Read "confirmed for the first time that S", where the parse takes S for what the time was."""
    for link in (child for child in token.rights if child.lower_ == "for"):
        for time in (child for child in link.rights if child.lemma_ == "time"):
            clause = next((child for child in time.rights if child.dep_ == "relcl"), None)
            if clause is not None and clause.left_edge.lower_ == "that" and clause.left_edge.i == time.i + 1:
                span = trimmed(token.doc, clause.left_edge.i, clause.right_edge.i)
                return ((span,), clause, "clause.after") if span else None
    return None


def _goes_on(token: Any) -> tuple[int, int] | None:
    """Return the rest of what is said, behind the report ("A shell hit a bus, he said, and killed the driver")."""
    doc = token.doc
    rest = next((child for child in token.rights if child.dep_ == "conj"), None)
    if rest is None or rest.lemma_ in _PLAIN or any(doc[i].is_quote for i in range(token.left_edge.i, token.i)):
        return None  # behind a quote the text goes on itself
    link = rest.left_edge.i - 1
    if doc[link].dep_ != "cc" or doc[link - 1].text != "," or not token.i < link - 1 <= token.i + _CHANNEL:
        return None
    if any(doc[i].text == "," for i in range(token.i, link - 1)):
        return None
    return trimmed(doc, rest.left_edge.i, rest.right_edge.i)


def _last_of_clause(clause: Any, token: Any) -> int:
    """The last token of ``clause``, without a second report tied to it ("says he is well and tells them to go")."""
    for child in clause.rights:
        if _is_second_report(child, token):
            return int(child.left_edge.i) - 1
    doc, last, end = token.doc, int(clause.right_edge.i), sentence_range(token)[1]
    colon = last if doc[last].text == ":" else last + 1
    is_listed = colon < end and doc[colon].text == ":" and any(doc[i].tag_ == "CD" for i in range(colon, end))
    return end if is_listed else last  # "six were shot down: three over Tver and …"


def _is_second_report(verb: Any, first: Any) -> bool:
    """Whether a verb of speech that the parse ties to what is said goes on from the verb that says it."""
    is_tied = verb.dep_ == "conj" and verb.head.dep_ == "ccomp" and verb.head.head.i == first.i < verb.head.i
    return is_tied and verb.lemma_ in _PLAIN and verb.tag_ == first.tag_ in _FINITE


def _rest(token: Any, speaker: Any | None) -> tuple[Ranges, Any, str] | None:
    """Read "X said earlier that S", "he said closing it would hurt", where the parser hung S elsewhere."""
    if speaker is None or token.lower_ not in ("said", "added") or speaker.i > token.i or token.dep_ == "relcl":
        return None
    doc = token.doc
    _, end = sentence_range(token)
    first = token.i + 1
    for index in range(first, min(end, first + 14)):
        if doc[index].lower_ == "that" and doc[index].pos_ == "SCONJ":
            return ((index, end),), doc[index].head, "clause.rest"
    for child in token.rights:
        if child.dep_ in ("npadvmod", "prep", "advmod") and child.left_edge.i == first:
            first = child.right_edge.i + 1
    span = trimmed(doc, first, end)
    if span is None or span[1] - span[0] < 3 or doc[first].text in ',.:;”"':
        return None
    head = next((doc[i] for i in range(span[0], span[1] + 1) if doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD")), None)
    return None if head is None else ((span,), head, "clause.rest")


def _is_inserted(token: Any, speaker: Any | None) -> bool:
    """Whether ", X said," stands between commas inside the clause that it reports."""
    doc = token.doc
    left, right = token.left_edge.i, token.right_edge.i
    if speaker is None or left == 0 or right + 1 >= len(doc) or right - left > 12:
        return False
    return doc[left - 1].text in (",", "”", '"', "—", "–") and doc[right + 1].text in ',.”"—–'


def _final(token: Any, speaker: Any | None) -> tuple[Ranges, Any, str] | None:
    """Read "S, X said." where the parser did not see that S is what is said."""
    if speaker is None or token.lemma_ not in ("say", "add", "tell", "write", "note", "explain", "warn"):
        return None
    doc = token.doc
    first, last = sentence_range(token)
    left = min(speaker.left_edge.i, token.i)
    if left - first < 4 or last + 1 - max(token.i, speaker.right_edge.i) > 12:
        return None
    if doc[left - 1].text not in (",", "”", '"', ",”"):
        return None
    span = trimmed(doc, first, left - 1)
    return ((span,), doc[first], "clause.final") if span else None


def _stretch(token: Any, children: list[Any]) -> tuple[tuple[int, int], ...]:
    last = max(child.right_edge.i for child in children)
    span = trimmed(token.doc, min(child.left_edge.i for child in children), last)
    return (span,) if span and span[0] > token.i else ()


def complement(token: Any, takes: dict[str, Stance]) -> tuple[Ranges, Any, Stance, str, Any] | None:
    """Return (content, head, stance, rule, preposition) of a phrase that ``token`` reports, or None."""
    rights = list(token.rights)
    by_dep: dict[str, Any] = {}
    for child in rights:
        by_dep.setdefault(child.dep_, child)
    if "small" in takes:
        parts = [child for child in rights if child.dep_ in ("dobj", "oprd", "ccomp", "xcomp", "acomp")]
        linked = [child for child in rights if child.dep_ in ("prep", "mark", "advcl")]
        as_phrase = [child for child in linked if child.left_edge.lower_ == "as"]
        named = [child for child in rights if child.dep_ in ("oprd", "ccomp", "xcomp", "acomp")]
        if as_phrase or named:
            content = _stretch(token, parts + as_phrase)
            if content:
                return content, (as_phrase or named)[0], takes["small"], "small", None
    infinitive = by_dep.get("xcomp") or by_dep.get("ccomp")
    if infinitive is not None and infinitive.i > token.i and ("infinitive" in takes or "gerund" in takes):
        kind = "infinitive" if any(part.tag_ == "TO" for part in infinitive.lefts) else "gerund"
        if kind in takes:
            addressee = [by_dep["dobj"]] if "dobj" in by_dep and by_dep["dobj"].i < infinitive.i else []
            return _stretch(token, [*addressee, infinitive]), infinitive, takes[kind], kind, None
    for child in rights:
        if child.dep_ == "prep" and child.lower_ in takes:
            inside = [part for part in child.rights if part.dep_ in ("pobj", "pcomp")]
            following = [part for part in rights if part.dep_ == "xcomp" and part.i > child.i]
            again = [part for part in child.rights if part.dep_ == "conj" and part.lower_ == child.lower_]
            if inside:
                content = _stretch(token, [*inside, *again, *following])  # "spoke of debris and of a fire"
                return content, inside[0], takes[child.lower_], f"preposition.{child.lower_}", child
    if "object" in takes and "dobj" in by_dep:
        return _object(token, by_dep["dobj"], rights, takes["object"])
    return None


def _object(token: Any, target: Any, rights: list[Any], stance: Stance) -> Any:
    links = [child for child in rights if child.dep_ == "prep" and child.lower_ in ("for", "of", "on", "with", "as")]
    parts = [target, *links]
    if stance is Stance.BLAMES and len(parts) == 1 and token.lemma_ in ("charge", "fault"):
        return None
    return _stretch(token, parts), target, stance, "object", None


def _pointing(token: Any) -> Any | None:
    """Return the "this" by which a report points at what was told before ("X said this", "this was reported by X")."""
    if any(c.dep_ in ("ccomp", "xcomp", "oprd") for c in token.children):
        return None
    for child in token.children:
        is_subject = child.dep_ == "nsubjpass" and child.lower_ in ("this", "it")
        if is_subject or (child.dep_ == "dobj" and child.lower_ == "this" and child.i > token.i):
            return child
    return None


def read_verb(token: Any, speech: Speech) -> Iterator[Found]:
    """Yield what the reporting verb ``token`` attributes: at most one clause or phrase."""
    takes = speech.verbs[token.lemma_]
    passive = is_passive(token)
    speaker = speaker_of(token)
    source = () if speaker is None else noun_phrase(speaker)
    head = None if speaker is None else speaker.i
    if head is not None and head < token.i:
        source = tuple(i for i in source if i < token.i)
    if token.lemma_ == "claim" and any(child.lemma_ == "life" for child in token.rights if child.dep_ == "dobj"):
        return  # "the war has claimed many lives"
    lost = lost_speaker(token) if speaker is None and not passive else None
    if lost is not None and (span := trimmed(token.doc, sentence_range(token)[0], lost[1] - 1)) is not None:
        clause = next((child for child in token.lefts if child.dep_ == "ccomp"), token)
        words = tuple(range(lost[1], token.i - (token.nbor(-1).text == ",")))
        yield Found(cue_tokens(token), token.i, lost[0].i, words, (span,), takes["clause"], "verb.lost", clause.i)
        return
    if "clause" in takes and speaker is not None and (pointer := _pointing(token)) is not None:
        word = ((pointer.i, pointer.i),)
        yield Found(cue_tokens(token), token.i, head, source, word, takes["clause"], "verb.pointing", pointer.i)
        return
    if "clause" in takes:
        found = clause_content(token, speaker)
        if found is not None and found[0]:
            source = tuple(i for i in source if not any(a <= i <= b for a, b in found[0]))
            content, root, kind = found
            yield Found(cue_tokens(token), token.i, head, source, content, takes["clause"], f"verb.{kind}", root.i)
            return
    phrase = None if passive and speaker is None else complement(token, takes)
    if phrase is not None and phrase[0] and speaker is not None:
        content, root, stance, rule, preposition = phrase
        cue = cue_tokens(token, preposition) if preposition is not None else cue_tokens(token)
        yield Found(cue, token.i, head, source, content, stance, f"verb.{rule}", root.i)
    elif "clause" in takes and speaker is not None:
        # nothing yet: a quote in the sentence, or what follows a colon, may still be the content
        yield Found(cue_tokens(token), token.i, head, source, (), takes["clause"], "verb.quote")
