"""When an event was: the time nearest to it in the parse, within its evidence window."""

from __future__ import annotations

from calendar import monthrange
from typing import Any

from kronika.codebook.predicates import Frame
from kronika.extract.circumstances.company import VERBAL, Company
from kronika.extract.coding import type_of
from kronika.extract.grammar.nearness import TELLING, is_aside, nearest, path_up
from kronika.extract.predicates.triggers import Trigger
from kronika.extract.reading import Draft, Reading
from kronika.records import TimePrecision, TimeRef
from kronika.records.quick import replace

#: Precisions of what may be a frame around another time.
_FRAMES = (TimePrecision.WEEK, TimePrecision.MONTH, TimePrecision.SEASON, TimePrecision.YEAR)
#: Why what has no place of its own has none, by the type of the deed.
_NO_VENUE = {
    **dict.fromkeys(VERBAL, "a deed in words has no venue of its own"),
    "SANCTION": "a measure between states has no venue of its own",
}
#: What a time at the head of the sentence costs.
_OPENING_COST = 2.1
_PICTURES = frozenset(("picture", "photo", "photograph", "video", "footage", "image", "series", "clip"))
#: How precise a date is by its length.
_GRAINS = {4: TimePrecision.YEAR, 7: TimePrecision.MONTH, 10: TimePrecision.DAY}


def no_venue(frame: Frame) -> str | None:
    """Return why a deed has no place of its own, None for one that has: a verdict falls in a court."""
    return None if frame.mode == "convict" else _NO_VENUE.get(frame.type)


def time_of(draft: Draft, company: Company, reading: Reading) -> TimeRef | None:
    """Return the event's time: the nearest expression with a date under the event or its verb, else in its sentence."""
    beside = reading.times_beside(draft)
    if not beside:
        draft.reasons["time"] = "no time in the sentence"
        return None
    usable = [
        (reading.doc[timed.end - 1], timed.time)
        for timed in beside
        if (timed.time.start or timed.time.end or timed.time.precision is TimePrecision.VAGUE)
        and not (_is_frame(timed.time) or (timed.days and _is_counted(draft.token)))
    ]
    announced = _announced(draft, usable)
    if announced is not None:
        return announced
    others, spoken = company.others(draft), company.spoken
    found: list[tuple[float, TimeRef]] = []
    for trigger in draft.triggers:
        if trigger.frame.type == "ASSAULT" and draft.trigger.frame.type == "MOBILIZE":
            continue  # what the forces lost later does not date that they were sent
        here = [pair for pair in usable if not _is_of_aside(pair[0], trigger)]
        own = [
            (token, _closed(time) if _is_before_noun(token, trigger.token) else time)
            for token, time in here
            if not _is_of_words(token, trigger.token, spoken)
        ]
        found.extend(nearest(trigger.token, own, others))
        if trigger.light is not None:
            found.extend(nearest(trigger.light, here, others))
    found.extend(_opening(draft, reading))
    found = found or _lasting(draft, usable)
    if not found:
        draft.reasons["time"] = "no time in the sentence"
        return None
    dated = [pair for pair in found if pair[1].start or pair[1].end]
    if not dated:
        draft.reasons["time"] = "the expression gives no date"
    return min(_tightest(dated) or found, key=lambda pair: pair[0])[1]


def _announced(draft: Draft, usable: list[tuple[Any, TimeRef]]) -> TimeRef | None:
    """Return when a promise was made, where somebody tells what they will do: the day of the telling.

    "Norway will lend Moldova 90 million euros next year, the government said on Tuesday": a pledge of Tuesday.
    """
    teller = draft.token.head
    if draft.token.dep_ != "ccomp" or teller.lemma_ not in TELLING:
        return None
    if draft.trigger.frame.type in VERBAL or type_of(draft) not in ("AGREE", "CONCEDE"):
        return None
    below = {word.i for word in draft.token.subtree}
    said = [(token, time) for token, time in usable if token.i not in below and teller.i in path_up(token)[:3]]
    return said[0][1] if said else None


def _tightest(found: list[tuple[float, TimeRef]]) -> list[tuple[float, TimeRef]]:
    """Leave out the frame around a time that is given with it ("on Sunday, the second strike this month")."""

    def frames(outer: TimeRef, inner: TimeRef) -> bool:
        if not (outer.start and outer.end and inner.start and inner.end):
            return False
        is_wider = (outer.start, outer.end) != (inner.start, inner.end) and outer.precision in _FRAMES
        return is_wider and outer.start <= inner.start and inner.end <= outer.end

    return [one for one in found if not any(frames(one[1], other[1]) for other in found if other[1] is not one[1])]


def _is_of_words(time: Any, deed: Any, spoken: frozenset[int]) -> bool:
    """Whether a time is that of the deed in words whose object the deed is ("condemned the attack on Thursday")."""
    if deed.dep_ not in ("dobj", "pobj") or not spoken:
        return False
    governor = deed.head if deed.dep_ == "dobj" else deed.head.head
    holder = time.head.head if time.dep_ == "pobj" else time.head
    return governor.i in spoken and holder.i == governor.i


def _is_before_noun(time: Any, noun: Any) -> bool:
    """Whether a time stands before the noun that it is the time of ("the 7 October attack")."""
    return bool(time.i < noun.i and time.head.i == noun.i and time.dep_ in ("compound", "nmod", "nummod", "amod"))


def _closed(time: TimeRef) -> TimeRef:
    """Return a time without its open end: what goes on "since the July raid" does since July, the raid was in July."""
    text = time.edtf.removesuffix("/..")
    if text == time.edtf or len(text) not in _GRAINS:
        return time
    year, month = int(text[:4]), int(text[5:7] or 12)
    end = text if len(text) == len("2024-07-25") else f"{text[:4]}-{month:02}-{monthrange(year, month)[1]}"
    return replace(time, edtf=text, end=end, precision=_GRAINS[len(text)])


def _is_of_aside(time: Any, trigger: Trigger) -> bool:
    """Whether a time stands in a relative clause about somebody in the clause ("attacked men who left a year ago").

    One about the deed itself dates it ("the raid, which took place on Monday").
    """
    if time.left_edge.i and time.left_edge.nbor(-1).text == ",":
        return False  # "were killed by men who wore masks, Monday"
    above, own = path_up(trigger.token), {trigger.token.i, trigger.light.i if trigger.light is not None else -1}
    while time.i not in above:
        if time.dep_ == "relcl" and time.head.i not in own:
            return True
        if time.head.i == time.i:
            return False
        time = time.head
    return False


def times_again(draft: Draft, reading: Reading) -> list[TimeRef]:
    """Return the further days of a deed told once ("was struck on 15 November and again on 20 November")."""
    if draft.time is None or draft.time.span is None or len(draft.triggers) > 1:
        return []
    sentence, doc = draft.token.sent, reading.doc
    return [
        timed.time
        for timed in reading.times_beside(draft)
        if max(draft.token.i, sentence.start) < timed.first < sentence.end
        and timed.time.start
        and timed.time != draft.time
        and any(token.lower_ == "again" for token in doc[max(sentence.start, timed.first - 2) : timed.first])
        and not any(token.pos_ == "VERB" for token in doc[draft.token.i + 1 : timed.first])  # of another deed
    ]


def _is_frame(time: TimeRef) -> bool:
    """Whether a time is the frame of a count ("the third this year"), not the day of anything."""
    return time.span is not None and time.span.text.lower().removeprefix("so far ") == "this year"


def _is_counted(noun: Any) -> bool:
    """Whether a deed is told as one of so many in a time ("the third strike in two weeks"), on no day of its own."""
    if noun.dep_ != "attr" or noun.head.lemma_ != "be":
        return False
    return any(c.lower_.endswith(("th", "rd", "nd", "st")) and c.tag_ == "JJ" for c in noun.lefts)


def _lasting(draft: Draft, usable: list[tuple[Any, TimeRef]]) -> list[tuple[float, TimeRef]]:
    """Return since when a thing goes on ("has been under fire since Thursday"): elsewhere "since" dates nothing."""
    verb = draft.trigger.light or draft.token
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    if not any(c.dep_ == "aux" and c.lower_ in ("has", "have", "'ve", "'s") for c in verb.lefts):
        return []
    bounds = {g.i for c in verb.rights if c.lower_ == "since" for g in c.subtree}
    return [(0.0, time) for token, time in usable if token.i in bounds]


def is_shown(deed: Any) -> bool:
    """Whether a deed is only what pictures are of: their day is not its own ("posted pictures of the raid")."""
    noun = deed
    while noun.dep_ == "pobj" and noun.head.lower_ == "of":
        noun = noun.head.head
    return noun is not deed and noun.lemma_.lower() in _PICTURES


def _is_fronted(time: Any) -> bool:
    """Whether a time stands in what opens its sentence, set off by a comma ("In other clashes on Friday, …")."""
    opening = time.sent[0]
    if opening.dep_ != "prep" or opening.i > time.i or opening.head.dep_ != "ROOT" or opening.i not in path_up(time):
        return False
    return opening.right_edge.i + 1 < time.sent.end and opening.right_edge.nbor().text == ","


def _opening(draft: Draft, reading: Reading) -> list[tuple[float, TimeRef]]:
    """Return the time that opens the sentence ("On 5 May, …"): it holds for all its main clauses tell.

    It yields only to a time that hangs directly under the event's own word.
    """
    sentence = draft.token.sent
    return [
        (_OPENING_COST, timed.time)
        for timed in reading.times_beside(draft)
        if (sentence.start <= timed.first <= sentence.start + 2 or _is_fronted(reading.doc[timed.end - 1]))
        and timed.time.start
        and not (is_aside(draft.token) or is_shown(draft.token))
        and not any(t.pos_ == "VERB" and t.dep_ != "amod" for t in reading.doc[sentence.start : timed.first])
        # "Police said Monday that …"
    ]
