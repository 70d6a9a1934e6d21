"""Place names resolved together, by the table in ``cases/places.yaml``; and what is said where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kronika.annotate.toponyms.finding import find_toponyms
from kronika.codebook.homes import homes_in
from kronika.gazetteer import open_gazetteer
from kronika.records import PlacePrecision
from kronika.resolve.places.resolving import CURVE, calibrated, resolve_spans, resolve_toponyms

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases/places.yaml").read_text("utf-8"))


def resolve(nlp, text, **options):
    gazetteer = open_gazetteer()
    options = {"homes": homes_in(text), **options}
    places = resolve_toponyms(find_toponyms(nlp(text), gazetteer), gazetteer, document="d", **options)
    return {place.surface: place for place in places}


def spans(text, *names):
    return [(text.index(name), text.index(name) + len(name)) for name in names]


@pytest.mark.parametrize("case", [case for case in CASES if case["places"]], ids=lambda case: case["text"][:50])
def test_names_mean_the_places_that_the_text_speaks_of(nlp, case):
    found = resolve(nlp, case["text"])
    for wanted in case["places"]:
        place = found[wanted["surface"]]
        for field in ("name", "country", "stated_country", "other"):
            assert field not in wanted or getattr(place, field) == wanted[field]
        assert "precision" not in wanted or place.precision.value == wanted["precision"]
        assert case["text"][place.span.start : place.span.end] == place.surface


def test_other_names_of_a_document_decide_between_namesakes():
    text = "Council members from Dallas and Houston met in Paris, Texas."
    paris = resolve_spans(text, spans(text, "Dallas", "Houston", "Paris", "Texas"), open_gazetteer())[2]
    assert (paris.country, paris.admin1) == ("US", "Texas")
    text = "Ministers from Lyon and Marseille met in Paris, France."
    paris = resolve_spans(text, spans(text, "Lyon", "Marseille", "Paris", "France"), open_gazetteer())[2]
    assert paris.country == "FR"


def test_an_ambiguous_name_stays_open_and_says_why():
    text = "It happened in Springfield."
    (place,) = resolve_spans(text, spans(text, "Springfield"), open_gazetteer())
    if place.precision is not PlacePrecision.COUNTRY:
        assert place.id is None
        assert place.latitude is None
    assert place.reason
    assert place.candidates


def test_refused_candidates_are_kept_with_reasons():
    text = "Troops entered Kursk in Russia."
    place = resolve_spans(text, spans(text, "Kursk", "Russia"), open_gazetteer())[0]
    assert place.candidates
    assert all(candidate.reason for candidate in place.candidates)
    assert place.id not in {candidate.id for candidate in place.candidates}


def test_an_unknown_village_is_answered_with_the_region_that_the_text_puts_it_in():
    text = "They shelled Qwertyivka, Sumy region, again."
    place = resolve_spans(text, spans(text, "Qwertyivka", "Sumy"), open_gazetteer())[0]
    assert (place.precision, place.country) == (PlacePrecision.ADMIN1, "UA")
    assert "the text puts it in" in place.reason


def test_an_unknown_name_has_no_point():
    text = "They shelled Qwertyivka."
    (place,) = resolve_spans(text, spans(text, "Qwertyivka"), open_gazetteer())
    assert (place.latitude, place.reason) == (None, "no place of this name in the gazetteer")


def test_answers_keep_the_order_of_the_spans():
    text = "From Kyiv to Lviv"
    found = resolve_spans(text, spans(text, "Lviv", "Kyiv"), open_gazetteer())
    assert [place.surface for place in found] == ["Lviv", "Kyiv"]
    assert resolve_spans(text, [], open_gazetteer()) == []


def test_the_radius_grows_with_what_is_named_and_with_the_distance():
    text = "10 km north of Sudzha, Kursk region, Russia"
    town, region, country = resolve_spans(text, spans(text, "Sudzha", "Kursk", "Russia"), open_gazetteer())
    assert 10 < town.radius_km < region.radius_km < country.radius_km


def test_the_calibration_rises_and_stays_a_probability():
    values = [calibrated(step / 100) for step in range(101)]
    assert values == sorted(values)
    assert values[0] >= 0
    assert values[-1] == CURVE[-1][1] <= 1


def test_the_publishers_country_weighs_in():
    text = "The mayor of Perth spoke."
    (place,) = resolve_spans(
        text, spans(text, "Perth"), open_gazetteer(), publisher="news.example.co.uk", threshold=0.0
    )
    assert place.country == "GB"
