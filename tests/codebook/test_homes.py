"""Bodies and words that tell which country a report plays in."""

from __future__ import annotations

import pytest

from kronika.codebook.homes import homes_in


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("The RSF shelled a market.", (("SD",),)),
        ("The RSF and the RSF again.", (("SD",),)),
        ("Farmers of two tehsils met; the tehsil is large.", (("PK", "IN"),)),
        ("They met in Bole woreda.", (("ET",),)),
        ("A rally against the Myanmar military coup.", (("MM",),)),
        ("The PDFs retreated.", (("MM",),)),
        ("rsf", ()),
        ("The pro-RSF camp and the NRSF met.", ()),
        ("The RSF met the MST, the CODECO-URDPC the RSF.", (("SD",), ("BR",), ("CD",))),
        ("Nothing of the kind.", ()),
    ],
)
def test_bodies_and_words_of_administration_tell_a_country(text, countries):
    assert homes_in(text) == countries
