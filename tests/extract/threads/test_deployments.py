"""Deployments: who sent which forces where, and how many."""

from __future__ import annotations

from kronika.annotate.amounts.quantities import find_quantities
from kronika.extract.events import read_events
from kronika.extract.threads.deployments import read_deployments
from kronika.gazetteer import open_gazetteer
from kronika.pipeline import prepare
from kronika.records import Document, PlaceRelation


def deployments(nlp, text):
    document, doc = Document.of(text), nlp(text)
    quantities = find_quantities(doc, document.id)
    reading = prepare(document, doc, open_gazetteer(), quantities)
    return read_deployments(reading, read_events(reading), quantities), {q.id: q.best for q in quantities}


def test_sender_force_company_and_destination_are_read(nlp):
    (found,), _ = deployments(nlp, "Chad sent 500 troops to Sudan alongside French forces.")
    assert [m.name for m in found.sender] == ["Chad"]
    assert [m.name for m in found.force] == ["troops"]
    assert [m.name for m in found.alongside] == ["French forces"]
    assert found.destination is not None
    assert (found.destination.name, found.destination.relation) == ("Sudan", PlaceRelation.TOWARDS)


def test_a_figure_in_the_next_sentence_counts_the_same_forces_with_its_parts(nlp):
    text = "Chad sent troops to Sudan. Some 900 Chadian soldiers were deployed, including 200 paratroopers."
    found, best = deployments(nlp, text)
    assert [best[key] for key in found[0].figures] == [900, 200]


def test_figures_of_another_nation_are_not_counted(nlp):
    found, best = deployments(nlp, "Chad sent 500 troops to Sudan. About 40 Libyan soldiers were deployed in May.")
    assert [best[key] for key in found[0].figures] == [500]


def test_a_unit_that_moves_has_no_sender(nlp):
    (found,), _ = deployments(nlp, "The 82nd brigade was moved to Sumy.")
    assert (found.sender, [m.name for m in found.force]) == ((), ["82nd brigade"])


def test_what_moves_no_forces_is_no_deployment(nlp):
    assert deployments(nlp, "The minister sent a letter to Paris.")[0] == []
