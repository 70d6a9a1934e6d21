"""Realis: in which sense the text says that something happens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kronika.codebook.attribution import Firmness, firmness
from kronika.codebook.predicates import predicates
from kronika.extract.grammar.granting import is_granted, leaves_standing
from kronika.records import Certainty, Status
from kronika.records.quick import quick

_MAX_DEPTH = 6
_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
#: Dependencies under which a governing word speaks of what stands under it.
_GOVERNED = frozenset(
    (
        *("xcomp", "ccomp", "dobj", "pobj", "pcomp", "acl", "prep", "nsubjpass", "attr", "oprd", "acomp"),
        *("advcl", "agent", "dative", "amod", "compound", "conj", "dep", "nsubj"),
    )
)
#: Of these, those through which a verb's own sense reaches its argument: the object, not the subject.
_THROUGH = frozenset(
    ("xcomp", "ccomp", "dobj", "nsubjpass", "pcomp", "prep", "acl", "oprd", "pobj", "dative", "acomp", "advcl")
)
#: What stands after these is where or when something is agreed or planned, not what is.
_WHEREABOUTS = frozenset(("at", "during", "amid", "near"))
_PROMISING = frozenset(("announce", "declare", "promise", "pledge", "vow", "add", "state", "insist", "warn"))
#: Who is nobody in particular.
_ANYBODY = frozenset(("those", "anyone", "anybody", "whoever", "everyone", "everybody"))
#: What is told by word of mouth, and can be called untrue ("reports of a raid were false").
_REPORTS = frozenset(("report", "claim", "rumour", "rumor", "news", "allegation", "story", "account", "video"))
#: How the words stand under a word that say by themselves in which sense it is told.
_SAYING = frozenset(("neg", "advmod", "det", "nsubj", "nsubjpass", "dobj", "aux", "mark", "amod"))
_PASSED = _THROUGH | {"conj", "attr", "amod", "compound", "agent", "dep", "nsubj"}


@quick
@dataclass(frozen=True, slots=True)
class RealisVerdict:
    """A status and how firm it is; ``cues`` are the token indices it rests on, ``rule`` the operator that decided."""

    status: Status
    certainty: Certainty
    cues: tuple[int, ...]
    rule: str


@quick
@dataclass(frozen=True, slots=True)
class Operator:
    """One word that changes the sense of the trigger: what it does, where it stands, how many words up."""

    effect: str  # a Status, or "not", "hedge", "reporting", "past", "progressive"
    token: int
    depth: int
    rule: str


def operators(token: Any, grades: Firmness) -> Iterator[Operator]:
    """Yield the operators over the event word ``token``, innermost first, walking up at most six governors."""
    node, below, depth = token, None, 0
    while depth <= _MAX_DEPTH:
        keeps = below is not None and leaves_standing(below, node, grades)
        yield from (op for op in _own(node, depth, grades) if not (keeps and op.effect == "not"))
        governor = node.head
        yield from _supposed(node, governor, depth + 1)
        if governor.i == node.i or node.dep_ not in _GOVERNED:
            return
        if node.dep_ in ("advcl", "nsubj") and depth > 0:
            return
        if node.dep_ == "relcl" or is_granted(node):
            return
        yield from _governing(node, governor, depth + 1, grades)
        if node.dep_ == "advcl" and not any(child.tag_ == "TO" for child in node.lefts):
            return
        if governor.pos_ in ("VERB", "AUX") and node.dep_ not in _PASSED:
            return
        if node.dep_ == "conj" and any(child.dep_ in ("nsubj", "nsubjpass") for child in node.lefts):
            return
        node, below, depth = governor, node, depth + 1


def _own(node: Any, depth: int, grades: Firmness) -> Iterator[Operator]:
    """What the word's own auxiliaries, negation, determiners and adverbs say."""
    for child in [child for child in node.children if child.dep_ in _SAYING]:
        word, dep = child.lower_, child.dep_
        if dep == "neg" or (dep == "advmod" and word in grades.negations):
            yield Operator("not", child.i, depth, "negation")
        elif dep == "advmod" and word in ("almost", "nearly") and depth == 0 and node.lemma_ in ("kill", "die"):
            yield Operator("not", child.i, depth, "negation.almost")
        elif dep == "det" and word in grades.negative_quantifiers:
            yield Operator("not", child.i, depth, "negation.no")
        elif dep in ("nsubj", "nsubjpass", "dobj") and node.pos_ in ("VERB", "AUX"):
            for part in (child, *child.lefts):
                if part.lower_ in grades.negative_quantifiers:
                    yield Operator("not", part.i, depth, "negation.argument")
                    break
        elif dep == "aux" and child.tag_ == "MD":
            if word == "could" and any(
                part.dep_ in ("mark", "advmod") and part.lower_ == "before" for part in node.lefts
            ):
                yield Operator(Status.ATTEMPTED, child.i, depth, "before_could")
            said = grades.modals.get(word, Status.HYPOTHETICAL)
            if word == "would" and _is_told_ahead(node):
                said = Status.PLANNED
            yield Operator(said, child.i, depth, f"modal.{child.lemma_}")
        elif dep == "aux" and child.lemma_ == "have" and child.tag_ == "VBD":
            yield Operator("past", child.i, depth, "past_perfect")
        elif dep == "mark" and word in grades.conditionals:
            yield Operator(Status.HYPOTHETICAL, child.i, depth, "conditional")
        elif dep == "amod" and word == "likely":
            yield Operator("hedge", child.i, depth, "hedge.probable")
        elif dep == "amod" and (effect := grades.adjectives.get(child.lemma_) or grades.adjectives.get(word)):
            if effect != Status.PLANNED or not _is_carried_out(node):
                yield Operator(effect, child.i, depth, "adjective")
        elif dep == "advmod" and word in grades.hedges:
            yield Operator("hedge", child.i, depth, f"hedge.{grades.hedges[word]}")
        elif dep == "advmod" and word in grades.past_markers and (depth == 0 or _is_no_telling(node)):
            yield Operator(Status.HISTORICAL, child.i, depth, "time.earlier")
    untrue = _called_untrue(node, grades) if depth and node.lemma_ in _REPORTS else None
    if untrue is not None:
        yield Operator(Status.DENIED, untrue.i, depth, "untrue")
    if node.tag_ == "VBG" and any(child.lemma_ == "be" and child.tag_ in ("VBP", "VBZ") for child in node.lefts):
        yield Operator(Status.PLANNED if node.lemma_ == "go" else "progressive", node.i, depth, "progressive")


def _called_untrue(report: Any, grades: Firmness) -> Any | None:
    """Return the word that calls a report untrue: "reports of a raid were false", "called the rumours groundless"."""
    verb = report.head
    if verb.lemma_ not in ("be", "call", "remain", "brand", "label") or report.dep_ not in (
        "nsubj",
        "nsubjpass",
        "dobj",
    ):
        return None
    words = (child for child in verb.rights if child.dep_ in ("acomp", "oprd", "attr"))
    return next((word for word in words if grades.adjectives.get(word.lemma_) == Status.DENIED), None)


def _is_carried_out(noun: Any) -> bool:
    """Whether what was planned is told as done ("carried out planned raids")."""
    return bool(
        noun.dep_ == "dobj" and noun.head.tag_ in ("VBD", "VBN") and noun.head.lemma_ in ("carry", "conduct", "execute")
    )


def _is_no_telling(node: Any) -> bool:
    """Whether a verb does more than tell: what was "told earlier" may be new."""
    return node.pos_ == "VERB" and node.lemma_ not in predicates().saying | _PROMISING


def _supposed(node: Any, governor: Any, depth: int) -> Iterator[Operator]:
    """What a clause only supposes: of anybody ("those who break the truce"), of a day to come ("will wait until …")."""
    if node.dep_ == "relcl" and governor.lower_ in _ANYBODY and node.tag_ in ("VBP", "VBZ", "VB"):
        yield Operator(Status.HYPOTHETICAL, governor.i, depth, "anybody")
    elif node.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "until" for c in node.lefts):
        modal = next((c for c in governor.lefts if c.tag_ == "MD" and c.lower_ in ("will", "would", "wo")), None)
        if modal is not None:
            yield Operator(Status.HYPOTHETICAL, modal.i, depth, "until")


def _is_told_ahead(verb: Any) -> bool:
    """Whether "would" is the "will" of what somebody said about an own deed ("the army said it would withdraw")."""
    teller = verb.head
    if (
        verb.dep_ != "ccomp"
        or teller.tag_ not in ("VBD", "VBN")
        or teller.lemma_ not in predicates().saying | _PROMISING
    ):
        return False
    if any(part.lower_ in ("if", "unless") for child in verb.children for part in child.lefts):
        return False
    return any(child.dep_ == "nsubj" and child.lower_ in ("it", "they", "he", "she") for child in verb.lefts)


def _governing(node: Any, governor: Any, depth: int, grades: Firmness) -> Iterator[Operator]:
    """What the governor says of ``node`` by its own meaning."""
    lemma, pos = governor.lemma_, governor.pos_
    effect = None
    if pos in ("VERB", "AUX") and node.dep_ in _THROUGH:
        particle = next((child.lower_ for child in governor.rights if child.dep_ == "prt"), None)
        effect = grades.verbs.get(f"{lemma} {particle}" if particle else lemma, grades.verbs.get(lemma))
        if _is_other_sense(node, governor) or _is_reported(node, governor, effect):
            effect = None
        elif node.dep_ == "advcl":
            effect = Status.PLANNED if any(child.tag_ == "TO" for child in node.lefts) else None
        elif node.dep_ == "prep" and node.lower_ in _WHEREABOUTS:
            effect = None  # "at the talks they agreed to …"
        elif node.dep_ == "prep" and node.lower_ != "from" and effect == Status.DENIED and lemma not in ("fail",):
            effect = None
        elif effect is None and node.dep_ == "xcomp" and any(child.tag_ == "TO" for child in node.lefts):
            effect = Status.PLANNED
        elif lemma == "be" and node.dep_ == "ccomp":
            effect = _called_for(governor, grades)
        if lemma == "use" and governor.tag_ == "VBD" and any(child.dep_ == "dobj" for child in governor.rights):
            effect = None  # "used drones to strike the depot": done, unlike "used to strike"
    elif lemma == "be" and node.dep_ == "nsubj" and any(c.lemma_ == "matter" for c in governor.rights):
        effect = Status.PLANNED  # "their capture is a matter of time"
    elif pos in ("NOUN", "PROPN") and node.dep_ in ("acl", "prep", "pcomp", "compound", "ccomp"):
        effect = grades.nouns.get(lemma)
        if node.dep_ == "acl" and node.tag_ == "VBN":
            effect = None  # "an agreement signed in May", "fears raised by the attack"
        elif effect is None and node.dep_ == "acl" and any(child.tag_ == "TO" for child in node.lefts):
            effect = Status.PLANNED
    elif governor.lower_ == "short" and node.lower_ == "of":
        yield Operator("not", governor.i, depth, "negation.short_of")  # "stopped short of imposing sanctions"
    elif governor.lower_ == "able" and governor.head.tag_ == "VBD":
        effect = None  # "was able to free them": done
    elif pos == "ADJ" and node.dep_ in ("xcomp", "ccomp", "prep", "acl"):
        effect = grades.adjectives.get(lemma) or (Status.PLANNED if node.dep_ == "xcomp" else None)
    elif lemma == "of" and governor.head.lower_ == "ahead" and node.dep_ == "pobj":
        effect = Status.PLANNED  # "ahead of a likely operation"
    elif pos in ("ADP", "SCONJ") and governor.lower_ in grades.negative_prepositions:
        yield Operator("not", governor.i, depth, "negation.without")
    if effect is not None:
        yield Operator(effect, governor.i, depth, f"governor.{lemma}")


def _called_for(verb: Any, grades: Firmness) -> str | None:
    """Return what an adjective makes of a clause after it, where it asks for it ("it is vital that they withdraw")."""
    words = (grades.adjectives.get(child.lemma_) for child in verb.rights if child.dep_ == "acomp")
    return next((effect for effect in words if effect == Status.PLANNED), None)


def _is_other_sense(node: Any, governor: Any) -> bool:
    """Whether a verb that can plan does not: "committed the attack", "wanted for the blast"."""
    if governor.lemma_ == "commit":
        return node.dep_ in ("dobj", "nsubjpass") or (node.dep_ == "prep" and node.lower_ != "to")
    return governor.lemma_ == "want" and node.dep_ == "prep"


def _is_reported(node: Any, governor: Any, effect: str | None) -> bool:
    """Whether a verb of warning or calling tells a fact ("warned that a ship was hit", "called the raids unlawful")."""
    if effect == Status.THREATENED and node.dep_ == "ccomp":
        past = (node, *(child for child in node.lefts if child.dep_ in ("aux", "auxpass")))
        return any(word.tag_ == "VBD" for word in past)
    is_named = governor.lemma_ == "call" and node.dep_ in ("dobj", "nsubj", "nsubjpass")
    return is_named and any(child.dep_ in ("oprd", "acomp", "attr") for child in governor.rights)


def _is_background(token: Any, published_year: int | None) -> int | None:
    """The token index of a year or "ago" beside ``token`` that puts it well before the publication."""
    host = token if token.pos_ in ("VERB", "AUX") else token.head
    for node in {token.i: token, host.i: host}.values():
        for child in node.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "during", "of", "back"):
                for part in child.subtree:
                    if _YEAR.match(part.text) and (published_year is None or int(part.text) < published_year):
                        return int(part.i)
            elif child.lower_ == "ago" and any(part.lemma_ in ("year", "decade", "century") for part in child.subtree):
                return int(child.i)
    return None


def status_of(token: Any, doc: Any, published_year: int | None = None) -> RealisVerdict:
    """Return in which sense the event word ``token`` (a verb or noun of ``doc``) is said to happen.

    The innermost operator decides (codebook, section 4), an odd number of negations beside it denies. A year in the
    text counts as background only if it lies before ``published_year``, or, where that is None, in any case.
    """
    grades = firmness()
    over = list(operators(token, grades))
    if not over:
        return _in_time(token, over, Certainty.CERTAIN, published_year, grades)
    found = list({(op.token, op.effect): op for op in reversed(over)}.values())[::-1]
    negations = [op for op in found if op.effect == "not"]
    certainty = _certainty(found, grades, doc)
    untrue = next((op for op in found if op.rule == "untrue"), None) or _claim_denied(found)
    deciding = untrue or next((op for op in found if op.effect in _STATUSES), None)
    negated = [op for op in negations if deciding is None or op.depth <= deciding.depth]
    if deciding is None or deciding.effect == Status.HISTORICAL:
        if len(negated) % 2:
            return RealisVerdict(Status.DENIED, Certainty.DENIED, tuple(op.token for op in negated), negated[0].rule)
        if deciding is not None:
            return RealisVerdict(Status.HISTORICAL, certainty, (deciding.token,), deciding.rule)
        return _in_time(token, found, certainty, published_year, grades)
    return _decided(deciding, negated, found, certainty)


def _claim_denied(found: list[Operator]) -> Operator | None:
    """Return what denies a claim or accusation of the deed ("denied claims that a drone was shot down")."""
    claim = next((op for op in found if op.rule in _CLAIMED), None)
    if claim is None:
        return None
    return next((op for op in found if op.effect == Status.DENIED and op.depth > claim.depth), None)


_CLAIMED = frozenset(f"governor.{noun}" for noun in (*_REPORTS, "accusation"))
_STATUSES = frozenset(str(status) for status in Status) - {"occurred"}


def _decided(deciding: Operator, negated: list[Operator], found: list[Operator], certainty: Certainty) -> RealisVerdict:
    status = Status(deciding.effect)
    doubt = next((op for op in found if op.effect == Status.HYPOTHETICAL and op.rule.startswith("governor")), None)
    if status is Status.PLANNED and deciding.rule.startswith("modal") and doubt is not None:
        deciding, status = doubt, Status.HYPOTHETICAL  # "fear that they will attack"
    cues = (deciding.token, *(op.token for op in negated))
    below = [op for op in negated if op.depth < deciding.depth]
    if status is Status.DENIED:
        status = Status.OCCURRED if len(negated) % 2 else status
        return RealisVerdict(status, Certainty.DENIED if status is Status.DENIED else certainty, cues, deciding.rule)
    turned = (Status.HYPOTHETICAL, Status.ATTEMPTED, Status.ONGOING, Status.PLANNED)
    if len(negated) % 2 and (below or status in turned):
        modal = deciding.rule.startswith("modal") and status is Status.HYPOTHETICAL
        could_not = modal and deciding.rule in ("modal.can", "modal.could")
        if not modal or could_not or below:
            return RealisVerdict(Status.DENIED, Certainty.DENIED, cues, f"{deciding.rule}.not")
    if status in (Status.HYPOTHETICAL, Status.THREATENED, Status.PLANNED) and certainty is Certainty.CERTAIN:
        certainty = Certainty.POSSIBLE if status is Status.HYPOTHETICAL else Certainty.PROBABLE
    return RealisVerdict(status, certainty, cues, deciding.rule)


def _in_time(
    token: Any, found: list[Operator], certainty: Certainty, year: int | None, grades: Firmness
) -> RealisVerdict:
    """No operator changes the sense: tense and time words decide between past, present and background."""
    background = _is_background(token, year)
    if background is not None:
        return RealisVerdict(Status.HISTORICAL, certainty, (background,), "time.background")
    progressive = next((op for op in found if op.effect == "progressive" and op.depth == 0), None)
    if progressive is not None:
        return RealisVerdict(Status.ONGOING, certainty, (progressive.token,), "progressive")
    marker = next((child for child in token.children if child.lower_ in grades.ongoing_markers), None)
    if marker is not None and token.tag_ not in ("VBD", "VBN"):
        return RealisVerdict(Status.ONGOING, certainty, (marker.i,), "marker.ongoing")
    return RealisVerdict(Status.OCCURRED, certainty, (), "plain")


def _certainty(found: list[Operator], grades: Firmness, doc: Any) -> Certainty:
    order = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.DOUBTFUL, Certainty.DENIED)
    grade = Certainty.CERTAIN
    for op in found:
        if op.effect == "hedge":
            grade = max(grade, grades.hedges[doc[op.token].lower_], key=order.index)
    return grade
