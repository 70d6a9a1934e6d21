"""Predicates: which words make a happening, and where its roles stand (``events.yaml``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kronika.codebook.lists import read_list
from kronika.errors import CodebookError

#: PLOVER's sixteen event types.
TYPES = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT"}
    | {"THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a predicate stands for. ``roles`` maps a slot ("subject", "object", "by", "against" …) to a role name.

    ``mode`` is PLOVER's; "weapon" means that the instrument decides, with ``fallback_mode`` where none is named.
    ``cameo`` is the CAMEO code where CAMEO tells apart what PLOVER does not, ``codes`` that of single words.
    """

    id: str
    type: str
    mode: str
    roles: Mapping[str, str]
    fallback_mode: str = ""
    outcome: str = ""
    cameo: str = ""
    needs_event: bool = False
    needs_purpose: bool = False
    needs_force: bool = False
    needs_weapon: bool = False
    needs_victim: bool = False
    needs_aid: bool = False
    needs_recipient: bool = False
    needs_blow: bool = False
    needs_party: bool = False
    needs_person: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)


_WORD_LISTS = (
    *("abstract", "consequences", "equating", "purposes", "obliging", "grouping", "intransitive", "labour", "joining"),
    *("coming", "happening", "causes", "natural", "information", "saying", "using"),
    *("noticing", "messages", "reprisals", "charges", "answering", "habits", "growing"),
    *("intangible", "unarmed", "figurative", "in_words"),
)
_OPTIONS = (
    *("fallback_mode", "outcome", "cameo", "needs_event", "needs_purpose", "needs_force", "needs_weapon"),
    *("needs_victim", "needs_recipient", "needs_blow", "needs_aid", "needs_party", "needs_person", "codes"),
)


#: The frame of a pattern that tells no deed ("strike a chord").
NO_DEED = Frame("", "", "", {})


@dataclass(frozen=True, slots=True)
class VerbPattern:
    """A verb, perhaps with a particle ("shoot down"), an object ("open ~fire") or a prepositional object."""

    frame: Frame
    particle: str | None = None
    object: frozenset[str] = frozenset()
    preposition: str | None = None


@dataclass(frozen=True, slots=True)
class Predicates:
    """Verbs by lemma, most demanding pattern first; event nouns by their last lemma, longest first.

    ``idioms`` are the patterns, by the lemma of their verb, in which it tells no deed.
    An event noun may ask for what it is of ("suspension ~aid|talk").
    """

    verbs: Mapping[str, tuple[VerbPattern, ...]]
    nouns: Mapping[str, tuple[tuple[tuple[str, ...], Frame], ...]]
    matters: Mapping[tuple[str, str], frozenset[str]]
    light_verbs: frozenset[str]
    suffering_verbs: frozenset[str]
    abstract: frozenset[str] = frozenset()
    consequences: frozenset[str] = frozenset()
    equating: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    obliging: frozenset[str] = frozenset()
    grouping: frozenset[str] = frozenset()
    intransitive: frozenset[str] = frozenset()
    happening: frozenset[str] = frozenset()
    causes: frozenset[str] = frozenset()
    natural: frozenset[str] = frozenset()
    information: frozenset[str] = frozenset()
    saying: frozenset[str] = frozenset()
    messages: frozenset[str] = frozenset()
    reprisals: frozenset[str] = frozenset()
    using: frozenset[str] = frozenset()
    charges: frozenset[str] = frozenset()
    answering: frozenset[str] = frozenset()
    labour: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    coming: frozenset[str] = frozenset()
    noticing: frozenset[str] = frozenset()
    habits: frozenset[str] = frozenset()
    growing: frozenset[str] = frozenset()
    intangible: frozenset[str] = frozenset()
    unarmed: frozenset[str] = frozenset()
    figurative: frozenset[str] = frozenset()
    in_words: frozenset[str] = frozenset()
    idioms: Mapping[str, tuple[VerbPattern, ...]] = field(default_factory=dict)
    frames: Mapping[str, Frame] = field(default_factory=dict)


def _verb(text: str, frame: Frame) -> tuple[str, VerbPattern]:
    """Read the notation of ``events.yaml``: a verb, then a particle, "~object|other", or "@preposition ~object".

    The object "$" stands for any sum of money.
    """
    lemma, *rest = text.split()
    parts: dict[str, Any] = {"particle": None, "object": frozenset(), "preposition": None}
    for word in rest:
        name = {"~": "object", "@": "preposition"}.get(word[0], "particle")
        parts[name] = frozenset(word[1:].split("|")) if name == "object" else word.lstrip("@")
    return lemma, VerbPattern(frame, **parts)


def read_predicates(source: Mapping[str, Any]) -> Predicates:
    """Build the tables from the parsed YAML.

    Raises:
        CodebookError: an unknown type, or a role set that is not defined.
    """
    verbs: dict[str, list[VerbPattern]] = defaultdict(list)
    idioms: dict[str, list[VerbPattern]] = defaultdict(list)
    nouns: dict[str, list[tuple[tuple[str, ...], Frame]]] = defaultdict(list)
    matters: dict[tuple[str, str], frozenset[str]] = {}
    frames: dict[str, Frame] = {}
    for key, entry in source["frames"].items():
        if entry["type"] not in TYPES or entry["roles"] not in source["roles"]:
            raise CodebookError(f"events.yaml: frame {key} has an unknown type or role set")
        if not all(isinstance(slot, str) for slot in source["roles"][entry["roles"]]):
            raise CodebookError(
                f"events.yaml: role set {entry['roles']} has a slot that YAML reads as no word: quote it"
            )
        options = {name: entry[name] for name in _OPTIONS if name in entry}
        frame = Frame(key, entry["type"], entry["mode"], source["roles"][entry["roles"]], **options)
        frames[key] = frame
        for text in entry.get("verbs", ()):
            lemma, pattern = _verb(text, frame)
            verbs[lemma].append(pattern)
        for text in entry.get("nouns", ()):
            told, _, of = text.partition(" ~")
            words = tuple(told.split())
            nouns[words[-1]].append((words, frame))
            if of:
                matters[key, told] = frozenset(of.split("|"))
    for text in source.get("idioms", ()):
        lemma, pattern = _verb(text, NO_DEED)
        idioms[lemma].append(pattern)
    return Predicates(
        verbs={lemma: tuple(sorted(found, key=_demands, reverse=True)) for lemma, found in verbs.items()},
        idioms={lemma: tuple(found) for lemma, found in idioms.items()},
        nouns={
            lemma: tuple(sorted(found, key=lambda one: (-len(one[0]), (one[1].id, " ".join(one[0])) not in matters)))
            for lemma, found in nouns.items()
        },
        matters=matters,
        light_verbs=frozenset(source["light_verbs"]),
        suffering_verbs=frozenset(source["suffering_verbs"]),
        frames=frames,
        **{name: frozenset(source.get(name, ())) for name in _WORD_LISTS},
    )


def _demands(pattern: VerbPattern) -> int:
    """How many words beside the verb a pattern asks for."""
    return sum(map(bool, (pattern.particle, pattern.object, pattern.preposition)))


@lru_cache(maxsize=1)
def predicates() -> Predicates:
    """Return the shipped predicates.

    >>> [pattern.frame.id for pattern in predicates().verbs["pummel"]]
    ['strike']
    """
    events = read_list("events.yaml")
    senses = read_list("idioms.yaml")
    return read_predicates({**events, **senses})
