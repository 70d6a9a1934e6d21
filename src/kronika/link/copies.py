"""Copies: the same text published again, lightly edited or cut.

Word shingles are hashed; MinHash with banding (datasketch, fixed seed) proposes pairs of about equal length, a
sample of shared shingles proposes a short text that stands inside a longer one; the exact overlap decides. Shingles
are runs of words in order, so a translation or a rewrite in other words shares next to none.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from datasketch import MinHash, MinHashLSH

from kronika.link.groups import Groups
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
MOST_HOLDERS = 200


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


def shingles(text: str) -> frozenset[int]:
    """Return the 64-bit hashes of all runs of five words, case and punctuation ignored.

    >>> len(shingles("One two three four five six."))
    2
    """
    words = [match.group().casefold() for match in WORDS.finditer(text)]
    runs = (" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1))
    return frozenset(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs)


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


def _pairs_alike(sets: dict[str, frozenset[int]]) -> set[tuple[str, str]]:
    index = MinHashLSH(threshold=LEAST_RESEMBLANCE, num_perm=PERMUTATIONS)
    pairs: set[tuple[str, str]] = set()
    for key, members in sets.items():
        sketch = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=_identity)
        sketch.update_batch(sorted(members))
        pairs.update((min(key, other), max(key, other)) for other in index.query(sketch))
        index.insert(key, sketch)
    return pairs


def _identity(value: int) -> int:
    return value & 0xFFFFFFFF


def _pairs_inside(sets: dict[str, frozenset[int]]) -> set[tuple[str, str]]:
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for key, members in sets.items():
        for value in members:
            if value % SAMPLE == 0:
                holders[value].append(key)
    pairs: set[tuple[str, str]] = set()
    for keys in holders.values():
        if 1 < len(keys) <= MOST_HOLDERS:
            pairs.update(combinations(sorted(keys), 2))
    return pairs


def find_copies(documents: Iterable[Document]) -> list[Family]:
    """Return the families of two or more copies, in the order of their ids; the order of input does not matter.

    A copy of a copy belongs to the family. Texts under twelve shingles (16 words) are in none, unless equal.
    """
    by_id = {document.id: document for document in sorted(documents, key=lambda document: document.id)}
    sets = {key: shingles(document.text) for key, document in by_id.items()}
    long_enough = {key: members for key, members in sets.items() if len(members) >= LEAST_SHINGLES}
    groups = Groups(by_id)
    for one, other in sorted(_pairs_alike(long_enough) | _pairs_inside(long_enough)):
        if are_copies(sets[one], sets[other]):
            groups.join(one, other)
    exact: dict[str, str] = {}
    for key, document in by_id.items():
        if document.text.strip():
            groups.join(exact.setdefault(document.text.strip(), key), key)
    families = [_family(keys, by_id, sets) for keys in groups.members() if len(keys) > 1]
    return sorted(families, key=lambda family: family.id)


def _family(keys: list[str], by_id: dict[str, Document], sets: dict[str, frozenset[int]]) -> Family:
    ordered = sorted(keys, key=lambda key: (by_id[key].published or "9999", key))
    first = ordered[0]
    members = []
    for key in ordered:
        same = by_id[key].text.strip() == by_id[first].text.strip()
        members.append(Copy(key, *((1.0, 1.0) if same else overlap(sets[first], sets[key]))))
    return Family(content_id("f", *sorted(keys)), first, tuple(members))


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
