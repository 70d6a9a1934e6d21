"""NewsQuant and the Recognizers-Text sets: value, unit, change and the thing counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from kronika.annotate.amounts.money import find_money
from kronika.annotate.amounts.quantities import find_quantities
from kronika.annotate.amounts.units import find_rate
from kronika.annotate.parsing.syntax import load_model
from kronika.codebook.measures import counts, currencies
from kronika.records import Money, Quantity

SCORER = "newsquant"

#: The bench's names for ages, and its words for the direction of a change.
_AGES = {"year-old": "year of age", "month-old": "month of age", "week-old": "week of age", "day-old": "day of age"}
_UP = re.compile(
    r"\b(?:up|rose|risen|rise|rises|rising|gain\w*|increas\w*|jump\w*|climb\w*|grew|grow\w*|advanc\w*|surg\w*|soar\w*)\W+(?:\w+\W+){0,2}$",
    re.I,
)
_DOWN = re.compile(
    r"\b(?:down|fell|fall\w*|drop\w*|declin\w*|decreas\w*|los[et]\w*|plung\w*|plummet\w*|sank|slid|slip\w*|tumbl\w*|shed)\W+(?:\w+\W+){0,2}$",
    re.I,
)
_PLURAL = re.compile(r"(?P<tens>tens of |hundreds of )?(?P<scale>dozen|hundred|thousand|million|billion)s\b", re.I)
_LEAST = {"": 1.0, "tens": 10.0, "hundreds": 100.0}
_SCALE = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_FROM = re.compile(r"\b(?:from|between) (?:about |around |roughly |over |an? )*$", re.I)
_TO = re.compile(r"(?: [a-z]+){0,3} to (?:about |around |roughly |over )?", re.I)
_Found = tuple[Quantity | Money, float | list[float], str]
_SIGNS = {"lower": ">", "upper": "<", "about": "~"}


def _change(item: Quantity | Money, text: str) -> str:
    before = text[max(0, item.span.start - 40) : item.span.start]
    if not re.search(r"\b(?:to|at|from)\s+$", before):
        if _UP.search(before):
            return "up"
        if _DOWN.search(before):
            return "down"
    words = counts()
    word = item.approximator or ""
    return _SIGNS.get(words.before.get(word) or words.after.get(word, ""), "~" if word == "~" else "=")


def _value(item: Quantity | Money) -> float | list[float]:
    """Return the value, or the bounds of a range; the bench takes "dozens" as 12 to 120, "thousands" as 1e3 to 1e4."""
    if item.best is None and item.low is not None and item.high is not None:
        match = _PLURAL.search(item.span.text)
        if match:
            least = _LEAST[match["tens"].split()[0].lower() if match["tens"] else ""] * _SCALE[match["scale"].lower()]
            return [least, least * 10]
        return [item.low, item.high]
    return float(next(v for v in (item.best, item.low, item.high, 0.0) if v is not None))


def _lemmas(doc: Any, start: int, end: int) -> str:
    tokens = doc.char_span(start, end, alignment_mode="expand")
    return " ".join(
        t.lemma_ if t.tag_ in ("NNS", "JJS", "JJR") else t.text
        for t in tokens
        if (not t.is_stop and t.is_alpha) or "-" in t.text
    )


def _subject(doc: Any, start: int, end: int) -> list[str]:
    """The content words of the noun a figure modifies, or of its clause's subject."""
    token = doc.char_span(start, end, alignment_mode="expand").root
    after = next(
        (b for c in token.children if c.dep_ == "prep" and c.i > token.i for b in c.children if b.dep_ == "pobj"), None
    )
    if after is None and token.head.pos_ == "NOUN" and token.dep_ in ("nummod", "nmod", "compound", "amod"):
        after = token.head
    if after is None:
        verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)
        after = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None) if verb is not None else None
    if after is None or after.pos_ == "PRON":
        return ["-"]
    return [
        t.text
        for t in after.subtree
        if t.pos_ in ("NOUN", "PROPN", "ADJ") and not t.is_stop and not start <= t.idx < end
    ] or ["-"]


def _row(doc: Any, row: dict[str, Any]) -> dict[str, Any]:
    found = sorted([*_money(doc, row["id"]), *_quantities(doc, row["id"])], key=lambda item: item[0].span.start)
    quantities = [
        {"value": value, "normalized_unit": unit, "change": _change(item, doc.text),
         "referred_concepts": _subject(doc, item.span.start, item.span.end)}
        for item, value, unit in _ranged(found, doc.text)
    ]  # fmt: skip
    return {"id": row["id"], "quantities": quantities}


def _money(doc: Any, key: str) -> Iterator[_Found]:
    names = currencies().names
    for money in find_money(doc, key):
        rate = find_rate(doc.text, money.span.end)
        cents = re.search(r"(?:\b|(?<=\d))(cents?|pence|penny|pennies|sen|p)$", money.span.text, re.I)
        unit = names[money.currency] if money.currency else money.span.text.split()[-1].rstrip("s").lower()
        value = _value(money)
        if cents:
            unit = {"cents": "cent", "pence": "penny", "pennies": "penny", "p": "penny"}.get(
                cents[1].lower(), cents[1].lower()
            )
            value = [v * 100 for v in value] if isinstance(value, list) else round(value * 100, 6)
        yield money, value, f"{unit} per {rate[0]}" if rate else unit


def _quantities(doc: Any, key: str) -> Iterator[_Found]:
    for quantity in find_quantities(doc, key):
        if quantity.negated or quantity.span == quantity.of_span or _is_unmarked(quantity):
            continue
        name = _AGES.get(quantity.unit or "", quantity.unit)
        if quantity.of_span and quantity.unit in (None, "share"):
            name = _lemmas(doc, quantity.of_span.start, quantity.of_span.end)
        yield quantity, _value(quantity), f"% {name}" if quantity.unit == "share" else name or "-"


def _is_unmarked(quantity: Quantity) -> bool:
    """Whether the bench leaves such figures out: "a few", "several", and an age between commas."""
    is_vague = quantity.best is None and quantity.high in (None, 999) and not re.search(r"\d", quantity.span.text)
    is_age = quantity.unit == "year-old" and quantity.span.text.isdigit()
    return is_age or (is_vague and bool(re.match(r"(?:an? )?(?:few|several|couple)\b", quantity.span.text, re.I)))


def _ranged(found: list[_Found], text: str) -> list[_Found]:
    """Join "from 12 to 14" as the bench has it: one range in the order of the text. kronika keeps two figures."""
    done: list[_Found] = []
    for item, value, unit in found:
        if done and isinstance(value, float):
            before, low, own = done[-1]
            between = text[before.span.end : item.span.start]
            opening = text[max(0, before.span.start - 12) : before.span.start]
            if (
                isinstance(low, float)
                and _TO.fullmatch(between)
                and _FROM.search(opening)
                and ("-" in (own, unit) or own == unit)
            ):
                done[-1] = (item, [low, value], own if unit == "-" else unit)
                continue
        done.append((item, value, unit))
    return done


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield a prediction row per bench row, in order."""
    nlp = load_model()
    for doc, row in nlp.pipe(((row["text"], row) for row in rows), as_tuples=True, batch_size=32):
        yield _row(doc, row)


def cases(row: dict[str, Any], prediction: dict[str, Any]) -> Iterator[tuple[float, str, str, str, str]]:
    """Yield the values that were missed or made up, for the error listing."""
    gold = [(q["value"], q["normalized_unit"]) for q in row["quantities"]]
    got = [(q["value"], q["normalized_unit"]) for q in prediction["quantities"]]
    if len(gold) != len(got) or {u for _, u in gold} != {u for _, u in got}:
        yield float(abs(len(gold) - len(got))), row["text"], str(gold), str(got), "newsquant"
