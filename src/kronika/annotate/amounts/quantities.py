"""Quantities: every figure a text gives, with its bounds, its unit or what it counts, and what happened to that.

:func:`find_quantities` needs a spaCy ``Doc`` with tags and dependencies and nothing else of kronika.
"""

from __future__ import annotations

import re
from typing import Any

from kronika.annotate.amounts.counting import is_of_toll, kind_of
from kronika.annotate.amounts.implied import fractions, people_counts, zero_counts
from kronika.annotate.amounts.labels import is_clock, is_no_figure, is_pronoun
from kronika.annotate.amounts.money import currency_of
from kronika.annotate.amounts.numbers import Number, find_numbers
from kronika.annotate.amounts.units import find_unit
from kronika.codebook.measures import Counts, counts
from kronika.records import CountKind, Quantity, Span, content_id
from kronika.records.quick import replace


def _is_age(number: Number, first: Any, last: Any) -> bool:
    """Whether a number between commas after a name is an age ("Ivan Petrov, 34, said")."""
    if first.i < 2 or first.nbor(-1).text != "," or first.nbor(-2).pos_ != "PROPN" or last.i + 1 >= len(last.doc):
        return False
    return 0 < number.value <= 110 and last.nbor().text in (",", ".")


#: What is over a place and not more than so many of it, and what happens to it there.
_FLYING = frozenset(
    ("drone", "missile", "rocket", "uav", "vehicle", "aircraft", "jet", "plane", "helicopter", "target")
)
_IN_THE_AIR = frozenset(("fly", "circle", "shoot", "down", "intercept", "destroy", "neutralise", "neutralize", "jam"))
_AREAS = frozenset(
    ("region", "oblast", "province", "district", "city", "town", "country", "governorate", "area", "sea")
)


def _is_no_bound(first: Any) -> bool:
    """Whether "over" before a number belongs to a verb or says where ("handed over four", "drones over 11 regions")."""
    over = first.nbor(-1) if first.i else first
    if over.dep_ == "prt":
        return True
    above = over.head.lemma_.lower()
    is_aloft = over.dep_ == "prep" and (above in _FLYING or above in _IN_THE_AIR)
    return is_aloft and any(child.dep_ == "pobj" and child.lemma_ in _AREAS for child in over.rights)


def _has_subject(word: Any) -> bool:
    """Whether "estimated" before a number is a verb of its own ("the office estimated 900 soldiers")."""
    return any(child.dep_ == "nsubj" for child in word.lefts)


def _counted(token: Any, number: Number) -> Any | None:
    """The noun that a number counts, or None."""
    head = token.head
    for child in token.children:  # "61 of the drones", "dozens of people"
        if child.dep_ == "prep" and child.lower_ == "of" and child.i >= token.i:
            for below in child.children:
                if below.dep_ == "pobj" and below.idx >= number.end:  # not the "thousands" of "hundreds of thousands"
                    return below
    while head.dep_ in ("nummod", "quantmod") and head.head.i > token.i and head is not head.head:
        head = head.head
    if (
        head.pos_ in ("NOUN", "PROPN", "ADJ")
        and head.i > token.i
        and token.dep_ in ("nummod", "amod", "compound", "nmod", "quantmod", "det", "advmod")
    ):
        return head
    return None


def _of_span(noun: Any, token: Any, end: int) -> tuple[int, int]:
    """Offsets of the counted noun phrase: from behind the number (and "of the") to the noun."""
    first = noun.left_edge if noun.left_edge.i > token.i else token.nbor()
    while first.i < noun.i and (
        first.dep_ in ("det", "poss", "nummod", "quantmod", "advmod", "case", "punct")
        or first.idx < end
        or first.lower_ == "of"
    ):
        first = first.nbor()
    return first.idx, noun.idx + len(noun)


def _read(doc: Any, text: str, document_id: str, number: Number, words: Counts) -> Quantity | None:
    inside = doc.char_span(number.start, number.end, alignment_mode="expand")
    if inside is None:
        return None
    token = inside[-1]
    if number.approximator == "over" and number.lead < number.start and _is_no_bound(inside[0]):
        number = replace(number, low=number.value, high=number.value, approximator=None, sense=None, lead=number.start)
    if number.approximator == "estimated" and inside.start and _has_subject(doc[inside.start - 1]):
        number = replace(number, lead=number.start)  # who estimated is no part of the figure
    unit = find_unit(text, number.end)
    if unit is None and _is_age(number, inside[0], token):
        unit = ("year-old", number.end)
    if (
        currency_of(text, number)
        or is_clock(text, number.end)
        or (unit is None and is_no_figure(text, number, inside[0], inside[-1]))
    ):
        return None
    if unit is None and is_pronoun(token, number, text):
        return None
    if (
        unit is None
        and number.end < len(text)
        and (text[number.end].isalpha() or (text[number.end - 1].isalpha() and text[number.end] == "'"))
    ):
        return None
    start, end = number.lead, max(number.tail, unit[1] if unit else 0, number.end)
    noun = None if unit else _counted(token, number)
    if noun is None and unit is None and inside.root.i != token.i:
        noun = _counted(inside.root, number)
    of = _of_span(noun, token, number.end) if noun is not None and noun.tag_ not in ("PRP", "WP", "WDT") else None
    last = noun if noun is not None and noun.i > token.i else token
    kind = CountKind.OTHER if unit else kind_of(inside.root, noun, last, words)
    return Quantity(
        content_id("q", document_id, start, end),
        Span(document_id, start, end, text[start:end]),
        number.low,
        number.best,
        number.high,
        number.approximator,
        unit[0] if unit else None,
        text[of[0] : of[1]] if of else None,
        Span(document_id, *of, text[of[0] : of[1]]) if of else None,
        kind,
    )


_PART = re.compile(
    r"(including|of whom|of which|among whom|among them|of them|of those)\W+(?:at least |about |some |an? |the )?$",
    re.I,
)
#: What casualties may be a part of, and are then: of those deployed, they stay casualties.
_HARM = frozenset((CountKind.KILLED, CountKind.WOUNDED))
#: What _PART lacks nowhere.
_PART_HINT = re.compile(r"[iao](?:ncluding|mong|f)", re.I)
_OF_WHOLE = re.compile(
    r"^\s(?:or more )?of (?:the |its |their |those |these )?(?:(?:estimated|some|about|total|nearly) )*$", re.I
)
_OF_THEM = re.compile(r"^\s(?:were |\w+ )?of (?:them|whom|which|those|these)\b", re.I)


#: Code points from the start of a sentence within which a figure opens it ("Of these, 20 …", "At least 20 of them …").
_OPENS = 24
_OPENING = re.compile(r"\W*Of (?P<back>these|those|them)?(?:the )?", re.I)


def _whole_of(index: int, found: list[Quantity], text: str, sentence_start: int) -> str | None:
    """The id of the quantity that ``found[index]`` is part of, by the words between them."""
    part = found[index]
    before = text[max(0, part.span.start - 40) : part.span.start]
    if index + 1 < len(found) and _OF_WHOLE.match(text[part.span.end : found[index + 1].span.start]):
        return found[index + 1].id
    cue = _PART.search(before) if _PART_HINT.search(before) else None
    if cue or _OF_THEM.match(text[part.span.end : part.span.end + 20]):
        earlier = _counts_before(found, index)
        same = [q for q in earlier if q.span.start >= sentence_start and q.span.end <= part.span.start]
        if same:
            wholes = [q for q in same if q.part_of is None] or same
            return next((q.id for q in reversed(wholes) if _can_hold(q, part)), wholes[-1].id)
        return _told_before(part, earlier, text, sentence_start) if not cue or "them" in cue[1].lower() else None
    opening = _OPENING.match(text[sentence_start : part.span.start])
    if opening and opening["back"]:
        return _told_before(part, _counts_before(found, index), text, sentence_start)
    if opening and index and 0 <= found[index - 1].span.start - sentence_start <= opening.end() + 2:
        return found[index - 1].id
    return None


def _counts_before(found: list[Quantity], index: int) -> list[Quantity]:
    return [q for q in found[:index] if q.unit is None and not q.negated and q.best != 0]


def _toll_of(index: int, found: list[Quantity], doc: Any, words: Counts) -> str | None:
    """The id of the toll that people are some of ("The dead included nine women", "A nurse was among five killed").

    That is the figure in the same words, else the last one told of those who came to the same harm.
    """
    part = found[index]
    if part.of_span is None or part.kind is CountKind.OTHER:
        return None
    noun = doc.char_span(part.of_span.start, part.of_span.end, alignment_mode="expand").root
    if not is_of_toll(noun, words):
        return None
    kinds = {part.kind, CountKind.KILLED} if part.kind is CountKind.CASUALTIES else {part.kind}
    behind = [q for q in found[index + 1 : index + 3] if q.span.start <= noun.sent.end_char and q.kind is part.kind]
    before = [q for q in reversed(found[:index]) if q.kind in kinds and q.part_of is None and not q.negated]
    return next((q.id for q in (*behind, *before) if _can_hold(q, part)), None)


def _can_hold(whole: Quantity, part: Quantity) -> bool:
    """Whether a figure is not smaller than what may be its part."""
    floor = part.low if part.low is not None else part.best or 0.0
    return whole.high is None or whole.high >= floor


def _told_before(part: Quantity, earlier: list[Quantity], text: str, sentence_start: int) -> str | None:
    """The id of the whole that "of them", "of these" leads back to: several things counted in the same paragraph.

    The nearest that is not smaller ("15,000 soldiers in two phases. Of these, 4,700 …"); a smaller one only where the
    part opens its sentence and the text says what happened to those things: further in, "them" is nearer by.
    """
    near = [q for q in earlier if 0 <= sentence_start - q.span.end < 200 and (q.high is None or q.high > 1)]
    near = [q for q in near if "\n" not in text[q.span.end : sentence_start].rstrip()]
    wholes = [q for q in near if q.part_of is None] or near
    fitting = [q for q in wholes if _can_hold(q, part)]
    if not fitting and part.span.start - sentence_start <= _OPENS:
        fitting = [q for q in wholes if q.kind is not CountKind.OTHER]
    return fitting[-1].id if fitting else None


def _lends(source: Quantity, figure: Quantity, words: Counts) -> bool:
    """Whether an elliptic figure counts the noun of ``source``: no part of a whole, no zero, no noun that is a kind."""
    return bool(
        source.of
        and source.kind is not CountKind.OTHER
        and source.kind is not figure.kind
        and source.part_of is None
        and not source.negated
        and source.of.split()[-1].lower().rstrip("s") not in words.nouns
    )


def _linked(doc: Any, text: str, found: list[Quantity], parts: dict[str, str], words: Counts) -> list[Quantity]:
    """Set ``part_of``, and let a part or an elliptic figure take kind and noun from what it belongs to."""
    done = list(found)
    by_id = {q.id: q for q in found}
    wholes: dict[int, str] = {}
    for index, quantity in enumerate(found):
        token = doc.char_span(quantity.span.start, quantity.span.end, alignment_mode="expand")[-1]
        start = token.sent.start_char
        whole = parts.get(quantity.id) or (None if quantity.unit else _whole_of(index, done, text, start))
        if whole is None and quantity.unit is None:
            whole = _toll_of(index, done, doc, words)
        if whole is None and quantity.of is None and token.dep_ == "conj":
            whole = wholes.get(token.head.i)  # "including 20 over Orel and 37 over Kursk"
        if whole == quantity.id:
            whole = None
        if whole is not None:
            wholes[token.i] = whole
        changed = quantity if whole is None else replace(quantity, part_of=whole)
        source = by_id.get(whole or "")
        is_open = changed.kind is CountKind.OTHER or (
            changed.kind is CountKind.CASUALTIES and source is not None and source.kind in _HARM
        )
        if source is not None and is_open:
            changed = replace(changed, kind=source.kind)
        if changed.of is None and changed.unit is None and not changed.negated:
            if source is None and changed.kind is not CountKind.OTHER:
                source = next(
                    (q for q in reversed(done[:index]) if _lends(q, changed, words) and q.span.start >= start),
                    None,
                )
            if source is not None and source.of_span is not None:
                changed = replace(changed, of=source.of, of_span=source.of_span)
        done[index] = changed
        by_id[changed.id] = changed
    return done


def find_quantities(doc: Any, document_id: str) -> list[Quantity]:
    """Return the quantities of a parsed document, in the order of the text.

    ``doc`` is a spaCy ``Doc``; ``document_id`` goes into spans and ids. The span holds the approximator, the number
    and the unit ("at least 41", "about 50 km"). Sums of money are left to
    :func:`kronika.annotate.amounts.money.find_money`; numbers inside dates, times, names and addresses are left out.
    ``of`` may lie in an earlier conjunct ("three people killed and 14 wounded").
    """
    words, text = counts(), doc.text  # spaCy joins the text anew at every call
    found = [q for number in find_numbers(text) if (q := _read(doc, text, document_id, number, words)) is not None]
    shares = fractions(doc, text, document_id)
    found = [q for q in found if not any(share.span.start <= q.span.start < share.span.end for share in shares)]
    found.extend([*shares, *zero_counts(doc, text, document_id, words)])
    extra, parts = people_counts(doc, text, document_id, found, words)
    unique = {q.id: q for q in [*found, *extra]}
    ordered = sorted(unique.values(), key=lambda q: (q.span.start, -q.span.end))
    return _linked(doc, text, ordered, parts, words)
