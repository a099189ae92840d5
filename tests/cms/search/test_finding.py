"""Residents find things: endings, spellings, slips, other letters, numbers; and nothing where there is nothing."""

from __future__ import annotations

from datetime import date

import pytest

from cms.search.finding import find
from tests.cms.search.conftest import urls


@pytest.mark.parametrize(
    "words",
    ["եւրոպական", "ԵՎՐՈՊԱԿԱՆ", "ԵՒՐՈՊԱԿԱՆ",
     "ճանապարհ", "ճանապարհի", "ճանապարհներով", "կամուրջ", "կամրջի", "նորոգո՞ւմ", "նորոգել"],
)  # fmt: skip
def test_spelling_and_endings_do_not_matter(news, words):
    page = news("Եվրոպական ճանապարհների և կամուրջների նորոգում")
    assert page.url in urls(words)


@pytest.mark.parametrize(
    "words", ["kamurj", "kamrji norogum", "камурдж", "կամուրչ", "կամւրջ", "կամուջր", "կամուրրջ", "կաmուրջ", "kamwurj"]
)
def test_slips_and_other_letters_lead_there(news, words):
    page = news("Կամուրջների նորոգում")
    assert page.url in urls(words)


@pytest.mark.parametrize("words", ["45-Ն", "N 45-Ն", "№45-Ն", "45 Ն", "որոշում 45-N", "n45-ն"])
def test_the_number_of_an_act_has_one_spelling(news, words):
    page = news("Ավագանու որոշում N 45-Ն")
    other = news("Ավագանու որոշում N 45-Ա")
    found = urls(words)
    assert page.url in found and other.url not in found


@pytest.mark.parametrize(
    "words", ["12.05.2026", "2026-05-12", "մայիսի 12-ին", "2026 թվականի մայիսի 12", "12 մայիսի 2026 թ."]
)
def test_a_date_is_one_word_however_it_is_written(news, words):
    page = news("Նիստը տեղի կունենա 2026 թ. մայիսի 12-ին")
    other = news("Նիստը տեղի կունենա 2026 թ. մայիսի 13-ին")
    found = urls(words)
    assert page.url in found and other.url not in found


@pytest.mark.parametrize(
    "words",
    ["անգոյությունիկ", "տիեզերանավ", "ասդֆգհ", "qwrtz", "կամուրջ Փարիզում", "999-Ն", "կատու", "։ ՝", "   ", "<>%"],
)
def test_what_is_not_there_is_not_found(news, words):
    news("Կամուրջների նորոգում")
    assert find(words, "hy").total == 0


def test_every_word_is_asked_for_and_the_title_comes_first(news):
    body = news("Երկրորդ", lede="Նոր կամուրջ Ագարակում")
    title = news("Կամուրջ Ագարակում")
    only_one = news("Կամուրջ Շվանիձորում")
    found = urls("կամուրջ Ագարակ")
    assert found[:2] == [title.url, body.url]
    assert only_one.url not in found[:2]


def test_freshness_only_breaks_ties(news):
    old = news("Նռան տոնավաճառ", date=date(2024, 10, 1))
    new = news("Նռան տոնավաճառ", date=date(2026, 10, 1))
    text = news("Տոնական օր", lede="Այսօր նռան տոնավաճառ է", date=date(2026, 11, 1))
    assert urls("նռան տոնավաճառ")[:3] == [new.url, old.url, text.url]


def test_a_synonym_is_found_after_the_word_itself(news):
    meaning = news("Աղբահանության վճարը")
    word = news("Աղբ չթափել գետը")
    found = urls("աղբ")
    assert found.index(word.url) < found.index(meaning.url)


def test_each_language_has_its_own_rules_and_keeps_to_itself(news):
    russian = news("Ремонт детских садов", language="ru")
    english = news("Repair of the bridges", language="en")
    news("Կամուրջների նորոգում")
    assert russian.url in urls("детский сад", "ru")
    assert english.url in urls("bridge repairs", "en")
    assert all(url.startswith("/ru/") for url in urls("ремонт", "ru"))
    assert not find("կամուրջների նորոգում", "en").total


def test_a_name_is_found_in_any_order_and_case(news):
    page = news("Հանդիպում համայնքի ղեկավար Բագրատ Զաքարյանի հետ")
    for words in ("Զաքարյան Բագրատ", "բագրատ զաքարյան", "ԶԱՔԱՐՅԱՆԻՆ", "Zaqaryan"):
        assert page.url in urls(words), words


def test_search_finds_services_and_nothing_of_another_community(news, goris, as_tenant):
    assert "/services/information-request/" in urls("հարցում")
    page = news("Նռան տոնավաճառը")
    assert page.url in urls("տոնավաճառ")
    as_tenant(goris)
    assert page.url not in urls("տոնավաճառ")


def test_numbers_by_kind_and_year(news):
    news("Կամուրջի բացում", date=date(2025, 3, 1))
    news("Կամուրջի նորոգում", date=date(2026, 3, 1))
    found = find("կամուրջ", "hy")
    assert found.kinds["news"] == 2 and found.years == {2025: 1, 2026: 1}
    assert find("կամուրջ", "hy", year=2025).shown == 1
    assert find("կամուրջ", "hy", kind="act").shown == 0


def test_two_statements_for_the_words_and_two_for_the_entries(news, django_assert_max_num_queries):
    for number in range(12):
        news(f"Կամուրջ {number}")
    with django_assert_max_num_queries(5):
        assert find("կամուրջ", "hy").total == 12


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Մանկական խաղահրապարակ", "խաղա հրապարակ"),
        ("Գույքահարկի վճարում", "գույքի հարկ"),
        ("Նոր տոնածառ", "տոնա ծառ"),
        ("Հովհաննես Բաղդասարյան", "ովանես"),
        ("Արմեն Հակոբջանյան", "Акопджанян"),
        ("Նոր դպրոց կկառուցվի", "կառուցել դպրոց"),
        ("Կանոնակարգում նշված է քվորումը", "քվորւմ"),
        ("Հացի գործարան", "հաց"),
    ],
)
def test_words_are_joined_split_and_heard(news, title, words):
    page = news(title)
    assert page.url in urls(words)


def test_an_initial_tells_persons_of_one_name_apart(news):
    armen, lusine = news("Արմեն Խաչատրյան"), news("Լուսինե Խաչատրյան")
    assert urls("Խաչատրյան Լ.") == [lusine.url, armen.url]
    assert urls("Ա. Խաչատրյան") == [armen.url, lusine.url]


def test_a_word_of_the_text_comes_before_a_synonym_in_the_title(news):
    synonym, word = news("Գայի փողոցը նորոգվել է"), news("Կանոններ", lede="Արգելվում է վաճառել մայթերին")
    assert [each for each in urls("մայթ") if each.startswith("/news/")] == [word.url, synonym.url]


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("սահմանամերձ", "Սահմանվում է նոր կարգ"),
        ("հաշվիչ", "Պահանջվում է հաշվապահ"),
        ("ID քարտ", "Վճարեք բանկային քարտով"),
    ],
)
def test_what_only_begins_alike_is_not_found(news, asked, title):
    page = news(title)
    assert page.url not in urls(asked)


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("գործազուրկ", "Գործազրկության նպաստ"),
        ("Գոշի գրադարան", "Գրադարան Գոշում"),
        ("jri anjatum", "Ջրամատակարարման դադարեցում"),
        ("վնասված պատշգամբ", "Պատշգամբների ամրացում"),
        ("luys chka", "Լույսի անջատում"),
        ("հաստիքներ", "Աշխատակազմի հաստիքացուցակ"),
    ],
)
def test_what_one_says_in_other_words_is_found(news, asked, title):
    page = news(title)
    assert page.url in urls(asked)
