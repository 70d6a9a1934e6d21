from __future__ import annotations

from kronika.link.facilities import Naming, alias_keys, grow_entities
from kronika.link.names import fold_translit
from kronika.records import Mention, MentionKind, Span


def naming(name, document, settlement=None, kind=MentionKind.FACILITY):
    mention = Mention(Span(document, 0, len(name), name), kind, name.split()[-1], name)
    return Naming(mention, settlement, settlement)


def names_of(entities):
    return sorted(sorted(alias.name for alias in entity.aliases) for entity in entities)


def test_spellings_of_one_plant_meet_and_keep_where_they_were_read():
    (entity,) = grow_entities(
        [naming("Zorkiy Pribor", "a", "Lyskovo"), naming("Zorky Pribor plant", "b", "Lyskovo"), naming("Zorkii", "c")]
    )
    assert names_of([entity]) == [["Zorkii", "Zorkiy Pribor", "Zorky Pribor plant"]]
    assert {alias.name: [span.document for span in alias.spans] for alias in entity.aliases}["Zorkii"] == ["c"]
    assert entity.settlement == "Lyskovo"


def test_plants_that_share_only_generic_words_or_the_town_stay_apart():
    entities = grow_entities(
        [naming("Lyskovo Bearing Works", "a", "Lyskovo"), naming("Lyskovo Oil Depot", "b", "Lyskovo"),
         naming("Zarya Oil Depot", "c", "Lyskovo")]
    )  # fmt: skip
    assert len(entities) == 3


def test_one_name_in_two_towns_is_two_things_and_without_a_town_neither():
    entities = grow_entities([naming("Zarya Works", "a", "Lyskovo"), naming("Zarya Plant", "b", "Orlovo"),
                              naming("Zarya", "c")])  # fmt: skip
    assert names_of(entities) == [["Zarya"], ["Zarya Plant"], ["Zarya Works"]]


def test_a_surname_goes_to_the_only_person_who_has_it():
    people = [naming("Ivan Belov", "a", kind=MentionKind.PERSON), naming("Belov", "b", kind=MentionKind.PERSON)]
    assert names_of(grow_entities(people)) == [["Belov", "Ivan Belov"]]
    people.append(naming("Oleg Belov", "c", kind=MentionKind.PERSON))
    assert len(grow_entities(people)) == 3


def test_units_meet_only_by_their_full_names():
    units = [naming(name, "a", kind=MentionKind.FORCES) for name in ("79th Brigade", "79th Assault Brigade")]
    assert len(grow_entities(units)) == 2


def test_numbers_are_never_one_letter_apart():
    assert len(grow_entities([naming("Plant 1234567", "a"), naming("Plant 1234568", "b")])) == 2


def test_the_order_of_input_does_not_matter():
    namings = [naming("Zorkiy Pribor", "a", "Lyskovo"), naming("Zorky Pribor plant", "b"), naming("Zarya", "c")]
    assert grow_entities(namings) == grow_entities(reversed(namings))


def test_alias_keys_leave_out_what_is_ambiguous():
    entities = grow_entities([naming("Zarya", "a", "Lyskovo"), naming("Zarya", "b", "Orlovo"),
                              naming("Zorkiy Pribor", "c", "Lyskovo")])  # fmt: skip
    keys = alias_keys(entities)
    assert fold_translit("Zarya") not in keys
    assert keys[fold_translit("Zorky Pribor")] in {entity.id for entity in entities}


def test_what_goes_by_its_town_is_told_apart_by_the_kind_of_site():
    named = ["Lyskovo oil refinery", "Lyskovo refinery", "Lyskovo power station", "Lyskovo microchip factory"]
    entities = grow_entities([naming(name, str(at), "Lyskovo") for at, name in enumerate(named)])
    assert [[alias.name for alias in entity.aliases] for entity in entities if len(entity.aliases) > 1] == [named[:2]]
    assert len(entities) == 2  # a factory is a plant of any kind: its town alone does not tell it apart


def test_what_has_the_name_of_its_town_stands_there_wherever_it_is_spoken_of():
    told = [naming("Ryazan oil refinery", "a", "Ryazan"), naming("Ryazan oil refinery", "b", "Kyiv")]
    told.append(naming("Ryazan oil refinery", "c"))
    (refinery,) = grow_entities(told)
    assert refinery.settlement == "Ryazan"
    assert {span.document for alias in refinery.aliases for span in alias.spans} == {"a", "b", "c"}
    two = [naming("Zarya depot", "a", "Omsk"), naming("Zarya depot", "b", "Tomsk")]
    assert len(grow_entities(two)) == 2


def test_a_list_of_sites_is_the_name_of_none():
    told = [naming("Ryazan GRES power station", "a"), naming("Ryazan refinery and power station", "b", "Ryazan")]
    assert names_of(grow_entities(told)) == [["Ryazan GRES power station"]]
    assert len(grow_entities([naming("Northern Oil and Gas Company", "a")])) == 1
