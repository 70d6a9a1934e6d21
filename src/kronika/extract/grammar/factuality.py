"""Factuality: one grade from -3 (certainly did not happen) through 0 (open) to 3 (certainly happened).

A linear model over the operators that :mod:`kronika.extract.grammar.realis` finds and over the event word's place in
the parse.
Weights: ``factuality.json``, made by ``scripts/train_factuality.py``.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

from kronika.codebook.attribution import Firmness, firmness
from kronika.errors import ModelError
from kronika.extract.grammar.realis import operators, status_of

VERSION = 1
_AUXILIARIES = frozenset(
    ("will", "would", "can", "could", "may", "might", "must", "shall", "should", "have", "be", "do", "to")
)


def features(token: Any, doc: Any) -> list[str]:
    """Return the names of what holds of the event word ``token``: classes of words, tags and dependencies, no lemmas
    but auxiliaries and the closed classes of the codebook.
    """
    grades = firmness()
    found = list({(op.token, op.effect): op for op in operators(token, grades)}.values())
    verdict = status_of(token, doc)
    names = [f"status={verdict.status}", f"tag={token.tag_}", f"dep={token.dep_}", f"tag+dep={token.tag_}+{token.dep_}"]
    names.append(f"status+tag={verdict.status}+{token.tag_}")
    negations = sum(op.effect == "not" for op in found)
    names.append(f"not={negations % 2}")
    for op in found:
        kind = op.rule.split(".")[0]
        names += [f"op={op.effect}", f"op={op.effect}@{min(op.depth, 3)}", f"op={kind}:{op.effect}"]
        if kind in ("modal", "hedge"):
            names.append(f"op={op.rule}@{min(op.depth, 2)}")
    classes = "+".join(sorted({op.effect for op in found if op.effect != "reporting"}))
    names.append(f"ops={classes}")
    names += [f"aux={child.lemma_}" for child in token.lefts if child.dep_ == "aux" and child.lemma_ in _AUXILIARIES]
    names += _above(token, grades)
    return names


def _above(token: Any, grades: Firmness) -> list[str]:
    """What stands above the word: two governors by tag, dependency and class, and the clause it is in."""
    names = []
    node = token
    for level in (1, 2):
        head = node.head
        if head.i == node.i:
            names.append(f"root@{level}")
            break
        table = {"VERB": grades.verbs, "AUX": grades.verbs, "NOUN": grades.nouns, "ADJ": grades.adjectives}.get(
            head.pos_
        )
        name = "" if table is None else table.get(head.lemma_, "")
        names += [f"head{level}={head.tag_}", f"class{level}={head.pos_}:{name}:{node.dep_}"]
        for child in head.lefts:
            if child.dep_ == "aux" and child.tag_ == "MD":
                names.append(f"modal{level}={child.lemma_}:{node.dep_}")
            elif child.dep_ == "neg":
                names.append(f"neg{level}={node.dep_}")
            elif child.dep_ == "mark" and child.lower_ in grades.conditionals:
                names.append(f"if{level}")
        node = head
    for child in token.children:
        if child.dep_ in ("mark", "det", "advmod", "auxpass", "poss") and (
            child.dep_ != "advmod" or child.lower_ in grades.hedges
        ):
            names.append(f"child={child.dep_}:{child.lower_ if child.dep_ == 'mark' else ''}")
        elif child.dep_ in ("ccomp", "xcomp", "advcl"):
            names.append(f"over={child.dep_}")
    return names


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the weights by feature name. Raises :class:`ModelError` where the file is of another version."""
    data = json.loads((files("kronika.extract.grammar") / "factuality.json").read_text("utf-8"))
    if data.get("version") != VERSION:
        raise ModelError(
            f"factuality.json has version {data.get('version')}, not {VERSION}", "run scripts/train_factuality.py"
        )
    table: dict[str, float] = data["weights"]
    return table


def factuality(token: Any, doc: Any) -> float:
    """Return the grade of the event word ``token`` of ``doc``, from -3 to 3."""
    table = weights()
    total = table["bias"] + sum(table.get(name, 0.0) for name in dict.fromkeys(features(token, doc)))
    return max(-3.0, min(3.0, total))
