"""The parse as plain objects answers as spaCy's does."""

from __future__ import annotations

import gc

import pytest

from kronika.annotate.parsing.tree import Tree, Word, stretch

TEXT = (
    "Drones struck the oil depot in Engels on Monday, the governor said.\n\n"
    "Two workers, who had been on the roof, were hurt; it was the fifth attack since 2022."
)
PLAIN = ("i", "idx", "text", "lower_", "lemma_", "tag_", "pos_", "dep_", "whitespace_", "is_space", "is_punct")


@pytest.fixture(scope="module")
def both(nlp):
    doc = nlp(TEXT)
    return doc, Tree(doc)


def test_every_word_has_the_attributes_of_its_token(both):
    doc, tree = both
    assert len(doc) == len(tree)
    for token, word in zip(doc, tree, strict=True):
        assert [getattr(token, name) for name in PLAIN] == [getattr(word, name) for name in PLAIN]


@pytest.mark.parametrize("name", ["children", "lefts", "rights", "subtree"])
def test_what_hangs_under_a_word_is_the_same(both, name):
    for token, word in zip(*both, strict=True):
        assert [t.i for t in getattr(token, name)] == [w.i for w in getattr(word, name)]


@pytest.mark.parametrize("name", ["head", "left_edge", "right_edge"])
def test_the_ends_and_the_governor_are_the_same(both, name):
    for token, word in zip(*both, strict=True):
        assert getattr(token, name).i == getattr(word, name).i


def test_sentences_are_the_same(both):
    doc, tree = both
    assert [(s.start, s.end, s.text, s.root.i) for s in doc.sents] == [
        (s.start, s.end, s.text, s.root.i) for s in tree.sents
    ]
    assert [t.sent.start for t in doc] == [w.sent.start for w in tree]


@pytest.mark.parametrize("mode", ["strict", "expand", "contract"])
def test_every_stretch_of_text_gives_the_same_tokens(both, mode):
    doc, tree = both
    for start in range(0, len(TEXT), 3):
        for end in range(start + 1, min(start + 30, len(TEXT)), 4):
            mine, theirs = tree.char_span(start, end, mode), doc.char_span(start, end, alignment_mode=mode)
            expected = (theirs.start, theirs.end) if theirs is not None and len(theirs) else None
            assert (mine and (mine.start, mine.end)) == expected, (start, end)


def test_tokens_in_a_row_are_one_thing_in_either(both):
    for first, end in ((0, 3), (4, 12), (9, 10), (5, 5), (12, 99)):
        mine, theirs = (stretch(parse, first, end) for parse in reversed(both))
        assert (mine.text, len(mine[:2])) == (theirs.text, len(theirs[:2]))
        assert [token.i for token in both[1][first:end]] == [token.i for token in theirs]


def test_a_step_beyond_the_text_is_an_error(both):
    _, tree = both
    with pytest.raises(IndexError):
        tree[0].nbor(-1)


def test_a_text_without_words_has_no_sentences(nlp):
    tree = Tree(nlp(""))
    assert (len(tree), tree.sents, tree.char_span(0, 0)) == (0, [], None)


def test_a_released_tree_leaves_no_words_for_the_collector(nlp):
    def words() -> int:
        return sum(type(thing) is Word for thing in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        before, tree = words(), Tree(nlp(TEXT))
        assert words() == before + len(tree)
        tree.release()
        assert (len(tree), words()) == (0, before)
    finally:
        gc.enable()
