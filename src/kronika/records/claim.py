"""Claims: who says it, with what word, how firmly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kronika.records.quick import quick
from kronika.records.span import Mention, Span


class Stance(StrEnum):
    """What the speaker does with the content."""

    SAYS = "says"
    CONFIRMS = "confirms"
    ESTIMATES = "estimates"
    ALLEGES = "alleges"
    DENIES = "denies"
    DOUBTS = "doubts"
    BLAMES = "blames"
    THREATENS = "threatens"
    PROMISES = "promises"
    DEMANDS = "demands"
    FRAMES = "frames"


class Certainty(StrEnum):
    """How firmly it is put (FactBank's grades, in words)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    DOUBTFUL = "doubtful"
    DENIED = "denied"


class SpeakerKind(StrEnum):
    """Whether the text says who speaks."""

    NAMED = "named"  # a person, body or state that can be identified
    UNNAMED = "unnamed"  # "officials", "a source": described, not named
    NONE = "none"  # "reportedly": somebody, nobody says who
    DOCUMENT = "document"  # the article in its own voice


@quick
@dataclass(frozen=True, slots=True)
class Speaker:
    """Who makes a claim. ``description`` is the text's own words; ``office`` a title given beside the name."""

    kind: SpeakerKind
    mention: Mention | None = None
    description: str | None = None
    office: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Claim:
    """One attribution. Claims nest: ``inside`` is the id of the claim that this one is reported within.

    ``content`` holds one or more spans ("We," he said, "will stay." has two); ``hedges`` are the words that loosen it
    ("estimated", "reportedly"); ``about`` the ids of the events, quantities and relations inside the content.
    """

    id: str
    speaker: Speaker
    cue: Span | None
    content: tuple[Span, ...]
    stance: Stance
    certainty: Certainty
    is_quote: bool = False
    hedges: tuple[Span, ...] = ()
    about: tuple[str, ...] = ()
    inside: str | None = None
    channel: str | None = None  # "Telegram", "state television": where it was said, not who said it
    rule: str = ""
