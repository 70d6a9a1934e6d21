"""Who speaks of an incident goes by one name across its reports, and what rests on whom is counted so."""

from __future__ import annotations

import pytest

from kronika.link.incidents import link_events
from kronika.pipeline import read_documents
from kronika.records import Document


def incident_of(*texts, published="2025-05-02", publishers=()):
    """Return the one incident that all the texts report, each by another paper."""
    names = [*publishers, *(f"Paper {number}" for number in range(len(publishers), len(texts)))]
    documents = [
        Document.of(text, published=published, publisher=name) for text, name in zip(texts, names, strict=True)
    ]
    reports = list(read_documents(documents))
    events = [event for report in reports for event in report.events]
    claims = [claim for report in reports for claim in report.claims]
    found = link_events(events, documents, claims).incidents
    return max(found, key=lambda incident: len({event.document for event in events if event.id in incident.reports}))


HIT = "Drones hit the Orsk oil depot in Orsk on Thursday"


@pytest.mark.parametrize(
    ("first", "second", "speakers"),
    [
        # the office in one report, its holder in the other
        ("Orsk Governor Ivan Belov said", "the governor said", {"Ivan Belov"}),
        ("Governor Ivan Belov said", "the mayor said", {"Ivan Belov", "mayor"}),
        ("Samara Governor Ivan Belov said", "the governor of Tver said", {"Ivan Belov", "governor"}),
        # a body by its other names, and another state's
        ("the Russian Ministry of Defence said", "Russia's defence ministry said", {"Russian Ministry of Defence"}),
        ("the Russian Ministry of Defence said", "Ukraine's defence ministry said", None),
        # a surname
        ("Governor Ivan Belov said", "Belov said", {"Ivan Belov"}),
    ],
)
def test_one_speaker_has_one_name_in_an_incident(first, second, speakers):
    incident = incident_of(*(f"{HIT}, killing {n} people, {who}." for n, who in ((3, first), (4, second))))
    (figure,) = [figure for figure in incident.figures if figure.kind == "killed"]
    names = {value.speaker for value in figure.values}
    assert names == speakers if speakers is not None else len(names) == 2


def test_a_ministry_goes_by_its_state_and_two_states_have_two():
    told = (
        f"{HIT}, killing {n} people, {who} said."
        for n, who in ((3, "Russia's defence ministry"), (4, "Ukraine's defence ministry"))
    )
    incident = incident_of(*told)
    (figure,) = [figure for figure in incident.figures if figure.kind == "killed"]
    assert [value.speaker for value in figure.values] == ["Russia's defence ministry", "Ukraine's defence ministry"]
    assert incident.independent_sources == 2


@pytest.mark.parametrize(
    ("second", "sources"),
    [
        (f"{HIT}, residents said.", 2),
        (f"{HIT}, Governor Ivan Belov said.", 1),
        (f"{HIT}, the governor said.", 1),
        (f"{HIT}, Governor Ivan Belov said, a broadcaster reported.", 1),
        # what other newsrooms wrote is theirs
        (f"{HIT}, several newsrooms wrote.", 1),
        (f"{HIT}.", 2),
    ],
)
def test_an_outlet_is_no_source_of_what_it_has_from_others(second, sources):
    assert incident_of(f"{HIT}, Governor Ivan Belov said.", second).independent_sources == sources


def test_who_is_quoted_speaks_and_the_agency_is_the_channel():
    told = "A news agency quoted the depot's management as saying that six drones had hit the Orsk oil depot in Orsk."
    incident = incident_of(told)
    (figure,) = incident.figures
    assert [value.speaker for value in figure.values] == ["depot's management"]
    assert [(p.party, p.stance) for p in incident.positions] == [("depot's management", "confirms")]


@pytest.mark.parametrize(
    ("second", "stances"),
    [
        ("Governor Ivan Belov said nobody was hurt.", []),
        ("Governor Ivan Belov said that debris had caused a fire.", ["intercepted"]),
        ("Governor Ivan Belov said the depot was working as usual.", ["denies"]),
        ("Governor Ivan Belov said the depot was damaged.", ["confirms"]),
    ],
)
def test_what_a_party_says_of_the_consequences_is_its_position(second, stances):
    incident = incident_of(f"{HIT}, residents said. The depot was shut down, industry sources said. {second}")
    found = [p for p in incident.positions if p.party == "Ivan Belov"]
    assert [p.stance for p in found] == stances
    assert [p.label for p in found if p.stance == "denies"] == ["Ivan Belov (shut down)"] * stances.count("denies")


def test_what_reports_are_said_to_have_given_outvotes_nobody():
    texts = [
        f"{HIT}, killing 30 people, a doctor said.",
        f"{HIT}, killing 70 people, Governor Ivan Belov said. The first reports had spoken of 30 dead.",
        f"{HIT}, killing 70 people, the health ministry said.",
    ]
    (figure,) = [figure for figure in incident_of(*texts).figures if figure.kind == "killed"]
    assert [value.quantity.best for value in figure.values].count(30) == 2
    assert (figure.low, figure.best, figure.high) == (30, 70, 70)
