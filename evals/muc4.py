"""MUC-4: who did what to whom with what, one template an incident.

The texts are telegrams in capitals, broken at a fixed width: they are recased and unwrapped first. Which of the
mentions in kronika's report fill a role is decided by a linear model learnt from MUC-4 train
(:mod:`evals.muc4_reader`); under ``rules`` stand the scores without it: one template an event, its participants as the
report has them.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from evals.bench import read_rows, reference_scorer, write_rows
from evals.muc4_reader import ROLES, Candidate, candidates, chosen, written
from evals.reports import read_texts
from kronika.annotate.parsing.recase import is_listed, recase, unwrap
from kronika.codebook.states import states
from kronika.codebook.things import things
from kronika.records import Event, Mention, MentionKind, Report, Status

SCORER = None

_HEADER = re.compile(r"\A.{0,400}?\[TEXT\]\s*", re.DOTALL)
_DATELINE = re.compile(r"\b(\d{1,2}) ([A-Z]{3})[A-Z]* (\d{2})\b")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_REAL = frozenset((Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED, Status.INTERCEPTED))
_PEOPLE = frozenset((MentionKind.PERSON, MentionKind.GROUP, MentionKind.FORCES, MentionKind.SOURCE))
_NAMED = re.compile(r"[A-Z]")
_NAME_BEFORE = re.compile(r"((?:[A-Z][\w'-]*\s)*[A-Z][\w'-]*)\s[a-z]")
_PARTICLES = frozenset(("de", "del", "la", "las", "los", "y", "da", "dos", "von", "van", "bin", "al"))
_PRONOUNS = frozenset(
    [
        "they",
        "he",
        "she",
        "it",
        "we",
        "i",
        "you",
        "who",
        "which",
        "that",
        "this",
        "these",
        "those",
        "one",
        "ones",
        "some",
        "others",
        "another",
        "both",
        "all",
    ]
)
_COLLECTIVES = frozenset(
    [
        "army",
        "forces",
        "force",
        "government",
        "police",
        "military",
        "front",
        "movement",
        "cartel",
        "command",
        "guard",
        "mafia",
        "regime",
    ]
)
_PERSONS = ("man", "men", "officer", "judge", "detective", "prosecutor", "investigator")
_LONGEST_NAME = 6


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield a row of templates per document, in order."""
    texts = [(row["id"], *prepared(row["text"])) for row in rows]
    for key, report, _ in read_texts(texts):
        yield {"id": key, "templates": learnt_templates(report), "by_rules": templates(report)}


def score(gold: Path, predictions: Path) -> dict[str, Any]:
    """Return the reference scores, and under ``rules`` those of the reading without a model."""
    scorer = reference_scorer("muc4")
    scores: dict[str, Any] = scorer.score(gold, predictions)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "by_rules.jsonl"
        write_rows(plain, ({"id": row["id"], "templates": row["by_rules"]} for row in read_rows(predictions)))
        scores["rules"] = scorer.score(gold, plain)
    return scores


def candidates_of(report: Report) -> list[Candidate]:
    """Return the candidates of a report for the model."""
    kinds = {event.id: incident_type(event) for event in report.events}
    return candidates(report, kinds, {mention.span.start: person_name(mention) for mention in report.mentions})


def learnt_templates(report: Report) -> list[dict[str, Any]]:
    """Return a template per incident type with the candidates that the model chooses, each under its events' type."""
    told = Counter(kind for event in report.events if event.status in _REAL and (kind := incident_type(event)))
    main = told.most_common(1)[0][0] if told else "attack"
    found: dict[str, dict[str, Any]] = {}
    for role, kept in chosen(candidates_of(report)).items():
        for candidate in kept:
            kind = candidate.types.most_common(1)[0][0] if candidate.types else main
            filled = found.setdefault(kind, {"incident_type": kind, **{name: [] for name in ROLES}})
            _add(filled[role], written(candidate, role))
    return list(found.values())


def prepared(text: str) -> tuple[str, str | None]:
    """Return the text of a telegram as running text, and the day it was sent."""
    found = _DATELINE.search(text[:300])
    sent = None
    if found and found[2].lower() in _MONTHS:
        sent = f"19{found[3]}-{_MONTHS[found[2].lower()]:02}-{int(found[1]):02}"
    return recase(_HEADER.sub("", unwrap(text)).strip()), sent


def templates(report: Report) -> list[dict[str, Any]]:
    """Return the templates of the incidents of a report: violence that is told as done or tried."""
    found = []
    for event in report.events:
        kind = incident_type(event)
        if kind is not None and event.status in _REAL:
            filled = _template(event, kind)
            if any(filled[role] for role in ROLES) and filled not in found:
                found.append(filled)
    return found


def incident_type(event: Event) -> str | None:
    """Return the MUC-4 type of an event, None where it is none of the six."""
    frame = event.rule.split(".")[0]
    words = {span.text.lower() for span in (event.trigger, *event.mentions)}
    if frame == "walkout":
        return "forced work stoppage"
    if frame == "loot":
        return "robbery"
    if event.type != "ASSAULT" or frame in ("clash", "overrun"):
        return None
    if event.mode == "abduct":
        return "kidnapping"
    if any(word.startswith(("burn", "torch", "arson", "set")) for word in words):
        return "arson"
    explosive = frame in ("explode", "bomb") or event.mode in ("explosives", "suicide-attack")
    return "bombing" if explosive else "attack"


def _template(event: Event, kind: str) -> dict[str, Any]:
    roles = event.roles
    filled: dict[str, Any] = {"incident_type": kind, **{role: [] for role in ROLES}}
    for mention in roles.actor:
        _add_perpetrator(filled, mention)
    for mention in (*roles.target, *roles.victim, *roles.recipient):
        name = person_name(mention)
        if name:
            _add(filled["Victim"], name)
        elif _is_thing(mention):
            _add(filled["Target"], _text(mention))
    for mention in roles.instrument:
        _add(filled["Weapon"], _text(mention))
    return filled


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(word for word, kinds in things().heads.items() if kinds[0] in _PEOPLE) | frozenset(
        [
            "mr",
            "mrs",
            "dr",
            "msgr",
            "gen",
            "col",
            "lt",
            "maj",
            "capt",
            "sgt",
            "president",
            "minister",
            "father",
            "vice",
            "former",
            "general",
        ]
    )


def _add_perpetrator(filled: dict[str, Any], mention: Mention) -> None:
    text = _text(mention)
    if mention.kind not in (*_PEOPLE, MentionKind.ORGANISATION, MentionKind.BODY, MentionKind.UNKNOWN):
        return
    if mention.head.lower() in _PRONOUNS or (mention.kind is MentionKind.UNKNOWN and not _NAMED.match(mention.head)):
        return
    if _is_organisation(mention):
        _add(filled["PerpOrg"], text)
        return
    _add(filled["PerpInd"], person_name(mention) or text)
    named = _NAME_BEFORE.match(text)  # "FMLN guerrillas", "Shining Path rebels"
    if named and mention.kind is not MentionKind.PERSON and not states().country_of(named[1]):
        _add(filled["PerpOrg"], named[1])


def person_name(mention: Mention) -> str | None:
    """Return the name of a person without titles, None where the mention names no person.

    The key of MUC-4 fills victims by name only; who has no name stands in another slot, which this bench leaves out.
    """
    if mention.kind not in (MentionKind.PERSON, MentionKind.UNKNOWN, MentionKind.ORGANISATION, MentionKind.PLACE):
        return None
    words = (mention.name if mention.kind is MentionKind.PERSON else _text(mention)).split()
    while words and (words[0].islower() or words[0].lower().strip(".") in _titles()):
        words = words[1:]
    is_name = bool(words) and all(word[0].isupper() or word in _PARTICLES or not is_listed(word) for word in words)
    if not is_name or (len(words) == 1 and mention.kind is not MentionKind.PERSON) or len(words) > _LONGEST_NAME:
        return None
    return " ".join(words)


def _is_thing(mention: Mention) -> bool:
    if mention.head.lower().removesuffix("s").endswith(_PERSONS) and mention.kind is MentionKind.BODY:
        return False  # "policemen", "an officer"
    if mention.kind in (*_PEOPLE, MentionKind.STATE, MentionKind.PLACE, MentionKind.WEAPON):
        return False
    return bool(re.search("[a-zA-Z]{3}", mention.head)) and mention.head.lower() not in _PRONOUNS


def _is_organisation(mention: Mention) -> bool:
    if mention.kind in (MentionKind.ORGANISATION, MentionKind.BODY, MentionKind.STATE):
        return True
    if mention.kind is not MentionKind.FORCES:
        return False
    is_name = _NAMED.match(mention.head) and not things().heads.get(mention.head.lower().removesuffix("s"))
    return bool(is_name) or mention.head.lower() in _COLLECTIVES


def _text(mention: Mention) -> str:
    return " ".join((mention.antecedent or mention.span).text.split())


def _add(entities: list[list[str]], text: str) -> None:
    if [text] not in entities:
        entities.append([text])


def cases(row: dict[str, Any], prediction: dict[str, Any]) -> Iterator[tuple[float, str, str, str, str]]:
    """Yield each role of a document where entities were missed or made up."""
    for role in ROLES:
        gold = [{name.lower() for name, _ in entity} for template in row["templates_gtt"] for entity in template[role]]
        got = [entity[0].lower() for template in prediction["templates"] for entity in template[role]]
        missed = [sorted(entity)[0] for entity in gold if not entity & set(got)]
        invented = [name for name in got if not any(name in entity for entity in gold)]
        if missed or invented:
            yield float(len(missed) + len(invented)), row["id"], f"{role} {missed}", str(invented), "muc4"
