"""LGL, GeoWebNews, GeoVirus: names at given spans to points, with and without doubt; and found by kronika itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evals.bench import read_rows, reference_scorer
from kronika.annotate.parsing.syntax import DEFAULT_MODEL, load_model
from kronika.annotate.toponyms.finding import find_toponyms
from kronika.gazetteer import open_gazetteer
from kronika.records import PlaceRef
from kronika.resolve.places.fallbacks import UNLISTED
from kronika.resolve.places.resolving import THRESHOLD, resolve_spans, resolve_toponyms

#: :func:`score` adds to the reference scorer's measures what those leave out.
SCORER = None
REFERENCE = "toponym"
_NEAR_KM = 161
#: Levels whose points are a matter of taste: the gold point must lie in the area named.
_AREAS = ("country", "admin1", "region", "water")


def predict(rows: Iterable[dict[str, Any]], threshold: float = 0.0) -> Iterator[dict[str, Any]]:
    """Yield a point for every gold span; with ``threshold`` (0 to 1) only where it is that probable."""
    gazetteer = open_gazetteer()
    for row in rows:
        spans = [(item["start"], item["end"]) for item in row["toponyms"]]
        publisher = row.get("domain") or row.get("url")
        found = resolve_spans(row["text"], spans, gazetteer, threshold=threshold, publisher=publisher)
        yield {"id": row["id"], "toponyms": [_point(place) for place in found]}


def predict_confident(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """As :func:`predict`, leaving open what is less probable than the default threshold.

    Answers at a wider level than the name's own ("somewhere in Texas") carry a reason; here they count as left open.
    """
    for row in predict(rows, THRESHOLD):
        points = [{**item, "lat": None, "lon": None} if item["reason"] else item for item in row["toponyms"]]
        yield {**row, "toponyms": points}


def predict_found(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what kronika finds by itself: its own spans, and points where it is sure enough."""
    gazetteer = open_gazetteer()
    for doc, row in load_model().pipe(((row["text"], row) for row in rows), as_tuples=True, batch_size=8):
        toponyms = find_toponyms(doc, gazetteer)
        places = resolve_toponyms(toponyms, gazetteer, publisher=row.get("domain") or row.get("url"))
        named = [place for name, place in zip(toponyms, places, strict=True) if not name.demonym]
        yield {"id": row["id"], "toponyms": [_point(place) for place in named]}


def score(gold_path: Path, predictions_path: Path) -> dict[str, Any]:
    """Return the reference scorer's ``resolution`` of the given spans, and what else is asked of places.

    - ``inside``: share (per cent) of all names within 161 km, of the gold's own GeoNames id, or in a country or region
      whose circle holds the gold point: where a country's point is set is a matter of taste.
    - ``abstention``: with names left open below the default threshold, the share kept of all names and of those that
      the gazetteer lists, and of those kept the share within 161 km and the share right as for ``inside``.
    - ``end_to_end``: names that kronika finds by itself, as records list them (no demonyms); ``baseline`` are spaCy's
      entities at the most populous place of their name; ``gain`` how much higher kronika's F1 is.
    - ``calibration_error``: mean distance of probabilities from the shares that are right, over ten bins.
    """
    rows, given = list(read_rows(gold_path)), list(read_rows(predictions_path))
    evaluate = reference_scorer(REFERENCE)._evaluate

    def scored(predictions: Iterable[dict[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = evaluate(rows, {row["id"]: row for row in predictions})
        return found

    found, baseline = scored(predict_found(rows))["end_to_end"], scored(_baseline(rows))["end_to_end"]
    right, _ = _right(rows, given, inside=True)
    return {
        "resolution": scored(given)["resolution"],
        "inside": 100 * right / sum(1 for _ in _golds(rows)),
        "abstention": _abstention(rows, given),
        "end_to_end": found,
        "baseline": baseline,
        "gain": found["tagging_and_161km"]["f"] - baseline["tagging_and_161km"]["f"],
        "calibration_error": calibration_error(rows, given),
    }


def _golds(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (gold for row in rows for gold in row["toponyms"] if gold["lat"] is not None)


def _abstention(rows: list[dict[str, Any]], given: list[dict[str, Any]]) -> dict[str, float]:
    confident = list(predict_confident(rows))
    names = sum(1 for _ in _golds(rows))
    lacking = sum(
        UNLISTED in (got["reason"] or "")
        for row, answer in zip(rows, given, strict=True)
        for gold, got in zip(row["toponyms"], answer["toponyms"], strict=True)
        if gold["lat"] is not None
    )
    inside, kept = _right(rows, confident, inside=True)
    near, _ = _right(rows, confident, inside=False)
    return {
        "kept": 100 * kept / names,
        "kept_of_listed": 100 * kept / (names - lacking),
        "acc161_of_kept": 100 * near / kept,
        "right_of_kept": 100 * inside / kept,
    }


def _right(rows: list[dict[str, Any]], predictions: list[dict[str, Any]], *, inside: bool) -> tuple[int, int]:
    """Return how many answers are right, and how many there are; ``inside`` also takes ids and circles for right."""
    distance = reference_scorer(REFERENCE)._distance_km
    right = kept = 0
    for row, prediction in zip(rows, predictions, strict=True):
        for gold, got in zip(row["toponyms"], prediction["toponyms"], strict=True):
            if gold["lat"] is not None and got["lat"] is not None:
                kept += 1
                same = inside and bool(gold.get("geonameid")) and got["id"] == f"geonames:{gold['geonameid']}"
                area = got["radius_km"] if inside and got["precision"] in _AREAS else 0.0
                right += same or distance(gold["lat"], gold["lon"], got["lat"], got["lon"]) <= max(_NEAR_KM, area)
    return right, kept


def calibration_error(rows: list[dict[str, Any]], predictions: Iterable[dict[str, Any]]) -> float:
    """Return the expected calibration error (0 to 1) of the scores of likeliest places, in ten bins."""
    distance = reference_scorer(REFERENCE)._distance_km
    bins: dict[int, list[float]] = {}
    for row, prediction in zip(rows, predictions, strict=True):
        for gold, got in zip(row["toponyms"], prediction["toponyms"], strict=True):
            if gold["lat"] is None or got["lat"] is None or got["reason"] or got["score"] is None:
                continue
            same = bool(gold.get("geonameid")) and got["id"] == f"geonames:{gold['geonameid']}"
            right = same or distance(gold["lat"], gold["lon"], got["lat"], got["lon"]) <= _NEAR_KM
            bins.setdefault(min(int(got["score"] * 10), 9), []).append(got["score"] - right)
    count = sum(len(held) for held in bins.values())
    return round(sum(abs(sum(held)) for held in bins.values()) / count, 4) if count else 0.0


def _baseline(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Places by spaCy's entity recogniser, each the most populous of its name."""
    import spacy

    gazetteer = open_gazetteer()
    nlp = spacy.load(DEFAULT_MODEL)
    for doc, row in nlp.pipe(((row["text"], row) for row in rows), as_tuples=True, batch_size=8):
        toponyms = []
        for entity in doc.ents:
            if entity.label_ in ("GPE", "LOC", "FAC"):
                best = next(iter(gazetteer.find(entity.text)), None)
                point = {"lat": best.latitude, "lon": best.longitude} if best else {"lat": None, "lon": None}
                toponyms.append({"start": entity.start_char, "end": entity.end_char, **point})
        yield {"id": row["id"], "toponyms": toponyms}


def _point(place: PlaceRef) -> dict[str, Any]:
    return {
        "start": place.span.start,
        "end": place.span.end,
        "lat": place.latitude,
        "lon": place.longitude,
        "id": place.id,
        "score": place.score,
        "reason": place.reason,
        "name": place.name,
        "precision": place.precision.value,
        "radius_km": place.radius_km,
        "country": place.country,
        "admin1": place.admin1,
    }


def cases(row: dict[str, Any], prediction: dict[str, Any]) -> Iterator[tuple[float, str, str, str, str]]:
    """Yield the names that were put elsewhere, the farthest first, for the error listing."""
    distance = reference_scorer(REFERENCE)._distance_km
    for gold, got in zip(row["toponyms"], prediction["toponyms"], strict=True):
        if gold["lat"] is None:
            continue
        around = row["text"][max(0, gold["start"] - 60) : gold["end"] + 40].replace("\n", " ")
        expected = f"{gold['phrase']} {gold['lat']:.2f} {gold['lon']:.2f} {gold.get('geonameid', '')}"
        if got["lat"] is None:
            yield 20039.0, around, expected, "-", "places"
            continue
        km = distance(gold["lat"], gold["lon"], got["lat"], got["lon"])
        if km > 161:
            yield (
                km,
                around,
                expected,
                f"{got['name']}, {got['country']} {got['lat']} {got['lon']} {got['id']}",
                "places",
            )
