"""Texts set in capitals: their usual spelling, so that the parser can tell names from words.

Wire services of the past, telegrams and some headlines are set in capitals throughout. :func:`recase` gives every word
the case it most likely has in running text, by a small linear model over hashed features (``recase.npz``, made by
``scripts/train_recase.py``). The result has the length of the text, so that offsets hold for both.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kronika.annotate.parsing.syntax import load_model
from kronika.codebook.states import states
from kronika.codebook.things import things
from kronika.gazetteer.words import words as place_words

VERSION = "1"
BUCKETS = 1 << 16
#: The classes of the model, in the order of its columns.
LOWER, TITLE, UPPER = 0, 1, 2

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[^\w\s]|\n\s*\n")
_OPENING = frozenset(("\n", ".", "!", "?"))
_LETTER = re.compile(r"[^\W\d_]")
#: Share of the letters that are capitals from which on a text counts as set in capitals, and how many it must have.
_SHARE, _LEAST = 0.9, 20
_BREAK = re.compile(r"(?<=[^\n])\n(?=[^\n\s])")
#: Words of no dictionary are mostly names: what that adds, in the model's log odds, is set on MUC-4 train by eye.
_UNKNOWN = 2.0
_LONGEST_INITIALS = 6
_LONGEST_NAME = 8
_SMALL = frozenset(("of", "the", "for", "and", "de", "del", "la", "las", "los", "y", "e", "in"))
_SHORTENED = frozenset(("mrs", "msgr", "sgt", "cpl", "capt", "brig", "bldg", "blvd", "mgr", "hmm", "pvt", "cmdr"))
MONTHS = frozenset(
    (
        *("january", "february", "april", "june", "july", "august", "september", "october", "november", "december"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    )
)
_WRAPPED_AT = range(50, 91)


def is_in_capitals(text: str) -> bool:
    """Whether a text is set in capitals throughout.

    >>> is_in_capitals("GUERRILLAS ATTACKED A FARM NEAR THE PACIFIC COAST."), is_in_capitals("UN and NATO met.")
    (True, False)
    """
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= _LEAST and sum(c.isupper() for c in letters) >= _SHARE * len(letters)


def recase(text: str) -> str:
    """Return ``text`` in the case of running text; it has the same length. A text not in capitals is returned as it is.

    Names that the model can't tell from words stay wrong, and the first word of a sentence always has its capital.

    >>> recase("PRESIDENT CEREZO SAID TODAY THAT REBELS OF THE FMLN ATTACKED THE FARM.")
    'President Cerezo said today that rebels of the FMLN attacked the farm.'
    """
    if not is_in_capitals(text):
        return text
    matches = list(_TOKEN.finditer(text))
    tokens = [match.group().lower() for match in matches]
    cases = _predict(tokens)
    out = list(text)
    for index, (match, token) in enumerate(zip(matches, tokens, strict=True)):
        if not _LETTER.match(token) or len(token) != match.end() - match.start():
            continue
        word = token.upper() if cases[index] == UPPER else token
        if cases[index] == TITLE or (cases[index] == LOWER and opens(tokens, index)):
            word = word[0].upper() + word[1:]
        if len(word) == len(token):
            out[match.start() : match.end()] = word
    return "".join(out)


def unwrap(text: str) -> str:
    """Join the lines of a text that is broken at a fixed width; paragraphs stay, and so does the length.

    >>> line = "Rebels attacked a farm on the Pacific coast early on Sunday, and"
    >>> "\\n" in unwrap(line + "\\nburned it down.\\n\\nNobody was hurt.").split("down.")[0]
    False
    """
    lengths = sorted(len(line) for line in text.split("\n") if line.strip())
    if len(lengths) < 2 or lengths[-1] not in _WRAPPED_AT:
        return text
    return _BREAK.sub(" ", text)


def opens(tokens: list[str], index: int) -> bool:
    """Whether the token at ``index`` is the first word of a sentence."""
    while index and tokens[index - 1] in ('"', "“", "'", "(", "[", "-"):
        index -= 1
    return not index or tokens[index - 1][0] in _OPENING


def features(tokens: list[str], index: int, case_before: int) -> list[int]:
    """Return the hashed features of one lower-case token in its context, as columns of the model.

    ``case_before`` is the case of the token before.
    """
    token = tokens[index]
    before = tokens[index - 1] if index else "\n"
    after = tokens[index + 1] if index + 1 < len(tokens) else "\n"
    second = tokens[index - 2] if index > 1 else "\n"
    sign = "v" if re.search("[aeiouyáéíóú]", token) else "c"
    known = _known(token)
    names = (
        f"w={token}", f"b={before}", f"a={after}", f"ba={before} {token}", f"aa={token} {after}", f"s3={token[-3:]}",
        f"s2={token[-2:]}", f"s4={token[-4:]}", f"k={known}", f"kl={known}{sign}{min(len(token), 8)}",
        f"kb={known}{_known(before)}", f"ka={known}{_known(after)}", f"kba={known} {before}", f"kaa={known} {after}",
        f"p={before in '([' and after in ')]'}{known}{sign}{min(len(token), 6)}", f"sb={second} {before}", "bias",
        f"c={case_before}{known}", f"cw={case_before}{token}", f"cb={case_before}{known}{before}",
    )  # fmt: skip
    return [crc32(name.encode()) % BUCKETS for name in names]


@lru_cache(maxsize=65536)
def _known(token: str) -> str:
    """Return what dictionaries know of a word: verb, adjective, noun, adverb, demonym or country, nothing."""
    if not token[0].isalpha():
        return "."
    found = "d" if token in place_words().demonyms or token in _countries() else ""
    base = token.split("'")[0].split("’")[0]
    forms = {base, *(base[: -len(end)] for end in ("s", "es", "ed", "ing", "d", "ly") if base.endswith(end))}
    for name, index in _dictionary():
        if not forms.isdisjoint(index):
            found += name
    return found or ("x" if len(base) > 3 else "f")


def is_listed(word: str) -> bool:
    """Whether the parser's dictionaries list a word, in any form; names mostly are not."""
    return _known(word.lower()) != "x"


@lru_cache(maxsize=1)
def _dictionary() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the words that the parser's lemmatiser lists, by part of speech."""
    table = load_model().get_pipe("lemmatizer").lookups.get_table("lemma_index")
    return tuple((kind[2], frozenset(table[kind])) for kind in ("noun", "verb", "adj", "adv"))


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    """Return the names of countries and capitals that are one word."""
    listed = (name.lower() for names in place_words().countries.values() for name in names)
    titles = (name.lower() for name in states().title.values())
    return frozenset(name for name in (*listed, *titles, *states().capitals) if " " not in name)


@lru_cache(maxsize=1)
def _weights() -> NDArray[np.float32]:
    with (files("kronika.annotate.parsing") / "recase.npz").open("rb") as source, np.load(source) as stored:
        return stored["weights"].astype(np.float32) * float(stored["scale"])


def _predict(tokens: list[str]) -> list[int]:
    """Return the most likely case of each token: by its own context and, half as strong, by all its occurrences."""
    weights = _weights()
    own = []
    case = LOWER
    for index in range(len(tokens)):
        own.append(weights[features(tokens, index, case)].sum(axis=0))
        case = int(own[-1].argmax())
    scores = np.array(own)
    places: dict[str, list[int]] = {}
    for index, token in enumerate(tokens):
        places.setdefault(token, []).append(index)
    initials = {token for token, found in places.items() if any(_is_initials(tokens, index) for index in found)}
    cases = []
    for index, token in enumerate(tokens):
        score = scores[index] + 0.5 * scores[places[token]].mean(axis=0)
        if token in initials:
            score[UPPER] = np.inf
        elif token in MONTHS or (token in ("march", "may") and _is_dated(tokens, index)):
            score[LOWER] = -np.inf
        elif _known(token) == "x":
            score[LOWER] -= _UNKNOWN
        elif len(token) >= _LONGEST_INITIALS - 1:
            score[UPPER] = -np.inf
        cases.append(int(score.argmax()))
    _capitalise_names(tokens, cases)
    return cases


def _is_dated(tokens: list[str], index: int) -> bool:
    return tokens[index - 1 if index else 0].isdigit() or (index + 1 < len(tokens) and tokens[index + 1].isdigit())


def _capitalise_names(tokens: list[str], cases: list[int]) -> None:
    """Set the case of names whose abbreviation follows in brackets and of the codebook's names, wherever they stand."""
    known = _names()
    spelled = set(known)
    for index in range(2, len(tokens)):
        if tokens[index - 1] in ("(", "[") and _is_initials(tokens, index):
            first = _spelled_out(tokens, index)
            if first is not None:
                spelled.add(tuple(tokens[first : index - 1]))
    firsts = {name[0] for name in spelled}
    for index, token in enumerate(tokens):
        if token not in firsts:
            continue
        for size in range(min(_LONGEST_NAME, len(tokens) - index), 0, -1):
            name = tuple(tokens[index : index + size])
            if name in spelled:
                for at, word in enumerate(name, index):
                    if word not in _SMALL:
                        cases[at] = known.get(name, (TITLE,) * size)[at - index]
                break


def _spelled_out(tokens: list[str], index: int) -> int | None:
    """Return where the name begins whose words' initials make the abbreviation at ``index``."""
    letters, at = list(tokens[index]), index - 2
    while letters and at >= 0:
        if tokens[at][0] == letters[-1]:
            letters.pop()
        elif tokens[at] not in _SMALL:
            return None
        at -= 1
    return at + 1 if not letters else None


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, ...], tuple[int, ...]]:
    """Return the codebook's names of groups and bodies, in lower case, with the case of each word."""
    found = {}
    for name in things().names:
        words = _TOKEN.findall(name)
        if len(words) > 1 or (len(name) > 2 and _known(name.lower()) == "x"):
            cases = tuple(UPPER if word.isupper() else TITLE if word[0].isupper() else LOWER for word in words)
            found[tuple(word.lower() for word in words)] = cases
    return found


def _is_initials(tokens: list[str], index: int) -> bool:
    """Whether a token is an abbreviation: in brackets behind the name it stands for ("(FMLN)"), or without a vowel."""
    token = tokens[index]
    if 2 < len(token) < _LONGEST_INITIALS and token.isalpha() and not re.search("[aeiouy]", token):
        return token not in _SHORTENED
    return (
        1 < len(token) <= _LONGEST_INITIALS
        and 0 < index < len(tokens) - 1
        and tokens[index - 1] in ("(", "[")
        and tokens[index + 1] in (")", "]")
        and _known(token) in ("x", "f")
    )
