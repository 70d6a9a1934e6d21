"""Actor codes: the state and the sectors of a participant, as PLOVER and CAMEO write them ("RUSGOV", "---REB")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kronika.codebook.leaders import leaders
from kronika.codebook.sectors import sectors
from kronika.codebook.states import states
from kronika.codebook.things import things
from kronika.records import Mention, MentionKind

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-’'][^\W\d_]+)*")
#: The class of an international body: its first three letters stand in the place of the state's.
_CLASS_LENGTH = 3


@dataclass(frozen=True, slots=True)
class ActorCode:
    """``state`` is ISO 3166 alpha-3, an international class (IGO, NGO, IMG), or None where the text names no state.

    ``sectors`` are PLOVER's, the most telling first; empty for a state as such, and for what no noun says more of.
    """

    state: str | None
    sectors: tuple[str, ...] = ()

    def __str__(self) -> str:
        return (self.state or "---") + "".join(self.sectors)


def actor_code(mention: Mention) -> ActorCode | None:
    """Return the code of a participant, or None where neither its state nor its sector can be told.

    The state is that of the mention: named beside it, by its demonym, by its seat of government, or as that of a head
    of state or government. Where a deed takes place gives nobody a state: who fights there may be from elsewhere.

    >>> from kronika.records import Span
    >>> def named(text, kind, country=None):
    ...     return Mention(Span("d", 0, len(text), text), kind, text.split()[-1], text, country=country)
    >>> str(actor_code(named("Syrian army chief", MentionKind.PERSON, "SY")))
    'SYRMIL'
    >>> str(actor_code(named("rebels", MentionKind.FORCES))), str(actor_code(named("the UN", MentionKind.BODY)))
    ('---REB', 'IGOUNO')
    """
    text = mention.antecedent.text if mention.antecedent is not None else mention.span.text
    words = _WORD.findall(text)
    body = _international(words, mention)
    if body is not None:
        return body
    found = _sectors_of(words, mention)
    leads = leaders().country_of(mention.name) or leaders().country_of(text)
    if leads is None and len(words) > 1 and _marked([words[0].lower()]):
        leads = leaders().country_of(words[-1].title(), has_office=True)  # "President obama"
    if leads is not None and not found:
        found = ("GOV",)
    home = mention.country or leads
    return ActorCode(states().iso3.get(home or ""), found) if home or found else None


def _international(words: Sequence[str], mention: Mention) -> ActorCode | None:
    """Return the code of the longest international name in a phrase that does not itself name a state."""
    table = sectors().international
    runs = ((first, size) for size in (4, 3, 2, 1) for first in range(len(words) - size + 1))
    for first, size in runs:
        code = table.get(" ".join(words[first : first + size]))
        if code is not None:
            own = (code[_CLASS_LENGTH:],) if code[_CLASS_LENGTH:] else ()
            rest = [*words[:first], *words[first + size :]]
            if mention.country and any(states().country_of(word) == mention.country for word in rest):
                return None  # "the Russian ambassador to the UN"
            more = tuple(sector for sector in _sectors_of(rest, mention) if sector != "GOV")
            return ActorCode(code[:_CLASS_LENGTH], own + more)
    return None


def _sectors_of(words: Sequence[str], mention: Mention) -> tuple[str, ...]:
    """Return the sectors that the nouns of a phrase tell: of its head, else of what qualifies it."""
    if mention.kind is MentionKind.STATE:
        return ()
    table = sectors()
    lower = [word.lower() for word in words]
    marks = _marked(lower)
    known = things().names.get(mention.name)
    if known is not None and known.kind is MentionKind.FORCES:
        return ("SPY",) if any(code == "SPY" for _, code in marks) else (_side(known.name),)
    if not marks:
        return ()
    head = _singular(mention.head.lower())
    own = [code for word, code in marks if head == word.split()[-1]]
    around = [code for word, code in marks if head != word.split()[-1] and code != "GOV"]
    any_code = [marks[0][1]]
    code = (around or own or any_code)[0] if head in table.general else (own or any_code)[0]
    if code == "GOV" and not table.former.isdisjoint(lower):
        code = "ELI"
    return (code, "OPP") if "opposition" in lower and code != "OPP" else (code,)


def _side(name: str) -> str:
    return "MIL" if name in sectors().state_forces else "REB"


def _marked(words: Sequence[str]) -> list[tuple[str, str]]:
    """Return the nouns that tell a sector, in the order of the text; of two that overlap, the longer."""
    nouns = sectors().nouns
    found = []
    i = 0
    while i < len(words):
        for size in (3, 2, 1):
            phrase = " ".join((*words[i : i + size - 1], _singular(words[min(i + size, len(words)) - 1])))
            plain = " ".join(words[i : i + size])
            code = nouns.get(plain) or nouns.get(phrase)
            if code and i + size <= len(words):
                found.append((phrase if phrase in nouns else plain, code))
                i += size - 1
                break
        i += 1
    return found


def _singular(word: str) -> str:
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us")):
        return word[:-1]
    return word
