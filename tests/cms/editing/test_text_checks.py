"""What the editor is told about a text, and what a fix makes of it."""

from __future__ import annotations

import pytest

from cms.editing.text_checks.engine import check_text, corrected
from cms.editing.text_checks.passages import Passage
from cms.editing.text_checks.rules.armscii import decode
from cms.editing.text_checks.rules.pictures import is_file_name


def passage(text: str, *, html: bool = False, role: str = "text", language: str = "hy") -> Passage:
    return Passage(("body", 0, "value"), "Տեքստ", text, html, role, "b1", language)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        # quotation marks
        ('Ընդունվել է "Համայնքի մասին" օրենքը։', "Ընդունվել է «Համայնքի մասին» օրենքը։"),
        ("<<Ծիածան>> մանկապարտեզը բաց է։", "«Ծիածան» մանկապարտեզը բաց է։"),
        ("„Ծիածան“ և ,,Արև,, խմբերը", "«Ծիածան» և «Արև» խմբերը"),
        ("“Ծիածան” խումբը", "«Ծիածան» խումբը"),
        ("(''Ծիածան'' խումբը)", "(«Ծիածան» խումբը)"),
        # the end of a sentence
        ("Ճանապարհը փակ է: Խնդրում ենք սպասել:", "Ճանապարհը փակ է։ Խնդրում ենք սպասել։"),
        ("Ճանապարհը փակ է.", "Ճանապարհը փակ է։"),
        ("Անհրաժեշտ են: դիմում, անձնագիր։", "Անհրաժեշտ են՝ դիմում, անձնագիր։"),
        ("Ընդունվել է «Օրենքը»:", "Ընդունվել է «Օրենքը»։"),
        # marks of other keyboards
        ("Օրակարգում` երկու հարց։", "Օրակարգում՝ երկու հարց։"),
        ("Մասնակցե'ք լսումներին։", "Մասնակցե՛ք լսումներին։"),
        # letters
        ("Հայաuտանի oրենքի համաձայն", "Հայաստանի օրենքի համաձայն"),
        ("Ուղարկվել է SMSով", "Ուղարկվել է SMS-ով"),
        ("ՄԵՂՐԻ ԵՒ ԳՈՐԻՍ, երեւան", "ՄԵՂՐԻ ԵՎ ԳՈՐԻՍ, երևան"),
        # spaces and numbers
        ("Բարև ։ Այո , իհարկե", "Բարև։ Այո, իհարկե"),
        ("« Ծիածան »  խումբ", "«Ծիածան» խումբ"),
        ("որոշում №45-Ն և N46-Ա, No 7", "որոշում N\u00a045-Ն և N\u00a046-Ա, N\u00a07"),
        ("Փակ է։Սպասեք", "Փակ է։ Սպասեք"),
        # the old code page
        ("«вڲêî²ÜÆ» Ð³Ýñ³å»ïáõÃÛáõÝ", "«ՀԱՅԱՍՏԱՆԻ» Հանրապետություն"),
    ],
)
def test_safe_fixes(wrong, right):
    assert check_text(passage(wrong))
    assert corrected(passage(wrong)) == right
    assert corrected(passage(right)) == right


@pytest.mark.parametrize(
    "text",
    [
        "Ժողովը ժամը 10:30-ին է, https://example.am:8000/a:b կայքում։",
        "2026 թ. նոյեմբերի 25-ին, էլ. փոստ, Գ. Մանուկյան, հեռ. 0286 43 536",
        "Մեղրի, Գորիս և Կապան։ Գինը՝ 2,4 մլն. դրամ",
        "PDF-ով, SMS-ով, QR-կոդ, Wi-Fi ցանց, ISO 9001",
        '5" էկրան, 3.5 կմ, 12.5 տոկոս',
        "N 45-Ն, № 12, N\u00a07-Ա որոշումները",
        "«Ծիածան» խումբը (նոր)։",
        "Հարցում՝ ինչպե՞ս դիմել։",
    ],
)
def test_what_is_right_is_left_alone(text):
    assert [finding.code for finding in check_text(passage(text))] == []
    assert corrected(passage(text)) == text


@pytest.mark.parametrize(
    "text", ["Die Wörter über Größe", "déjà vu à Paris", "Привет, община", "вода и ёлка", "§ 5, ±3 °C"]
)
def test_other_languages_are_no_garbled_armenian(text):
    assert "garbled" not in [finding.code for finding in check_text(passage(text))]


def test_the_code_page_has_the_whole_alphabet():
    capitals = "".join(chr(code) for code in range(0x531, 0x557))
    raw = "".join(chr(0xB2 + 2 * number) for number in range(38))
    assert decode(raw) == capitals
    assert decode("\u20ac\u2122") is None


@pytest.mark.parametrize(
    ("html", "right"),
    [
        (
            '<p data-block-key="a">Ընդունվել է "<b>Համայնքի</b> մասին" օրենքը:</p>',
            '<p data-block-key="a">Ընդունվել է «<b>Համայնքի</b> մասին» օրենքը։</p>',
        ),
        (
            '<p>Տե՛ս <a href="https://a.am/?x=1&amp;y=2">&quot;կարգը&quot;</a>  և &lt;&lt;ցանկը&gt;&gt; :</p>',
            '<p>Տե՛ս <a href="https://a.am/?x=1&amp;y=2">«կարգը»</a> և «ցանկը»։</p>',
        ),
        (
            "<p>Պետք են:</p><ul><li>դիմում</li></ul><p>Ուրիշ:</p>",
            "<p>Պետք են՝</p><ul><li>դիմում</li></ul><p>Ուրիշ։</p>",
        ),
        ("<p>Հա<b>յաuտ</b>ան&amp;</p>", "<p>Հա<b>յաստ</b>ան&amp;</p>"),
        ("<p>մեկ<br/>երկու:</p>", "<p>մեկ<br/>երկու։</p>"),
        (
            '<embed embedtype="image" id="3" alt="a: b"/><p>մեկ</p>',
            '<embed embedtype="image" id="3" alt="a: b"/><p>մեկ</p>',
        ),
    ],
)
def test_rich_text_keeps_its_tags(html, right):
    assert corrected(passage(html, html=True)) == right


def test_one_fix_changes_one_place():
    first, second = check_text(passage("Փակ է: Սպասեք:"))
    assert first.fixed == "Փակ է։ Սպասեք:"
    assert second.fixed == "Փակ է: Սպասեք։"
    assert first.key != second.key
    assert (second.before, second.found, second.proposal) == ("Փակ է: Սպասեք", ":", "։")


def test_what_only_a_person_can_tell_is_not_changed_unread():
    text = "Ո՞ւմ է պետք. Մեզ։ Ժողովը 25.11.2026-ին է։ Ե՞րբ է ժողովը?"
    found = {finding.code: finding for finding in check_text(passage(text))}
    assert set(found) == {"point-inside", "date", "question-mark"}
    assert not any(finding.is_safe for finding in found.values())
    assert corrected(passage(text)) == text
    assert "25 նոյեմբերի 2026-ին" in (found["date"].fixed or "")
    assert found["question-mark"].fixed is None


def test_titles_end_without_a_mark():
    assert corrected(passage("Ջրի դադար:", role="title")) == "Ջրի դադար"
    assert corrected(passage("Արխիվ, 2025 թ.", role="title")) == "Արխիվ, 2025 թ."


def test_long_sentences_are_advice():
    text = "բառ " * 40 + "վերջ։"
    (finding,) = check_text(passage(text))
    assert (finding.code, finding.weight, finding.fixed) == ("long-sentence", "advice", None)


def test_english_keeps_its_own_marks():
    assert check_text(passage('The "Rainbow" group: open from 10. See https://a.am', language="en")) == []
    assert corrected(passage('Группа "Радуга" : открыта.', language="ru")) == "Группа «Радуга» : открыта."


@pytest.mark.parametrize("name", ["IMG_2031.jpg", "DSC00012", "նկար 3", "photo (2).png", "20231105_114530", "ab_cd"])
def test_names_of_files_are_no_descriptions(name):
    assert is_file_name(name)


@pytest.mark.parametrize("words", ["Կարմիր դաշտ", "Համայնքապետարանի շենքը ձմռանը", "Լիճ"])
def test_words_are_descriptions(words):
    assert not is_file_name(words)
