"""A session of review: one incident after the other, a key for each decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from kronika.errors import KronikaError
from kronika.query.reviewed import EDITABLE, Review
from kronika.records import Decision, Incident, Verdict
from kronika.store.decisions import STRUCTURAL, Proposal

if TYPE_CHECKING:
    from kronika.api import Record
    from kronika.cli.page import Page

HELP = (
    ("a", "accept: what it says is in the reports"),
    ("x", "reject: it is no such happening"),
    ("e", f"edit a field: {', '.join(EDITABLE)}"),
    ("m", "merge it with another incident"),
    ("s", "split a report off"),
    ("=", "same: a report of another incident is of this happening"),
    ("d", "different: it is never one with another incident"),
    ("u", "undo the last decision of this session"),
    ("w", "why these reports are one"),
    ("j", "next, without a decision (also space, arrow down)"),
    ("k", "previous (also arrow up)"),
    ("q", "quit; what was decided is kept"),
)
#: What terminals send for the arrows, and for "no more".
_KEYS = {"\x1b[a": "k", "\x1b[d": "k", "\x1b[b": "j", "\x1b[c": "j", " ": "j", "": "q", "\x04": "q", "\x1b": "q"}
#: Incidents beside the one in view that are offered to be merged with it.
_OFFERED = 9


def _key() -> str:
    """Wait for a key; "q" where there is none to wait for."""
    try:
        pressed = click.getchar().lower()
    except OSError as error:
        raise KronikaError(
            "there is no keyboard", "kronika review is for a terminal; kronika serve for a browser"
        ) from error
    return _KEYS.get(pressed, pressed)


@dataclass(slots=True)
class Session:
    """One reviewer at work. ``clock`` gives the time of a decision, ISO 8601 in UTC; ``queue`` are incident ids."""

    record: Record
    who: str
    clock: Callable[[], str]
    queue: list[str]
    page: Page
    at: int = 0
    decided: int = 0
    seen: str = ""  # the first report of the incident in view
    made: list[tuple[Decision, str]] = field(default_factory=list)  # what can be undone, and what was in view

    def run(self) -> int:
        """Show one incident after the other until the reviewer quits; return the number of decisions appended."""
        actions: dict[str, Callable[[Incident], None]] = {
            "a": lambda incident: self._judge(incident, Verdict.ACCEPT),
            "x": lambda incident: self._judge(incident, Verdict.REJECT),
            "e": self._edit,
            "m": self._merge,
            "s": self._split,
            "=": self._same,
            "d": self._different,
            "u": lambda _: self._undo(),
            "w": self._why,
            "j": lambda _: self._move(1),
            "k": lambda _: self._move(-1),
            "?": lambda _: self._help(),
        }
        while 0 <= self.at < len(self.queue):
            incident = self._incident(self.queue[self.at])
            if incident is None:  # merged into another, or its first report went elsewhere
                del self.queue[self.at]
                continue
            self.seen = incident.reports[0]
            self._show(incident)
            key = _key()
            if key == "q":
                break
            try:
                actions.get(key, actions["?"])(incident)
            except KronikaError as error:
                click.echo(str(error), err=True)
            except click.Abort:
                click.echo("nothing was decided", err=True)
        return self.decided

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _incident(self, key: str) -> Incident | None:
        return next((one for one in self.record.incidents_by_id([key]) if one.id == key), None)

    def _show(self, incident: Incident) -> None:
        from kronika.cli.incidents import show_incident

        state = self._review().state(incident)
        self.page.line("")
        self.page.line((f"{self.at + 1}/{len(self.queue)}", "bold"), f"  {state}", ("   ? for the keys", "dim"))
        show_incident(self.page, self.record, incident)

    def _review(self) -> Review:
        with self.record.store.connect() as connection:
            return Review.read(connection)

    def _help(self) -> None:
        for key, words in HELP:
            self.page.line((key, "bold"), f"  {words}", indent=3)

    def _why(self, incident: Incident) -> None:
        for match in incident.matches:
            weight = "" if match.weight is None else f"{match.weight:+.2f} bits"
            self.page.line((match.event, "bold"), f"  {match.constraint or weight}", indent=3)
            for comparison, level, bits in match.comparisons:
                if bits:
                    self.page.line(f"{comparison:<10} {level:<28} {bits:+.2f}", indent=6)
        if not incident.matches:
            self.page.line("one report: nothing was matched", indent=3)

    # -- what is decided -------------------------------------------------------------------------------------------

    def _decide(
        self, verdict: Verdict, subjects: tuple[str, ...], name: str | None = None, value: str | None = None
    ) -> None:
        reason = click.prompt("why (may be empty)", default="", show_default=False, err=True).strip() or None
        decision = self.record.decide(Proposal(self.who, self.clock(), verdict, subjects, name, value, reason))
        self.made.append((decision, self.seen))
        self.decided += 1
        click.echo(f"{verdict.value}: {decision.id}", err=True)
        if verdict in STRUCTURAL:
            self._queue(subjects)

    def _queue(self, subjects: Iterable[str]) -> None:
        """Let what a decision made of these reports come next; what is in view stays, if it is still there."""
        here = self.queue[self.at]
        homes = [one.id for one in self.record.incidents_with(subjects) if one.id != here]
        ahead = [key for key in self.queue[self.at + 1 :] if key not in homes]
        behind = [key for key in self.queue[: self.at] if key not in homes]
        self.queue, self.at = [*behind, here, *homes, *ahead], len(behind)

    def _judge(self, incident: Incident, verdict: Verdict) -> None:
        self._decide(verdict, incident.reports)
        self._move(1)

    def _edit(self, incident: Incident) -> None:
        name = click.prompt("field", type=click.Choice(EDITABLE), err=True)
        value = click.prompt(f"new {name}", err=True)
        self._decide(Verdict.EDIT, incident.reports, name, value.strip())

    def _merge(self, incident: Incident) -> None:
        other = self._other(incident)
        if other is not None:
            self._decide(Verdict.MERGE, (*incident.reports, *other.reports))

    def _same(self, incident: Incident) -> None:
        other = self._other(incident)
        report = self._report(other) if other is not None else None
        if report is not None:
            self._decide(Verdict.SAME, (incident.reports[0], report))

    def _different(self, incident: Incident) -> None:
        other = self._other(incident)
        if other is not None:
            self._decide(Verdict.DIFFERENT, (other.reports[0], *incident.reports))

    def _split(self, incident: Incident) -> None:
        if len(incident.reports) == 1:
            click.echo("it has one report: there is nothing to split off", err=True)
            return
        report = self._report(incident)
        if report is not None:
            self._decide(Verdict.SPLIT, (report, *(event for event in incident.reports if event != report)))

    def _undo(self) -> None:
        if not self.made:
            click.echo("nothing was decided in this session; kronika log shows what was before", err=True)
            return
        last, seen = self.made[-1]
        self.record.decide(Proposal(self.who, self.clock(), Verdict.UNDO, (last.id,)))
        self.made.pop()
        self.decided += 1
        click.echo(f"undone: {last.verdict.value} {last.id}", err=True)
        self._queue(last.subjects)
        homes = {one.id for one in self.record.incidents_with([seen])}
        self.at = next((number for number, key in enumerate(self.queue) if key in homes), self.at)

    def _move(self, steps: int) -> None:
        self.at = max(0, self.at + steps)

    # -- what is chosen --------------------------------------------------------------------------------------------

    def _other(self, incident: Incident) -> Incident | None:
        """Ask for another incident: one of those near it in time, by number, or any by its id."""
        offered = self.record.incidents_near(incident, _OFFERED)
        for number, one in enumerate(offered, 1):
            place = (one.place.name or one.place.surface) if one.place else ""
            targets = "; ".join(mention.name for mention in one.targets)
            words = [one.time.edtf if one.time else "no date", f"{one.type} {one.mode}".strip(), place, targets]
            self.page.line(
                (str(number), "bold"), "  ", " · ".join(word for word in words if word), (f"  {one.id}", "dim")
            )
        given = click.prompt("which (number or id; empty: none)", default="", show_default=False, err=True).strip()
        if given.isdigit() and 1 <= int(given) <= len(offered):
            return offered[int(given) - 1]
        found = self._incident(given) if given else None
        if given and found is None:
            click.echo(f"there is no incident {given}", err=True)
        if found is not None and found.id == incident.id:
            click.echo("that is this incident", err=True)
            return None
        return found

    def _report(self, incident: Incident) -> str | None:
        """Ask for one report of ``incident``."""
        from kronika.cli.page import source

        for number, event in enumerate(self.record.store.events(incident.reports), 1):
            tail = f"— {source(self.record.store.document(event.document))}"
            self.page.line((str(number), "bold"), f"  {' '.join(event.evidence.text.split())} {tail}")
        given = click.prompt("which report (number; empty: none)", default="", show_default=False, err=True).strip()
        if given.isdigit() and 1 <= int(given) <= len(incident.reports):
            return incident.reports[int(given) - 1]
        return None
