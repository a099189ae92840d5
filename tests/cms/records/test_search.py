"""The site's search knows the records."""

from __future__ import annotations

from cms.records.models import Organisation, Person
from cms.records.registers import registers
from cms.records.search_sources import found_in
from cms.search.sources import sources


def test_each_register_is_a_source_of_the_search(filled):
    assert {f"records.{code}" for code in registers} <= set(sources)
    person = Person.objects.get(title_hy="Լուսինե Մկրտչյան")
    found = found_in(registers["people"])(person, "hy")
    assert found.url.endswith("/self-government/staff/lusine-mkrtchyan/")
    assert "տնտեսագետ" in found.body and "Ֆինանսական բաժին" in found.body
    assert found_in(registers["people"])(person, "en").url.startswith("/en/")


def test_what_is_not_translated_or_not_published_is_not_found(filled):
    school = Organisation.objects.get(title_hy="Մեղրու արվեստի դպրոց")
    find = found_in(registers["organisations"])
    assert find(school, "hy") and find(school, "en") is None
    school.is_published = False
    assert find(school, "hy") is None
