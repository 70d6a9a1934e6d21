from __future__ import annotations

from kronika.link.copies import Copy, Family
from kronika.link.incidents import link_events
from kronika.pipeline import read_documents
from kronika.records import CountKind, Document, MentionKind, Outcome, PlacePrecision, Stance, Status

WORKS = "Lyskovo Bearing Works"


def incident_of(made, families=()):
    (incident,) = link_events(made.events, made.documents.values(), made.claims, families).incidents
    return incident


def test_an_incident_has_the_tightest_time_and_place_that_reports_support(made):
    made.event("a", "2025-05-01", "Lyskovo", target=WORKS, last="2025-05-02")
    made.event("b", "2025-05-01", "Lyskovo", target=WORKS, level=PlacePrecision.SITE)
    incident = incident_of(made)
    assert incident.time.start == incident.time.end == "2025-05-01"
    assert incident.place.precision is PlacePrecision.SITE
    assert [mention.name for mention in incident.targets] == [WORKS]


def test_a_figure_keeps_every_value_and_leaves_denied_ones_out_of_its_bounds(made):
    denial = made.claim("c", "Defence Ministry", Stance.DENIES, about=("q-c-killed-40",))
    for name, killed, claims in (("a", 3, ()), ("b", 5, ()), ("c", 40, (denial,)), ("d", 5, ())):
        made.event(name, "2025-05-01", "Lyskovo", target=WORKS, counts={CountKind.KILLED: killed}, claims=claims)
    (figure,) = incident_of(made).figures
    assert (figure.low, figure.best, figure.high) == (3, 5, 5)
    assert [value.quantity.best for value in figure.values] == [3, 5, 40, 5]
    assert [value.is_denied for value in figure.values] == [False, False, True, False]
    assert "not denied" in figure.rule


def test_three_outlets_quoting_one_governor_are_one_source(made):
    for name in "abc":
        claim = made.claim(name, "Governor Ivan Belov")
        made.event(name, "2025-05-01", "Lyskovo", target=WORKS, claims=(claim,))
    assert incident_of(made).independent_sources == 1


def test_copies_count_once_and_own_reports_count_each(made):
    for name in "abc":
        made.event(name, "2025-05-01", "Lyskovo", target=WORKS)
    assert incident_of(made).independent_sources == 3
    family = Family("f", "a", (Copy("a", 1.0, 1.0), Copy("b", 0.9, 1.0)))
    assert incident_of(made, [family]).independent_sources == 2


def test_a_copy_that_names_another_speaker_is_still_the_same_source(made):
    made.event("a", "2025-05-01", "Lyskovo", target=WORKS)
    made.event("b", "2025-05-01", "Lyskovo", target=WORKS, claims=(made.claim("b", "Governor Ivan Belov"),))
    family = Family("f", "a", (Copy("a", 1.0, 1.0), Copy("b", 0.9, 1.0)))
    assert incident_of(made, [family]).independent_sources == 1


def test_the_same_best_value_from_copies_does_not_outvote_two_independent_ones(made):
    for name, killed in (("a", 9), ("b", 9), ("c", 9), ("d", 4), ("e", 4)):
        made.event(name, "2025-05-01", "Lyskovo", target=WORKS, counts={CountKind.KILLED: killed})
    family = Family("f", "a", tuple(Copy(name, 1.0, 1.0) for name in "abc"))
    (figure,) = incident_of(made, [family]).figures
    assert (figure.low, figure.best, figure.high) == (4, 4, 9)


def test_confirmations_and_denials_stand_by_party(made):
    yes = made.claim("a", "General Staff", Stance.CONFIRMS)
    no = made.claim("b", "Regional Office", Stance.DENIES)
    made.event("a", "2025-05-01", "Lyskovo", target=WORKS, claims=(yes,))
    made.event("b", "2025-05-01", "Lyskovo", target=WORKS, claims=(no,), status=Status.DENIED)
    incident = incident_of(made)
    assert [(p.party, p.stance) for p in incident.positions] == [
        ("General Staff", "confirms"),
        ("Regional Office", "denies"),
    ]
    assert incident.status is Status.OCCURRED


def test_a_party_confirms_what_it_tells_and_bystanders_do_not(made):
    text = {"a": "Governor Ivan Belov", "b": "an army spokesman", "c": "residents", "d": "Northern Radio"}
    kinds = {"c": MentionKind.GROUP, "d": MentionKind.MEDIA}
    for name, speaker in text.items():
        claim = made.claim(name, speaker, kind=kinds.get(name, MentionKind.PERSON))
        made.event(name, "2025-05-01", "Lyskovo", target=WORKS, claims=(claim,))
    assert [(p.party, p.stance) for p in incident_of(made).positions] == [
        ("Governor Ivan Belov", "confirms"),
        ("an army spokesman", "confirms"),
    ]


def test_who_says_only_that_it_was_shot_down_confirms_no_hit(made):
    made.event("a", "2025-05-01", "Lyskovo", target=WORKS)
    claim = made.claim("b", "Defence Ministry", kind=MentionKind.BODY)
    made.event("b", "2025-05-01", "Lyskovo", target=WORKS, claims=(claim,), outcome=Outcome.INTERCEPTED)
    assert [(p.party, p.stance) for p in incident_of(made).positions] == [("Defence Ministry", "intercepted")]


def test_a_report_that_comes_much_later_is_listed_and_no_source_of_its_own(made):
    for name, published in (("a", "2025-05-02"), ("b", "2025-05-03"), ("c", "2025-05-20")):
        made.event(name, "2025-05-01", "Lyskovo", target=WORKS, published=published)
    incident = incident_of(made)
    assert (len(incident.reports), incident.independent_sources) == (3, 2)


def test_residents_are_a_source_of_the_outlet_that_asked_them(made):
    for name in "ab":
        claims = [made.claim(name, "Governor Ivan Belov")]
        if name == "b":
            claims.append(made.claim(name, "residents", kind=MentionKind.GROUP, named=False))
        made.event(name, "2025-05-01", "Lyskovo", target=WORKS, claims=claims)
    assert incident_of(made).independent_sources == 2


def test_the_first_report_is_the_one_published_first_and_the_others_say_why_they_match(made):
    made.event("a", "2025-05-01", "Lyskovo", target=WORKS, published="2025-05-03")
    first = made.event("b", "2025-05-01", "Lyskovo", target=WORKS, published="2025-05-01")
    incident = incident_of(made)
    assert incident.first_report == incident.reports[0] == first.id
    (match,) = incident.matches
    assert match.weight == sum(weight for _, _, weight in match.comparisons)
    assert ("target", "same name") in [(name, level) for name, level, _ in match.comparisons]


def test_an_undated_memory_opens_no_incident(made):
    made.event("a", None, "Lyskovo", status=Status.HISTORICAL)
    assert link_events(made.events, made.documents.values()).incidents == []
    made.event("b", "2022-03-01", "Lyskovo", status=Status.HISTORICAL)
    assert len(link_events(made.events, made.documents.values()).incidents) == 1


def test_an_incremental_run_ends_with_the_same_incidents(made):
    for name in "abc":
        made.event(name, "2025-05-01", "Lyskovo", target=WORKS)
    made.event("d", "2025-05-08", "Orlovo")
    everything = link_events(made.events, made.documents.values())
    before = link_events(made.events[:2], made.documents.values())
    new = frozenset(event.id for event in made.events[2:])
    after = link_events(made.events, made.documents.values(), kept=before.edges, new=new)
    assert after.incidents == everything.incidents
    assert after.edges == everything.edges


def test_two_reports_of_one_gift_of_money_are_one_incident_by_who_gives_it_to_whom():
    told = (
        ("2025-04-14", "Norway paid Moldova 300 million euros on Monday, the second part of a loan."),
        ("2025-04-15", "Oslo has transferred 300 million euros to Moldova. The third part is due next year."),
        ("2025-04-15", "Oslo has transferred 300 million euros to Kenya. The third part is due next year."),
    )
    documents = [Document.of(text, published=day, publisher=f"paper {n}") for n, (day, text) in enumerate(told)]
    events = [event for report in read_documents(documents) for event in report.events if event.type == "AID"]
    incidents = link_events(events, documents).incidents
    assert sorted(len(incident.reports) for incident in incidents) == [1, 2]


def test_a_total_shot_down_over_no_place_is_one_raid_in_two_reports():
    texts = (
        "The ministry said that 121 drones had been destroyed overnight.",
        "Air defence shot down 121 drones in the night, according to the ministry. Schools stayed closed on Friday.",
    )
    assert _raids(texts) == [2]
    assert _raids((texts[0], texts[1].replace("121", "64"))) == [1, 1]


def _raids(texts):
    documents = [Document.of(text, published="2025-05-02", publisher=f"Paper {text[:3]}") for text in texts]
    events = [event for report in read_documents(documents) for event in report.events if event.type == "ASSAULT"]
    return [len(incident.reports) for incident in link_events(events, documents).incidents]


def test_who_shot_something_down_defended_and_did_not_attack():
    texts = (
        "Ukrainian air defence shot down 40 drones over Kharkiv on Friday.",
        "Russia attacked Kharkiv with drones on Friday.",
    )
    documents = [Document.of(text, published="2025-05-03") for text in texts]
    events = [event for report in read_documents(documents) for event in report.events if event.type == "ASSAULT"]
    (alone,) = link_events(events[:1], documents).incidents
    assert ([m.name for m in alone.actors], [m.name for m in alone.defenders]) == ([], ["Ukraine"])
    (both,) = link_events(events, documents).incidents
    assert ([m.name for m in both.actors], [m.name for m in both.defenders]) == (["Russia"], ["Ukraine"])


def test_a_toll_that_may_yet_come_is_listed_and_bounds_nothing():
    text = "A bomb killed 30 people in a market in Kut on Monday. The death toll could rise to 50, a doctor said."
    documents = [Document.of(text, published="2024-03-20")]
    events = [event for report in read_documents(documents) for event in report.events]
    (incident,) = link_events(events, documents).incidents
    (figure,) = incident.figures
    assert (figure.low, figure.best, figure.high) == (30, 30, 30)
    assert [(value.quantity.best, value.quantity.possible) for value in figure.values] == [(30, False), (50, True)]
