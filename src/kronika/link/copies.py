"""Copies: the same text published again, lightly edited or cut.

Word shingles are hashed; MinHash with banding (datasketch, fixed seed) proposes pairs of about equal length, a
sample of shared shingles proposes a short text that stands inside a longer one; the exact overlap decides. Shingles
are runs of words in order, so a translation or a rewrite in other words shares next to none.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from kronika.link.publication import publication_order
from kronika.records import Document, Span, content_id

WORDS = re.compile(r"\w+(?:['’]\w+)?")
SHINGLE_WORDS = 5
#: Shorter texts (a headline, a push message) share their words by chance.
LEAST_SHINGLES = 12
#: Share of the union, and share of the shorter text: calibrated on edits of about one word in fifteen.
LEAST_RESEMBLANCE = 0.5
LEAST_CONTAINMENT = 0.7
PERMUTATIONS = 64
SEED = 20250429
#: One shingle in so many is indexed to find short texts inside long ones; boilerplate above the limit is skipped.
SAMPLE = 8
MOST_HOLDERS = 50
#: Powers of an odd number, from the highest down: what the words of a run are multiplied by.
_POWERS = np.array(
    [pow(0x9E3779B97F4A7C15, power, 1 << 64) for power in reversed(range(SHINGLE_WORDS))], dtype=np.uint64
)


@dataclass(frozen=True, slots=True)
class Copy:
    """One member of a family: its overlap with the family's first text (both shares from 0 to 1)."""

    document: str
    resemblance: float
    containment: float


@dataclass(frozen=True, slots=True)
class Family:
    """Documents that are copies of one text. ``first`` is the one published first (ties: smaller id)."""

    id: str
    first: str
    members: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch that differs between two members; one side is None where words were only added or dropped."""

    before: Span | None
    after: Span | None


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


@lru_cache(maxsize=2048)
def shingles(text: str) -> frozenset[int]:
    """Return the 64-bit hashes of all runs of five words, case and punctuation ignored.

    The hash of a run is a polynomial over those of its words, mixed so that all its bits are good (SplitMix64's last
    steps: Steele, Lea and Flood 2014).

    >>> len(shingles("One two three four five six."))
    2
    """
    words = np.array([_number(word) for word in WORDS.findall(text.casefold())], dtype=np.uint64)
    if len(words) < SHINGLE_WORDS:
        return frozenset()
    runs = np.lib.stride_tricks.sliding_window_view(words, SHINGLE_WORDS) @ _POWERS
    runs = (runs ^ (runs >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    runs = (runs ^ (runs >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return frozenset((runs ^ (runs >> np.uint64(31))).tolist())


def overlap(one: frozenset[int], other: frozenset[int]) -> tuple[float, float]:
    """Return (resemblance, containment): shared shingles by the union, and by the smaller set."""
    shared = len(one & other)
    if not shared:
        return 0.0, 0.0
    return shared / (len(one) + len(other) - shared), shared / min(len(one), len(other))


def are_copies(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two shingle sets are of copies."""
    resemblance, containment = overlap(one, other)
    return resemblance >= LEAST_RESEMBLANCE or containment >= LEAST_CONTAINMENT


@lru_cache(maxsize=1)
def _bands() -> tuple[int, int]:
    """How many bands of how many permutations are best for the threshold (datasketch's optimum)."""
    from datasketch import MinHashLSH  # imports scipy: only where texts are compared

    index = MinHashLSH(threshold=LEAST_RESEMBLANCE, num_perm=PERMUTATIONS)
    return int(index.b), int(index.r)


@lru_cache(maxsize=1)
def _empty_sketch() -> Any:
    """Return a sketch of nothing, to be copied: its permutations take longer to make than a text takes to hash."""
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=_identity)


def _identity(value: int) -> int:
    return value & 0xFFFFFFFF


def _hash(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big") >> 1


def copy_keys(text: str) -> list[int]:
    """Return the keys that a text shares with the texts it can be a copy of: 63-bit numbers, in order.

    They depend on the text alone, so that a store can keep them. Even ones are of bands of MinHash values (texts of
    about one length) or of the whole text, odd ones of single shingles (a text inside another).
    """
    keys = {_hash(text.strip().encode("utf-8", "surrogatepass")) & ~1} if text.strip() else set()
    members = shingles(text)
    if len(members) >= LEAST_SHINGLES:
        sketch = _empty_sketch().copy()
        sketch.update_batch(sorted(members))
        bands, width = _bands()
        values = sketch.hashvalues
        for band in range(bands):
            data = b"%d:" % band + values[band * width : (band + 1) * width].astype(">u8").tobytes()
            keys.add(_hash(data) & ~1)
        keys.update((value >> 1) | 1 for value in members if value % SAMPLE == 0)
    return sorted(keys)


def is_copy(one: str, other: str) -> bool:
    """Whether two texts are copies: equal, or sharing most of their shingles."""
    if one.strip() == other.strip():
        return bool(one.strip())
    left, right = shingles(one), shingles(other)
    return min(len(left), len(right)) >= LEAST_SHINGLES and are_copies(left, right)


def family(documents: Iterable[Document]) -> Family:
    """Return the family that these copies of one text make."""
    ordered = sorted(documents, key=lambda document: (publication_order(document.published), document.id))
    first = ordered[0]
    start = shingles(first.text)
    members = []
    for document in ordered:
        same = document.text.strip() == first.text.strip()
        members.append(Copy(document.id, *((1.0, 1.0) if same else overlap(start, shingles(document.text)))))
    return Family(content_id("f", *sorted(document.id for document in ordered)), first.id, tuple(members))


def diff(before: Document, after: Document) -> list[Change]:
    """Return what differs between two members of a family, word by word, each side as a span of its document.

    >>> one = Document.of("Two shells fell on the market.")
    >>> two = Document.of("Three shells fell on the old market.")
    >>> [(c.before and c.before.text, c.after and c.after.text) for c in diff(one, two)]
    [('Two', 'Three'), (None, 'old')]
    """
    left, right = list(WORDS.finditer(before.text)), list(WORDS.finditer(after.text))
    matcher = difflib.SequenceMatcher(None, [m.group() for m in left], [m.group() for m in right], autojunk=False)
    changes = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            changes.append(Change(_stretch(before, left[i1:i2]), _stretch(after, right[j1:j2])))
    return changes


def _stretch(document: Document, words: list[re.Match[str]]) -> Span | None:
    if not words:
        return None
    start, end = words[0].start(), words[-1].end()
    return Span(document.id, start, end, document.text[start:end])
