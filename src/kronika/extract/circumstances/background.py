"""Background: what is told of another time than the report's, and who stands behind a plan."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from kronika.codebook.predicates import predicates
from kronika.extract.grammar.nearness import is_aside
from kronika.extract.grammar.realis import RealisVerdict
from kronika.extract.grammar.subjects import subject_of
from kronika.extract.reading import CARRIED, NEW, Draft, Reading
from kronika.extract.threads.giving import is_part
from kronika.records import MentionKind, Status
from kronika.records.quick import replace

#: Older than this at publication, a happening told after the lead is background.
RECENT_DAYS = 31
_YEARS_AGO = re.compile(r"\b(?:years?|decades?)\s+ago\b", re.IGNORECASE)
#: A wire of the evening is dated by the next morning elsewhere.
GRACE = timedelta(days=1)
#: What is told of by its day before it is held.
_SCHEDULED = frozenset(("PROTEST", "CONSULT", "COOPERATE"))
_DONE = frozenset((Status.OCCURRED, Status.HISTORICAL, Status.ATTEMPTED, Status.INTERCEPTED))
_MEASURES = frozenset(("hour", "day", "night", "week", "month", "year"))
_REMEMBERING = frozenset(("anniversary", "commemorate", "commemoration", "remembrance"))
_ACTORS = frozenset(
    (MentionKind.STATE, MentionKind.BODY, MentionKind.PERSON, MentionKind.FORCES, MentionKind.ORGANISATION)
)


def date_verdicts(drafts: list[Draft], reading: Reading) -> None:
    """Make historical what lies well before publication.

    What the first sentence tells stays what it is, with what goes on from its day: a report may be about something old.
    """
    past: set[tuple[str | None, str | None]] = set()
    for draft in drafts:
        days = (draft.time.start, draft.time.end) if draft.time is not None else None
        if draft.time is not None and draft.time.anchor == CARRIED and days not in past:
            continue
        draft.verdict = _dated_verdict(draft, reading)
        if days is not None and draft.verdict.status is Status.HISTORICAL:
            past.add(days)
        _hold_to_publication(draft, reading)


def _hold_to_publication(draft: Draft, reading: Reading) -> None:
    """Give nothing that is told as done a day after the publication unless the text gives the year (a finding).

    What no verb in the past tells ("a march on 12 June") is still to come.
    """
    published, start = _day(reading.document.published), _day(draft.time.start if draft.time is not None else None)
    if published is None or start is None or draft.time is None or draft.verdict.status not in _DONE:
        return
    if start <= published + GRACE or (draft.time.span is not None and str(start.year) in draft.time.span.text):
        return
    if draft.trigger.is_verb or draft.trigger.frame.type not in _SCHEDULED or _is_in_past(draft.token):
        draft.time, draft.again = None, []
        draft.reasons["time"] = "told as done, and the day would lie after the publication"
    else:
        draft.verdict = replace(draft.verdict, status=Status.PLANNED, rule="dated_after")


def _is_in_past(noun: Any) -> bool:
    """Whether the clause around an event noun tells of the past."""
    node = noun
    while node.head.i != node.i and node.pos_ not in ("VERB", "AUX"):
        node = node.head
    return node.tag_ in ("VBD", "VBN") or any(c.tag_ == "VBD" for c in node.lefts if c.dep_ in ("aux", "auxpass"))


def _dated_verdict(draft: Draft, reading: Reading) -> RealisVerdict:
    verdict = draft.verdict
    if verdict.rule == "adjective" and draft.token.dep_ == "nsubj" and _is_recent(draft, reading):
        verdict = replace(verdict, status=Status.OCCURRED, rule="dated")  # "On Monday a previous attack had hit a bus"
    if verdict.rule.startswith("time.") and (_opens_with_time(draft, reading) or _is_recent(draft, reading)):
        verdict = replace(verdict, status=Status.OCCURRED, rule="dated")
    if verdict.status not in NEW:
        return verdict
    if is_since(draft.token):
        return replace(verdict, status=Status.HISTORICAL, rule="since")
    if _is_anchor(draft):
        return replace(verdict, status=Status.HISTORICAL, rule="anchor")
    if draft.time is None and _is_remembered(draft.token):
        return replace(verdict, status=Status.HISTORICAL, rule="remembered")
    published = _day(reading.document.published)
    end = _day(draft.time.end or draft.time.start) if draft.time is not None else None
    if published is None or end is None or (published - end).days <= RECENT_DAYS:
        return verdict
    lead = next((t.sent.start for t in reading.doc if t.pos_ == "VERB"), 0)
    in_lead = any(trigger.token.sent.start == lead for trigger in draft.triggers)
    if is_part(draft) or (in_lead and not _is_anniversary(draft)):
        return verdict
    return replace(verdict, status=Status.HISTORICAL, rule="dated_before")


def _is_anniversary(draft: Draft) -> bool:
    """Whether the time is a year, or years ago: what a report opens with and does not report."""
    time = draft.time
    return time is not None and (
        time.precision == "year" or (time.span is not None and bool(_YEARS_AGO.search(time.span.text)))
    )


def _is_recent(draft: Draft, reading: Reading) -> bool:
    """Whether the event's date lies at most a month before publication, whatever year it names."""
    published = _day(reading.document.published)
    start = _day(draft.time.start) if draft.time is not None else None
    return published is not None and start is not None and 0 <= (published - start).days <= RECENT_DAYS + 5


def _opens_with_time(draft: Draft, reading: Reading) -> bool:
    """Whether the event's date opens its sentence: words like "a day earlier" then date something else in it."""
    start = draft.token.sent.start
    return any(start <= timed.first <= start + 2 and timed.time == draft.time for timed in reading.times)


def _is_remembered(token: Any) -> bool:
    """Whether a deed without a time stands in a relative clause of a sentence about an anniversary."""
    return is_aside(token) and any(t.lemma_.lower() in _REMEMBERING for t in token.sent)


def _is_anchor(draft: Draft) -> bool:
    """Whether a deed told as known is only what another is counted from ("two days after the raid on the port").

    What is told there for the first time ("two days after a missile hit a school") is news.
    """
    noun, link = draft.token, draft.token.head
    if draft.trigger.is_verb or noun.dep_ != "pobj" or link.lower_ not in ("after", "before") or link.i == 0:
        return False
    is_known = any(child.lower_ in ("the", "that", "this") for child in noun.lefts)
    return is_known and link.nbor(-1).lemma_ in _MEASURES and all(t.token.i >= noun.i for t in draft.triggers)


def is_since(token: Any) -> bool:
    """Whether an event noun stands after "since", as what a count or state runs from."""
    node = token
    if any(child.dep_ == "mark" and child.lower_ == "since" for child in token.lefts):
        return any(t.lemma_ in ("mark", "year", "anniversary", "decade") for t in token.sent if t.i < token.i)
    for _ in range(5):
        if node.dep_ in ("pobj", "pcomp") and node.head.lower_ == "since":
            return True
        if node.pos_ == "VERB" or node.head.i == node.i:
            return False
        node = node.head
    return False


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _asks(verb: Any) -> bool:
    """Whether a verb asks a deed of somebody else; who orders one has it done."""
    if verb.lemma_ == "order" or verb.pos_ != "VERB":
        return False
    return any(p.frame.type == "REQUEST" and not p.object for p in predicates().verbs.get(verb.lemma_, ()))


def planner(token: Any, reading: Reading) -> list[Any]:
    """Return who is committed to a deed that a noun names ("remains committed to the full confiscation of …")."""
    node = token
    for _ in range(6):
        if _asks(node):
            return []  # "demanded an apology from the firm": of the firm
        if node.pos_ in ("VERB", "AUX"):
            subjects, is_passive = subject_of(node)
            found = [t for t in subjects if not is_passive and reading.mentions.describe(t).kind in _ACTORS]
            if found:
                return found
        if node.head.i == node.i:
            break
        node = node.head
    return []
