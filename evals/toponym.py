"""LGL, GeoWebNews, GeoVirus: names at given spans to points; :func:`end_to_end` also finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kronika.gazetteer import open_gazetteer
from kronika.records import PlaceRef
from kronika.resolve.places import THRESHOLD, resolve_spans

SCORER = "toponym"


def predict(rows: Iterable[dict[str, Any]], threshold: float = 0.0) -> Iterator[dict[str, Any]]:
    """Yield a point for every gold span; with ``threshold`` (0 to 1) only where it is that probable."""
    gazetteer = open_gazetteer()
    for row in rows:
        spans = [(item["start"], item["end"]) for item in row["toponyms"]]
        publisher = row.get("domain") or row.get("url")
        found = resolve_spans(row["text"], spans, gazetteer, threshold=threshold, publisher=publisher)
        yield {"id": row["id"], "toponyms": [_point(place) for place in found]}


def predict_confident(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """As :func:`predict`, leaving open what is less probable than the default threshold."""
    yield from predict(rows, THRESHOLD)


def _point(place: PlaceRef) -> dict[str, Any]:
    return {
        "start": place.span.start,
        "end": place.span.end,
        "lat": place.latitude,
        "lon": place.longitude,
        "id": place.id,
        "score": place.score,
        "name": place.name,
        "precision": place.precision.value,
        "country": place.country,
        "admin1": place.admin1,
    }


def cases(row: dict[str, Any], prediction: dict[str, Any]) -> Iterator[tuple[float, str, str, str, str]]:
    """Yield the names that were put elsewhere, the farthest first, for the error listing."""
    from evals.bench import reference_scorer

    distance = reference_scorer(SCORER)._distance_km
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
