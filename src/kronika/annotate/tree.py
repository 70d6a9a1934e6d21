"""The parse as plain objects: tokens with their tags and governors, read once from spaCy and cheap to look at.

A spaCy token looks each attribute up in C and builds its children anew on every call; the rules ask for them thousands
of times a document. A :class:`Tree` answers to the same names (the part of spaCy's interface that the rules use), at a
third of the cost in all; functions over a parse take either.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any

_QUOTES = frozenset(('"', "'", "`", "``", "''", "“", "”", "‘", "’", "«", "»", "„", "‚"))


class Word:
    """One token. Offsets are code points (``idx``) and positions in the tree (``i``)."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "head",
        "i",
        "idx",
        "is_punct",
        "is_sent_start",
        "is_space",
        "lefts",
        "lemma_",
        "lower_",
        "pos_",
        "rights",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )

    doc: Tree
    head: Word
    sent: Stretch
    children: tuple[Word, ...]
    lefts: tuple[Word, ...]
    rights: tuple[Word, ...]

    def __init__(
        self, i: int, idx: int, text: str, lower: str, lemma: str, tag: str, pos: str, dep: str, flags: tuple[int, ...]
    ) -> None:
        self.i, self.idx, self.text, self.lower_, self.lemma_ = i, idx, text, lower, lemma
        self.tag_, self.pos_, self.dep_ = tag, pos, dep
        has_space, start, is_space, is_punct = flags
        self.whitespace_: str = " " if has_space else ""
        self.is_sent_start: bool = start == 1
        self.is_space: bool = bool(is_space)
        self.is_punct: bool = bool(is_punct)

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def like_num(self) -> bool:
        """Whether the token is written in digits or is tagged as a number."""
        return self.tag_ == "CD" or self.text[0].isdigit()

    @property
    def is_quote(self) -> bool:
        """Whether the token is a quotation mark."""
        return self.text in _QUOTES

    @property
    def left_edge(self) -> Word:
        """The first token of all that hangs under this one."""
        node = self
        while node.lefts:
            node = node.lefts[0]
        return node

    @property
    def right_edge(self) -> Word:
        """The last token of all that hangs under this one."""
        node = self
        while node.rights:
            node = node.rights[-1]
        return node

    @property
    def subtree(self) -> Iterator[Word]:
        """This token and all that hangs under it, in the order of the text."""
        for child in self.lefts:
            yield from child.subtree
        yield self
        for child in self.rights:
            yield from child.subtree

    def nbor(self, step: int = 1) -> Word:
        """Return the token ``step`` places on; raises IndexError beyond the text."""
        place = self.i + step
        if place < 0:
            raise IndexError(place)
        return self.doc.words[place]


class Stretch:
    """A run of tokens of one tree, ``end`` exclusive."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Tree, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.words[self.start : self.end])

    def __len__(self) -> int:
        return self.end - self.start

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self))
            return Stretch(self.doc, self.start + start, self.start + max(start, end))
        return self.doc.words[self.start : self.end][place]

    @property
    def start_char(self) -> int:
        """The code point at which it starts."""
        return self.doc.words[self.start].idx if self.start < len(self.doc.words) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """The code point at which it ends, exclusive."""
        if self.end <= self.start:
            return self.start_char
        last = self.doc.words[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The text between its first and last token."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def sent(self) -> Stretch:
        """The sentence of its first token."""
        return self.doc.words[self.start].sent

    @property
    def root(self) -> Word:
        """The first of its tokens that is governed from outside, or governs itself."""
        for word in self:
            if not self.start <= word.head.i < self.end or word.head is word:
                return word
        return self.doc.words[self.start]


#: What is read of each token, all at once; HEAD is the distance to the governor.
_COLUMNS = (
    *("IDX", "LENGTH", "LOWER", "LEMMA", "TAG", "POS", "DEP", "HEAD"),
    *("SPACY", "SENT_START", "IS_SPACE", "IS_PUNCT"),
)
_HEAD = _COLUMNS.index("HEAD")


def _signed(number: int) -> int:
    """Return the signed value of a distance that spaCy gives as an unsigned 64-bit number."""
    return number - (1 << 64) if number >> 63 else number


def _words(text: str, rows: list[list[int]], strings: Any) -> Iterator[Word]:
    known: dict[int, str] = {}

    def name(key: int) -> str:
        found = known.get(key)
        if found is None:
            found = known[key] = strings[key]
        return found

    for i, (idx, length, lower, lemma, tag, pos, dep, _, *flags) in enumerate(rows):
        yield Word(
            i, idx, text[idx : idx + length], name(lower), name(lemma), name(tag), name(pos), name(dep), tuple(flags)
        )


class Tree:
    """A parsed document: its words, sentences and text."""

    __slots__ = ("_ends", "_starts", "sents", "text", "words")

    def __init__(self, doc: Any) -> None:
        self.text: str = doc.text
        rows = doc.to_array(_COLUMNS).tolist()
        self.words = [*_words(self.text, rows, doc.vocab.strings)]
        self._starts = [word.idx for word in self.words]
        self._ends = [word.idx + len(word.text) for word in self.words]
        self._govern([place + _signed(row[_HEAD]) for place, row in enumerate(rows)])
        self.sents = self._sentences()

    def _govern(self, heads: list[int]) -> None:
        lefts: list[list[Word]] = [[] for _ in heads]
        rights: list[list[Word]] = [[] for _ in heads]
        for word, head in zip(self.words, heads, strict=True):
            word.doc, word.head = self, self.words[head]
            if head > word.i:
                lefts[head].append(word)
            elif head < word.i:
                rights[head].append(word)
        for word, before, after in zip(self.words, lefts, rights, strict=True):
            word.lefts, word.rights = tuple(before), tuple(after)
            word.children = word.lefts + word.rights

    def _sentences(self) -> list[Stretch]:
        starts = [word.i for word in self.words if word.is_sent_start or word.i == 0]
        ends = [*starts[1:], len(self.words)] if starts else []  # a text without a word has no sentence
        found = [Stretch(self, a, b) for a, b in zip(starts, ends, strict=True)]
        for sentence in found:
            for word in sentence:
                word.sent = sentence
        return found

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self.words))
            return Stretch(self, start, max(start, end))
        return self.words[place]

    def has_annotation(self, name: str) -> bool:
        """Whether the parse has an annotation: a tree has all that the rules ask for."""
        return name in ("DEP", "SENT_START", "TAG", "LEMMA", "POS")

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> Stretch | None:
        """Return the tokens between two code points, or None where there are none.

        "strict" wants token boundaries, "expand" takes in every token touched, "contract" only those inside.
        """
        if alignment_mode == "expand":
            first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        else:
            first, last = bisect_left(self._starts, start), bisect_right(self._ends, end)
            if alignment_mode == "strict" and not self._meets(first, last, start, end):
                return None
        return Stretch(self, first, last) if first < last else None

    def _meets(self, first: int, last: int, start: int, end: int) -> bool:
        return first < last and self._starts[first] == start and self._ends[last - 1] == end
