"""Statements: what named speakers are on record as saying on a matter."""

from __future__ import annotations

from kronika.gazetteer import open_gazetteer
from kronika.pipeline import read_document
from kronika.records import Document


def report(nlp, text):
    return read_document(Document.of(text), nlp(text), open_gazetteer())


def test_a_demand_is_a_statement_with_its_matter(nlp):
    (found,) = report(nlp, "President Jane Roe demanded tougher tariffs on imported steel.").statements
    assert (found.speaker, found.stance) == ("Jane Roe", "demands")
    assert "tariffs" in " ".join(found.matter)


def test_a_speaker_who_only_reports_an_attack_makes_no_statement(nlp):
    assert report(nlp, "Governor John Doe said drones struck the Lysva plant.").statements == ()


def test_a_speaker_who_only_gives_a_toll_or_its_absence_makes_no_statement(nlp):
    assert report(nlp, "Governor John Doe said two people were injured.").statements == ()
    assert report(nlp, "She demanded an end to the blockade.").statements == ()


def test_who_could_not_confirm_a_thing_or_did_not_makes_no_statement(nlp):
    assert report(nlp, "Reuters could not independently verify the figures.").statements == ()
    assert report(nlp, "Burkina Faso's government has not confirmed the attack.").statements == ()


def test_what_nobody_named_says_is_no_statement(nlp):
    assert report(nlp, "Officials said the funds are being used for repairs.").statements == ()


def test_its_leads_back_to_the_thing_spoken_of(nlp):
    text = "Minister John Doe spoke about Cyprus, blaming President Jane Roe for its division."
    matter = {name for statement in report(nlp, text).statements for name in statement.matter}
    assert {"Cyprus", "Jane Roe"} <= matter


def test_relations_and_sums_inside_a_claim_are_what_it_is_about(nlp):
    read = report(nlp, "Minister John Doe said the Lysva plant produces gunpowder and owes $5 million.")
    (claim,) = read.claims
    assert {relation.id for relation in read.relations} <= set(claim.about)
    assert read.money[0].id in claim.about
    assert read.relations[0].claims == (claim.id,)
