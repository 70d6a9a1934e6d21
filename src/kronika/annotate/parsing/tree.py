"""The parse as plain objects: tokens with their tags and governors, read once from spaCy and cheap to look at.

A spaCy token looks each attribute up in C and builds its children anew on every call; the rules ask for them thousands
of times a document. A :class:`Tree` answers to the same names (the part of spaCy's interface that the rules use), at a
third of the cost in all; functions over a parse take either.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import chain, count, pairwise, repeat
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

    text: str
    lower_: str
    is_space: bool
    is_punct: bool
    head: Word
    children: tuple[Word, ...]
    lefts: tuple[Word, ...]
    rights: tuple[Word, ...]

    def __init__(
        self, doc: Tree, i: int, idx: int, form: Form, lemma: str, tag: str, pos: str, dep: str, space: int, start: int,
        sent: Stretch,
    ) -> None:  # fmt: skip
        self.doc, self.i, self.idx, self.sent = doc, i, idx, sent
        self.text, self.lower_, self.is_space, self.is_punct = form
        self.lemma_, self.tag_, self.pos_, self.dep_ = lemma, tag, pos, dep
        self.whitespace_ = " " if space else ""
        self.is_sent_start = start == 1
        self.head = self
        self.children = self.lefts = self.rights = ()

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
        found: list[Word] = []
        self._gather(found)
        return iter(found)

    def _gather(self, found: list[Word]) -> None:
        for child in self.lefts:
            if child.children:
                child._gather(found)
            else:
                found.append(child)
        found.append(self)
        for child in self.rights:
            if child.children:
                child._gather(found)
            else:
                found.append(child)

    def nbor(self, step: int = 1) -> Word:
        """Return the token ``step`` places on; raises IndexError beyond the text."""
        place = self.i + step
        if place < 0:
            raise IndexError(place)
        return self.doc[place]


class Stretch:
    """A run of tokens of one tree, ``end`` exclusive."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Tree, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc[self.start : self.end])

    def __len__(self) -> int:
        return self.end - self.start

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self))
            return Stretch(self.doc, self.start + start, self.start + max(start, end))
        at = place + (self.start if place >= 0 else self.end)
        if not self.start <= at < self.end:
            raise IndexError(place)
        return self.doc[at]

    @property
    def start_char(self) -> int:
        """The code point at which it starts."""
        return self.doc[self.start].idx if self.start < len(self.doc) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """The code point at which it ends, exclusive."""
        if self.end <= self.start:
            return self.start_char
        last = self.doc[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The text between its first and last token."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def sent(self) -> Stretch:
        """The sentence of its first token."""
        return self.doc[self.start].sent

    @property
    def root(self) -> Word:
        """The first of its tokens that is governed from outside, or governs itself."""
        for word in self:
            if not self.start <= word.head.i < self.end or word.head is word:
                return word
        return self.doc[self.start]


#: What a word is whatever stands around it: its text, that in lower case, whether it is white space, or a mark.
Form = tuple[str, str, bool, bool]
#: What is read of each token, all at once: where it begins, its form, strings, plain numbers, the way to its governor.
_STRINGS = ("LEMMA", "TAG", "POS", "DEP")
_COLUMNS = ("IDX", "ORTH", *_STRINGS, "SPACY", "SENT_START", "HEAD")


class Names(dict[int, str]):
    """The strings behind spaCy's numbers, each asked for once; ``forms`` are those of words."""

    def __init__(self, vocab: Any) -> None:
        self.strings = vocab.strings
        self.forms = _Forms(vocab)

    def __missing__(self, key: int) -> str:
        found: str = self.strings[key]
        self[key] = found
        return found


class _Forms(dict[int, Form]):
    def __init__(self, vocab: Any) -> None:
        self.vocab = vocab

    def __missing__(self, key: int) -> Form:
        word = self.vocab[key]
        found = self[key] = (word.text, word.lower_, word.is_space, word.is_punct)
        return found


class Tree(list[Word]):
    """A parsed document: its words, sentences and text.

    A list, since a token is asked for by its position all the time; :func:`stretch` makes tokens in a row one thing.
    ``text`` spares spaCy joining its tokens again, ``names`` looking up again what documents before this one had.
    """

    __slots__ = ("_ends", "_starts", "sents", "text")

    def __init__(self, doc: Any, text: str | None = None, names: Names | None = None) -> None:
        self.text: str = doc.text if text is None else text
        names = Names(doc.vocab) if names is None else names
        rows = doc.to_array(_COLUMNS)
        starts, orths, *numbers, spaces, begins, _ = rows.T.tolist()
        forms = [*map(names.forms.__getitem__, orths)]
        strings = [map(names.__getitem__, column) for column in numbers]
        self._starts: list[int] = starts
        self._ends = [start + len(form[0]) for start, form in zip(starts, forms, strict=True)]
        firsts = [i for i, begin in enumerate(begins) if begin == 1 or not i]
        self.sents = [Stretch(self, first, end) for first, end in pairwise([*firsts, len(starts)])]
        sents = chain.from_iterable(repeat(sent, len(sent)) for sent in self.sents)
        self.extend(map(Word, repeat(self), count(), starts, forms, *strings, spaces, begins, sents))
        self._govern(rows[:, -1].view("int64").tolist())  # spaCy gives unsigned numbers; to the left they are negative

    def _govern(self, distances: list[int]) -> None:
        words = self
        lefts: dict[int, list[Word]] = {}
        rights: dict[int, list[Word]] = {}
        for i, distance in enumerate(distances):
            if distance:
                head, side = i + distance, rights if distance < 0 else lefts
                words[i].head = words[head]
                if head in side:
                    side[head].append(words[i])
                else:
                    side[head] = [words[i]]
        for i, below in lefts.items():
            word = words[i]
            word.children = word.lefts = tuple(below)
        for i, below in rights.items():
            word = words[i]
            word.rights = after = tuple(below)
            word.children = word.lefts + after if word.lefts else after

    def release(self) -> None:
        """Let go of the words, which all lead to each other: they are freed at once, and not by the collector."""
        for word in self:
            if word.head is word:
                del word.head
            if word.children:
                word.children = word.lefts = word.rights = ()
        self.clear()
        self.sents.clear()

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


def stretch(doc: Any, start: int, end: int) -> Any:
    """Return the tokens from ``start`` to ``end`` (exclusive) of a parse as one, with its text and offsets."""
    return Stretch(doc, start, max(start, min(end, len(doc)))) if isinstance(doc, Tree) else doc[start:end]
