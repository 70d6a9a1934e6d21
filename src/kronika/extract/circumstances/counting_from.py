"""Days counted from another happening: "two days after a missile hit …", "a week before the siege began"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from kronika.extract.grammar.nearness import TELLING
from kronika.extract.reading import Draft, Reading, Timed
from kronika.records import TimePrecision, TimeRef

_FOLLOWING = frozenset(("come", "follow", "happen"))
_WAYS = {"after": -1, "before": 1}
_DATED = frozenset((TimePrecision.DAY, TimePrecision.NIGHT, TimePrecision.HOUR, TimePrecision.INSTANT))


def count_from_each_other(drafts: list[Draft], reading: Reading) -> None:
    """Date what stands a number of days before or after something whose day is known, and the other way round.

    "The attacks came two days after a missile hit a block of flats": either day gives the other. What somebody says
    "a day after" something is said on the day of publication.
    """
    links = list(_links(reading))
    by_word = _by_word(drafts) if links else {}
    for timed, link in links:
        way = _WAYS[link.lower_]
        below, above = _ends(link)
        other = _telling(below, by_word)
        if other is None:
            continue
        main = _telling(above, by_word, other)
        if main is None and _is_said(above):
            main = _told_with(below, other, drafts)
        days = timedelta(days=way * (timed.days or 0))
        if main is not None and _is_dated(main.time) and (not _is_dated(other.time) or _is_of(main, other)):
            within = {token.i for token in below.subtree}
            told = [draft for draft in drafts if draft.token.i in within and _is_of(main, draft)]
            for draft in told or [other]:
                _date(draft, timed, _last(main.time) + days, f"the day of “{main.token.text}”")
        elif main is not None and _is_dated(other.time) and not _is_dated(main.time):
            _date(main, timed, _last(other.time) - days, f"the day of “{other.token.text}”")
        elif main is None and not _is_dated(other.time) and (before := _followed(above, drafts)) is not None:
            _date(other, timed, _last(before.time) + days, f"the day of “{before.token.text}”")
        elif not _is_dated(other.time) and _is_said(above) and reading.document.published:
            published = reading.document.published[:10]
            _date(other, timed, date.fromisoformat(published) + days, f"published {published}")


def are_days_apart(one: Draft, other: Draft, reading: Reading) -> bool:
    """Whether the sentence counts days between two deeds, so that they are not one ("two days after the raid")."""
    for timed, link in _links(reading):
        within = {token.i for token in _ends(link)[0].subtree}
        if timed.days and (one.token.i in within) != (other.token.i in within) and one.token.sent == link.sent:
            return True
    return False


def _links(reading: Reading) -> Iterator[tuple[Timed, Any]]:
    """Yield each counted number of days with the "after" or "before" that follows it."""
    for timed in reading.times:
        if timed.days is not None and timed.end < len(reading.doc) and reading.doc[timed.end].lower_ in _WAYS:
            yield timed, reading.doc[timed.end]


def _ends(link: Any) -> tuple[Any, Any]:
    """Return what stands under "after" or "before", and what it is counted for."""
    if link.dep_ == "mark":
        return link.head, link.head.head
    below = next((child for child in link.children if child.dep_ in ("pobj", "pcomp")), link)
    above = link.head
    while above.dep_ in ("npadvmod", "pobj", "prep", "appos", "nummod") and above.head.i != above.i:
        above = above.head  # "on Sunday, 26 January, two days after the raid": it hangs on the date
    return below, above


def _by_word(drafts: list[Draft]) -> dict[int, list[Draft]]:
    """Return the drafts by the tokens that tell them, event words and the verbs that carry them."""
    found: dict[int, list[Draft]] = {}
    for draft in drafts:
        for trigger in draft.triggers:
            for word in (trigger.token, trigger.light):
                if word is not None:
                    found.setdefault(word.i, []).append(draft)
    return found


def _telling(token: Any, told: Mapping[int, list[Draft]], other: Draft | None = None) -> Draft | None:
    """Return the draft, not ``other``, that a word, its subject, or what hangs right under it tells."""
    near = [token, *(child for child in token.children if child.dep_ in ("nsubj", "nsubjpass", "dobj", "advcl"))]
    return next((draft for word in near for draft in told.get(word.i, ()) if draft is not other), None)


def _is_dated(time: TimeRef | None) -> bool:
    return time is not None and time.precision in _DATED and bool(time.start and time.end)


def _is_of(main: Draft, other: Draft) -> bool:
    """Whether the only time that the two share is the main clause's ("on Sunday, two days after the raid")."""
    return main.time is not None and other.time is not None and main.time.span == other.time.span


def _last(time: TimeRef | None) -> date:
    """Return the day that is counted from: of a night the morning it ends in."""
    return date.fromisoformat(((time.end if time else None) or "")[:10])


def _told_with(below: Any, other: Draft, drafts: list[Draft]) -> Draft | None:
    """Return the dated deed of the sentence that days are counted from, where they hang on who says it."""
    within = {token.i for token in below.subtree}
    here = [draft for draft in drafts if draft is not other and draft.token.sent.start == below.sent.start]
    return next((draft for draft in here if draft.token.i not in within and _is_dated(draft.time)), None)


def _followed(verb: Any, drafts: list[Draft]) -> Draft | None:
    """Return what was told last before with its day, where a sentence gives it another name ("the exchange")."""
    if verb.lemma_ not in _FOLLOWING:
        return None
    before = [draft for draft in drafts if draft.token.sent.start < verb.sent.start and _is_dated(draft.time)]
    return max(before, key=lambda draft: draft.token.i, default=None)


def _is_said(token: Any) -> bool:
    """Whether a clause is somebody's saying, or frames one ("It was a critical moment, he said, a day after …")."""
    root = token
    while root.head.i != root.i:
        root = root.head
    return any(word.lemma_ in TELLING for word in (token, root, *root.children))


def _date(draft: Draft, timed: Timed, day: date, anchor: str) -> None:
    text = day.isoformat()
    draft.time = TimeRef(text, text, text, TimePrecision.DAY, timed.time.span, anchor)
    draft.reasons.pop("time", None)
