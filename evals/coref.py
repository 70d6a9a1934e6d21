"""ECB+: event mentions that are given, put together across the whole corpus (gold topics are not used).

Two mentions are one event when their documents are about one story and their head words have one stem. Stories
are found by average-link clustering of TF-IDF vectors, over the documents at hand. Both settings were chosen on
train.jsonl. It measures what a word and a document's company are worth; records have place, date and names besides.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kronika.annotate.parsing.syntax import BATCH_SIZE, load_model

SCORER = "coref"
#: Mean cosine down to which groups of documents are one story (best of 0.05 to 0.3 on train, flat from 0.15 to 0.25).
STORY_COSINE = 0.2
#: Letters of the head lemma that are compared, so that "acquire" meets "acquisition" (best of 4 to 6 on train).
STEM_LETTERS = 5
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield a cluster name for every validated event mention; reads all rows before the first answer."""
    rows = list(rows)
    docs = list(_parse(rows))
    stories = _stories(_similarities([_bag(doc) for doc in docs]))
    for row, doc, story in zip(rows, docs, stories, strict=True):
        clusters = {m["m_id"]: f"{story}-{_stem(doc, m['tokens'])}" for m in event_mentions(row)}
        yield {"id": row["id"], "clusters": clusters}


def event_mentions(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The mentions of a row that are scored."""
    return [m for m in row["mentions"] if m["validated"] and m["tag"].startswith(("ACTION", "NEG"))]


def _parse(rows: list[dict[str, Any]]) -> Iterator[Any]:
    nlp = load_model()
    docs = []
    for row in rows:
        numbers = row["sent_ids"]
        starts = [index == 0 or number != numbers[index - 1] for index, number in enumerate(numbers)]
        docs.append(Doc(nlp.vocab, words=row["tokens"], sent_starts=starts))
    yield from nlp.pipe(docs, batch_size=BATCH_SIZE)


def _stem(doc: Any, tokens: list[int]) -> str:
    inside = set(tokens)
    heads = [i for i in tokens if doc[i].head.i not in inside or doc[i].head.i == i]
    words = [i for i in heads if doc[i].pos_ != "PUNCT"] or tokens
    return str(doc[words[0]].lemma_.lower())[:STEM_LETTERS]


def _bag(doc: Any) -> Counter[str]:
    return Counter(t.lemma_.lower() for t in doc if t.pos_ in _CONTENT and not t.is_stop and len(t.lemma_) > 1)


def _similarities(bags: list[Counter[str]]) -> NDArray[np.float64]:
    """Cosines of TF-IDF vectors, documents by documents."""
    frequency: Counter[str] = Counter()
    for bag in bags:
        frequency.update(bag.keys())
    column = {word: i for i, word in enumerate(sorted(word for word, n in frequency.items() if n > 1))}
    vectors = np.zeros((len(bags), max(len(column), 1)))
    for i, bag in enumerate(bags):
        for word, count in bag.items():
            if word in column:
                vectors[i, column[word]] = (1 + math.log(count)) * math.log(len(bags) / frequency[word])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return np.asarray(vectors @ vectors.T)


def _stories(similarity: NDArray[np.float64]) -> list[int]:
    """Average-link clusters of the documents, as one number a document."""
    between = similarity.copy()
    np.fill_diagonal(between, -1.0)
    members = [[i] for i in range(len(between))]
    while len(between):
        one, other = divmod(int(np.argmax(between)), len(between))
        if between[one, other] < STORY_COSINE:
            break
        sizes = len(members[one]), len(members[other])
        joined = (between[one] * sizes[0] + between[other] * sizes[1]) / sum(sizes)
        between[one], between[:, one] = joined, joined
        between[one, one] = -1.0
        between[other], between[:, other] = -1.0, -1.0
        members[one] += members[other]
        members[other] = []
    number = {document: story for story, group in enumerate(members) for document in group}
    return [number[document] for document in range(len(members))]
