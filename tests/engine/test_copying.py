"""Families of copies: found on disk, whatever the order in which their members come."""

from __future__ import annotations

from sqlalchemy import text

from kronika.engine.copying import all_families, update_families
from kronika.engine.linking import link_record
from kronika.link.copies import Family, copy_keys
from kronika.records import Document, Report
from kronika.store import Store, migrations
from kronika.store.links import propose_copies

WIRE = (
    "Drones hit the machine works at Lyskovo before dawn on Tuesday and set two halls on fire, the regional governor "
    "said. Nobody was hurt, he added, and the night shift had been led to a shelter an hour earlier. It was the third "
    "strike on the works this spring. The army said that its air defences had brought down nine drones over the "
    "region during the night, and that debris fell on several villages. The works make bearings for railway wagons "
    "and, by the account of a trade union, parts for armoured vehicles. Trains were running again by noon."
)
REWRITE = (
    "A factory that turns out bearings was burning on Tuesday morning after an attack from the air, by the account of "
    "the governor, who spoke of no injured. Workers had gone to shelters in time. Twice before this year the site had "
    "been attacked. Nine unmanned aircraft were shot down overnight, according to the military. Rail traffic in the "
    "area came back to normal around midday, and firefighters stayed at the site until evening to watch for embers."
)
TRANSLATION = (
    "Drohnen trafen am Dienstag vor dem Morgengrauen das Maschinenwerk in Lyskovo und setzten zwei Hallen in Brand, "
    "sagte der Gouverneur. Niemand wurde verletzt, die Nachtschicht war eine Stunde zuvor in einen Bunker gebracht "
    "worden. Es war der dritte Angriff auf das Werk in diesem Frühjahr. Die Armee teilte mit, sie habe neun abgewehrt."
)


def document(text: str, publisher: str, published: str = "2025-05-02") -> Document:
    return Document.of(text, publisher=publisher, published=published)


def families(*batches: list[Document]) -> list[Family]:
    store = Store.open(":memory:")
    for documents in batches:
        for one in documents:
            store.write(Report(one, "ok", version="test"), where=one.id, key=one.id)
        with store.begin() as connection:
            update_families(connection, [one.id for one in documents])
    with store.connect() as connection:
        return all_families(connection)


def test_a_lightly_edited_and_a_cut_copy_belong_to_the_first_text():
    original = document(WIRE, "agency", "2025-05-01")
    edited = document(WIRE.replace("before dawn", "early").replace("Nobody", "No one"), "daily")
    cut = document(" ".join(WIRE.split()[:45]), "radio")
    (family,) = families([cut, edited, original])
    assert family.first == original.id
    assert {copy.document for copy in family.members} == {original.id, edited.id, cut.id}
    assert {copy.document: copy.containment for copy in family.members}[cut.id] == 1.0


def test_rewrites_and_translations_are_not_copies():
    assert families([document(WIRE, "a"), document(REWRITE, "b"), document(TRANSLATION, "c")]) == []


def test_a_shared_quotation_makes_no_copy():
    quote = " ".join(WIRE.split()[:20])
    assert families([document(WIRE, "a"), document(f"{REWRITE} {quote}", "b")]) == []


def test_short_equal_texts_are_a_family_and_short_similar_ones_are_not():
    short = [document("Sirens in Lyskovo.", name) for name in "ab"]
    assert len(families([*short, document("Sirens in Orlovo.", "c")])[0].members) == 2


def test_the_order_of_documents_does_not_matter():
    documents = [document(WIRE, "a"), document(WIRE + " More soon.", "b"), document(REWRITE, "c")]
    assert families(documents) == families(list(reversed(documents)))


def test_a_copy_that_comes_later_joins_the_family():
    documents = [document(WIRE, "a"), document(WIRE + " More soon.", "b"), document(WIRE + " Corrected.", "c")]
    assert families(documents[:1], documents[1:2], documents[2:]) == families(documents)


def test_a_text_that_is_looked_at_again_changes_nothing():
    documents = [document(WIRE, "a"), document(WIRE + " More soon.", "b")]
    assert families(documents, documents) == families(documents)


def test_a_phrase_that_everybody_prints_proposes_nothing():
    phrase = "This is a developing story and will be updated as soon as more is known of what happened and where."
    papers = [document(f"{phrase} Number {number} of {number + 1}.", f"paper {number}") for number in range(3)]
    with Store.open(":memory:").begin() as connection:
        shared = {number: copy_keys(paper.text) for number, paper in enumerate(papers)}
        single = {number: [key for key in keys if key % 2] for number, keys in shared.items()}
        assert propose_copies(connection, single, 3) == [(0, 1), (0, 2), (1, 2)]
        assert propose_copies(connection, single, 2) == []


def test_a_record_of_before_keys_stood_by_number_is_linked_anew(tmp_path, monkeypatch):
    released = migrations.available()
    monkeypatch.setattr(migrations, "available", lambda: released[:5])
    store = Store.open(tmp_path / "a.kronika")
    for one in (document(WIRE, "a"), document(WIRE + " More soon.", "b")):
        store.write(Report(one, "ok", version="test"), where=one.id, key=one.id)
    with store.begin() as connection:
        connection.execute(text("INSERT INTO copy_keys VALUES (1, 'd-old')"))
        connection.execute(text("INSERT INTO linkings VALUES (1, 'rules 6, weights 1; decisions 0')"))
        connection.execute(text("INSERT INTO linked_documents SELECT id FROM documents"))
    store.close()
    monkeypatch.undo()
    store = Store.open(tmp_path / "a.kronika")
    link_record(store)
    with store.connect() as connection:
        (family,) = all_families(connection)
        assert len(family.members) == 2
