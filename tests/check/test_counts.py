"""Figures of one article are held against each other, carefully."""

from __future__ import annotations

from kronika.annotate.amounts.quantities import find_quantities
from kronika.check.counts import check_counts
from kronika.records import Document, Severity


def _findings(nlp, text):
    document = Document.of(text)
    return check_counts(find_quantities(nlp(text), document.id), document)


def test_a_part_above_its_whole_is_an_error(nlp):
    (finding,) = _findings(nlp, "90 of the 84 drones were shot down.")
    assert finding.severity is Severity.ERROR


def test_a_part_below_its_whole_is_fine(nlp):
    assert _findings(nlp, "61 of the 84 drones were shot down.") == []


def test_a_part_of_a_lower_bound_is_not_judged(nlp):
    assert _findings(nlp, "At least 41 people, including 50 children, were killed.") == []


def test_two_figures_of_one_thing_that_exclude_each_other_are_found(nlp):
    (finding,) = _findings(nlp, "Six soldiers were killed at the bridge. The blast killed nine soldiers.")
    assert finding.severity is Severity.WARNING


def test_figures_by_different_speakers_are_left_alone(nlp):
    assert _findings(nlp, "Six soldiers were killed. The mayor said nine soldiers were killed.") == []
