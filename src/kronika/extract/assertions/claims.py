"""Claims: attributions as records, with their speakers, offices, channels and grades."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kronika.annotate.sayings.speech import Attribution
from kronika.codebook.attribution import Firmness, Speech, firmness, speech
from kronika.codebook.predicates import predicates
from kronika.extract.assertions.voices import antecedent, find_voices, told_before
from kronika.records import (
    Certainty,
    Claim,
    Document,
    Mention,
    MentionKind,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    content_id,
)
from kronika.records.quick import replace

Describe = Callable[[Any], Mention]

#: From firm to not at all.
_GRADES = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.DOUBTFUL, Certainty.DENIED)
_PRONOUNS = frozenset(["he", "she", "they", "it", "we", "i", "you", "who", "which", "that", "this", "these", "those"])
_ANYBODY = frozenset((MentionKind.GROUP, MentionKind.MEDIA))
_VERDICTS = frozenset(("ccomp", "oprd", "xcomp", "prep"))
_TITLE_DEPS = frozenset(("compound", "amod", "nmod", "appos", "poss"))


def phrase_span(document: Document, first: Any, last: Any) -> Span:
    """Return the span from the token ``first`` to the token ``last``, both included."""
    start, end = first.idx, last.idx + len(last)
    return Span(document.id, start, end, document.text[start:end])


def describe_plainly(document: Document) -> Describe:
    """Return a ``describe`` that knows no names: the phrase's own words, kind by number of capitals only."""

    def describe(token: Any) -> Mention:
        named = token.pos_ == "PROPN"
        modifiers = ("compound", "amod", "nummod", "nmod", "poss", "punct")
        parts = [child for child in token.lefts if child.dep_ in modifiers]
        first = parts[0].left_edge if parts else token
        span = phrase_span(document, first, token)
        kind = MentionKind.UNKNOWN if named or token.pos_ == "PRON" else MentionKind.SOURCE
        return Mention(span, kind, token.text, span.text)

    return describe


def build_claims(
    document: Document, doc: Any, attributions: Iterable[Attribution], describe: Describe | None = None
) -> list[Claim]:
    """Return one claim per attribution, in order; ``inside`` is set where one stands in the content of another.

    ``describe`` turns the head token of a speaker into a mention (kind, name, country); a relative pronoun is
    replaced by the noun it refers to, a personal pronoun is handed over as it is. ``about`` is left to the caller.
    What can't speak ("the strikes highlight …") claims nothing: there the text speaks itself.
    """
    words, grades = speech(), firmness()
    describe = describe or describe_plainly(document)
    items = _spoken(list(attributions), doc, words)
    items = [_with_told(item, doc, document.text, items) for item in items]
    voices = find_voices(items, doc, document, describe)
    ids = [_key(document, doc, item) for item in items]
    claims = []
    for item, key, voice in zip(items, ids, voices, strict=True):
        hedges = tuple(phrase_span(document, doc[i], doc[i]) for i in item.hedges)
        is_negated = _is_negated(doc[item.cue_head])
        stance = _stance_of(doc, item, is_negated=is_negated)
        channel = None if not item.channel else _text(document, doc, item.channel)
        claims.append(
            Claim(
                id=key,
                speaker=_speaker(document, doc, item, voice, words),
                cue=phrase_span(document, doc[item.cue[0]], doc[item.cue[-1]]),
                content=tuple(Span(document.id, a, b, document.text[a:b]) for a, b in item.content),
                stance=stance,
                certainty=certainty_of(doc, item, stance, grades, is_negated=is_negated),
                is_quote=item.is_quote,
                hedges=hedges,
                inside=None if item.parent is None else ids[item.parent],
                channel=channel,
                rule=item.rule,
            )
        )
    return claims


def _spoken(items: list[Attribution], doc: Any, words: Speech) -> list[Attribution]:
    """Return the attributions whose source can speak, their ``parent`` counted anew."""
    kept = [at for at, item in enumerate(items) if not _is_speechless(item, doc, words)]
    number = {at: new for new, at in enumerate(kept)}
    if len(kept) == len(items):
        return items
    return [replace(items[at], parent=number.get(_outer(at, items, number))) for at in kept]


def _outer(at: int, items: list[Attribution], kept: dict[int, int]) -> int:
    """Return the innermost attribution around ``at`` that is kept, -1 if there is none."""
    parent = items[at].parent
    while parent is not None and parent not in kept:
        parent = items[parent].parent
    return -1 if parent is None else parent


def _is_speechless(item: Attribution, doc: Any, words: Speech) -> bool:
    if item.source_head is None:
        return False
    head = antecedent(doc[item.source_head])
    lemma = head.lemma_.lower()
    is_attack = any(form == (lemma,) and frame.type == "ASSAULT" for form, frame in predicates().nouns.get(lemma, ()))
    return head.pos_ == "NOUN" and (is_attack or lemma in words.speechless)


def _key(document: Document, doc: Any, item: Attribution) -> str:
    offsets = (offset for span in item.content for offset in span)
    return content_id("c", document.id, doc[item.cue_head].idx, item.rule, *offsets)


def _text(document: Document, doc: Any, tokens: tuple[int, ...]) -> str:
    return phrase_span(document, doc[tokens[0]], doc[tokens[-1]]).text


def certainty_of(doc: Any, item: Attribution, stance: Stance, grades: Firmness, *, is_negated: bool) -> Certainty:
    """How firmly what a claim of that stance says is put: the cue's grade, loosened to that of the weakest hedge.

    A denial stays one. A negated cue turns: "did not confirm" is doubtful, "did not deny" possible.
    """
    if item.stance is Stance.DENIES and is_negated:
        return Certainty.POSSIBLE
    grade = grades.stances[item.stance]
    if Stance.DENIES in (item.stance, stance):
        return grades.stances[Stance.DENIES]
    if is_negated and item.stance in ("confirms", "says", "estimates"):
        grade = Certainty.DOUBTFUL
    for index in item.hedges:
        other = grades.hedges.get(doc[index].lower_, Certainty.CERTAIN)
        grade = max(grade, other, key=_GRADES.index)
    return grade


def _is_negated(cue: Any) -> bool:
    """Whether a verb is negated, also by what it shares with the verb before it ("did not confirm or deny")."""
    if any(child.dep_ == "neg" or child.lower_ == "neither" for child in cue.children):
        return True
    if cue.dep_ != "conj" or any(child.dep_ == "nsubj" for child in cue.lefts):
        return False
    first = cue.head
    is_joined = any(child.lower_ in ("or", "nor") for child in first.rights if child.i < cue.i)
    return is_joined and any(child.dep_ == "neg" or child.lower_ == "neither" for child in first.lefts)


def _stance_of(doc: Any, item: Attribution, *, is_negated: bool) -> Stance:
    """Return the stance of the cue; who could not confirm a thing, or did not, does not confirm it.

    Who rejects a claim, or says that one is false, denies; who does not deny a thing leaves it possible.
    """
    if not is_negated:
        can_deny = item.stance in (Stance.SAYS, Stance.FRAMES)
        is_denied = can_deny and is_denying(doc[item.cue_head]) and _says_one_thing(doc, item)
        return Stance.DENIES if is_denied else item.stance
    if item.stance is Stance.DENIES:
        return Stance.SAYS  # "did not deny the raid"
    is_unsaid = item.stance in (Stance.CONFIRMS, Stance.SAYS, Stance.ESTIMATES)
    return Stance.DOUBTS if is_unsaid else item.stance


def _says_one_thing(doc: Any, item: Attribution) -> bool:
    """Whether the content is no quote of several sentences, of which only one may deny."""
    return len(item.content) == 1 and ". " not in doc.text[slice(*item.content[0])]


def is_denying(cue: Any) -> bool:
    """Whether a verb rejects what was claimed: "rejected the accusation", "called the report a lie"."""
    words = speech()
    if cue.lemma_ in words.rejecting:
        return any(child.dep_ == "dobj" and child.lemma_ in words.contested for child in cue.rights)
    return any(_is_found_untrue(child, cue) for child in cue.children if child.dep_ in _VERDICTS)


def _is_found_untrue(verdict: Any, cue: Any) -> bool:
    """Whether what is said of a claim is that it is untrue ("is false", "a lie", "has nothing to do with reality")."""
    words = speech()
    for subject, dependency in (*((c, "nsubj") for c in verdict.lefts), *((c, "dobj") for c in cue.rights)):
        if subject.dep_ == dependency and subject.lemma_ in words.contested:
            break
    else:
        return False
    is_negated = any(child.dep_ == "neg" or child.lower_ == "nothing" for child in verdict.children)
    if is_negated:
        return any(token.lower_ in ("reality", "truth") for token in verdict.subtree)
    named = [verdict, *(g for g in verdict.rights if g.dep_ in ("acomp", "attr", "pobj", "amod", "oprd"))]
    return any(word.lemma_ in words.untrue for word in named)


def _with_told(item: Attribution, doc: Any, text: str, items: list[Attribution]) -> Attribution:
    """Return the attribution with what its "this" points at as its content, beside the word itself."""
    told = told_before(item, doc, text, items)
    return item if told is None else replace(item, content=(told, *item.content))


def _speaker(document: Document, doc: Any, item: Attribution, mention: Mention | None, words: Speech) -> Speaker:
    if item.source_head is None or mention is None:
        return Speaker(SpeakerKind.NONE)
    head = antecedent(doc[item.source_head])
    if head.i != item.source_head:
        phrase = phrase_span(document, head.left_edge, head).text
    else:
        phrase = _text(document, doc, item.source) if item.source else head.text
    kind = SpeakerKind.NAMED if _is_named(head, mention, words) else SpeakerKind.UNNAMED
    office = office_of(document, head, words)
    if office is None and head.lemma_.lower() in words.offices and mention.span.start > head.idx:
        end = _end_of_title(head)
        end = min(end.idx + len(end), mention.span.start)  # the name hangs elsewhere in the parse
        office = document.text[head.idx : end].rstrip(" ,")
    return Speaker(kind, mention, phrase, office)


def _is_named(head: Any, mention: Mention, words: Speech) -> bool:
    """Whether the speaker can be identified: a name, a pronoun that leads back to one, a body with a name in it."""
    if mention.kind is MentionKind.SOURCE or (mention.kind in _ANYBODY and head.pos_ == "NOUN"):
        return False  # "residents of Klin" are nobody in particular, "a channel" is any
    is_known = mention.kind is MentionKind.PERSON and (mention.antecedent is not None or mention.span.start > head.idx)
    if head.lower_ in _PRONOUNS and mention.antecedent is None:
        return False  # "he" of whom the text does not say who he is
    if head.lower_ in _PRONOUNS or head.pos_ == "PROPN" or mention.entity or mention.country or is_known:
        return True
    if head.lemma_.lower() in words.unnamed:
        return any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in head.children)
    return mention.kind not in (MentionKind.UNKNOWN, MentionKind.GROUP)


def office_of(document: Document, head: Any, words: Speech) -> str | None:
    """Return the title beside a name, before it ("Prime Minister Ana Ruiz") or after it ("Ana Ruiz, mayor of Lorn")."""
    titles = [child for child in head.lefts if child.dep_ in _TITLE_DEPS and child.pos_ in ("PROPN", "NOUN", "ADJ")]
    for title in reversed(titles):
        if title.lemma_.lower() in words.offices:
            first = _first_of_title(title)
            return phrase_span(document, first, title).text
    for child in head.children:
        if child.dep_ == "appos":
            if child.lemma_.lower() in words.offices:
                return phrase_span(document, _without_article(child), _end_of_title(child)).text
            if head.lemma_.lower() in words.offices:
                return phrase_span(document, _without_article(head), _end_of_title(head)).text
    if head.dep_ == "appos" and head.head.lemma_.lower() in words.offices:
        return phrase_span(document, _without_article(head.head), head.head).text
    return None


def _first_of_title(title: Any) -> Any:
    """The first word of "Deputy Prime Minister": the words straight before it that belong to the same name."""
    doc, first = title.doc, title.i
    while first > 0 and doc[first - 1].dep_ in ("compound", "amod", "nmod"):
        if doc[first - 1].pos_ not in ("PROPN", "NOUN", "ADJ"):
            break
        first -= 1
    return doc[first]


def _without_article(head: Any) -> Any:
    first = head.left_edge
    while first.i < head.i and (first.pos_ in ("DET", "PUNCT") or first.dep_ == "det"):
        first = head.doc[first.i + 1]
    return first


def _end_of_title(head: Any) -> Any:
    """The last word of "head of the regional administration": of-phrases only."""
    link = next((child for child in head.rights if child.dep_ == "prep" and child.lower_ in ("of", "for", "to")), None)
    target = None if link is None else next((child for child in link.rights if child.dep_ == "pobj"), None)
    return head if target is None else target
