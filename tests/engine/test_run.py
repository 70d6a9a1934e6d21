"""Running: the same reports in the same order for every number of workers."""

from __future__ import annotations

from kronika.engine import run
from kronika.records import Document


def test_results_keep_the_order_of_the_documents_for_every_number_of_workers():
    # in a language that is not read, so that no worker has to load the model
    documents = [Document.of(f"Снаряды {number}", language="ru") for number in range(40)]
    one, two = list(run(iter(documents))), list(run(iter(documents), workers=2))
    assert [document for document, _ in one] == documents
    assert one == two
    assert {report.status for _, report in two} == {"unsupported language"}
