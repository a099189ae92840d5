"""Hostile files and answers, tried one by one: each is refused with a word that names it, or made harmless; nothing is
left half done. What a PDF may hold is decided in ADR 0028."""

from __future__ import annotations

import json
import unicodedata
import zipfile
import zlib
from io import BytesIO

import pytest
from PIL import Image

from services_api.cases.errors import AnswersInvalid, UploadRefused
from services_api.cases.models import Attachment, Case, DraftSubmission, NumberCounter
from services_api.cases.services import submit
from services_api.cases.spreadsheets import as_csv
from services_api.cases.uploads import MEGABYTE, clean, clean_name
from services_api.parties.models import Party
from services_api.procedures.forms import bind, build
from services_api.procedures.models import ProcedureVersion
from tests.services_api.cases.conftest import answers_for, picture, upload
from tests.services_api.procedures.samples import answers_to

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def _zip() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("run.js", "alert(1)")
    return packed.getvalue()


def _png(width: int, height: int) -> bytes:
    """A PNG that claims to be so large and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def _pdf(inside: bytes) -> bytes:
    return PDF.replace(b"<<>>\nendobj", b"<< " + inside + b" >>\nendobj", 1)


def _object_stream(inside: bytes) -> bytes:
    packed = zlib.compress(inside)
    head = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d" % len(packed)
    return b"%PDF-1.7\n1 0 obj\n<<" + head + b">>\nstream\n" + packed + b"\nendstream\nendobj\n%%EOF\n"


def _bomb_picture() -> bytes:
    drawn = BytesIO()
    Image.new("1", (8000, 8000)).save(drawn, "PNG")
    return drawn.getvalue()


HOSTILE_FILES = [
    ("bomb.png", _bomb_picture(), "picture_too_large"),
    ("huge.png", _png(2**31 - 1, 2**31 - 1), "picture_too_large"),
    ("long.png", _png(60_000, 60_000), "picture_too_large"),
    ("bomb.pdf", _object_stream(b"0" * (40 * MEGABYTE)), "active"),
    ("pdf-and-zip.pdf", PDF + _zip(), "active"),
    ("gif-and-js.jpg", b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)", "mismatch"),
    ("gif-and-js.png", b"GIF89a=1;alert(1)//", "mismatch"),
    ("zip.pdf", _zip(), "mismatch"),
    ("before.pdf", b"<script>alert(1)</script>" + PDF, "mismatch"),
    ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "type"),
    ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "mismatch"),
    ("script.pdf", _pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "active"),
    ("hidden.pdf", _pdf(b"/OpenAction << /S /Java#53cript /JS (app.alert(1)) >>"), "active"),
    ("packed.pdf", _object_stream(b"1 0 << /S /JavaScript /JS (app.alert(1)) >>"), "active"),
    ("packed-hidden.pdf", _object_stream(b"1 0 << /S /#4Aava#53cript >>"), "active"),
    ("launch.pdf", _pdf(b"/AA << /O << /S /Launch /F (cmd.exe) >> >>"), "active"),
    ("carries.pdf", _pdf(b"/Names << /EmbeddedFiles 5 0 R >>"), "active"),
    ("film.pdf", _pdf(b"/Subtype /RichMedia"), "active"),
    ("letter.pdf.exe", PDF, "type"),
    ("letter.exe", b"MZ" + b"\0" * 200, "type"),
    ("macro.docm", b"PK\x03\x04" + b"\0" * 200, "type"),
    ("page.html", b"<script>alert(1)</script>", "type"),
    ("empty.pdf", b"", "empty"),
    ("zeros.pdf", b"\0" * 500, "mismatch"),
    ("exe.pdf", b"MZ\x90\0" + b"\0" * 200, "mismatch"),
    ("cut.png", picture("PNG")[:60], "damaged"),
    ("large.pdf", PDF + b"0" * (11 * MEGABYTE), "too_large"),
]


@pytest.mark.parametrize(("name", "content", "why"), HOSTILE_FILES, ids=[each[0] for each in HOSTILE_FILES])
def test_a_hostile_file_is_refused_by_its_name(name, content, why):
    with pytest.raises(UploadRefused) as refused:
        clean(upload(name, content))
    assert refused.value.code == why and name.partition(".")[0] in str(refused.value)


def test_what_is_no_harm_is_taken():
    """Positive controls: an ordinary action, a name that only begins like a forbidden one, packed objects."""
    for content in (
        _pdf(b"/OpenAction [3 0 R /Fit] /A << /S /URI /URI (https://meghri.am) >>"),
        _pdf(b"/LaunchPadColour 1 /XFAx 2"),
        _object_stream(b"1 0 << /Type /Catalog >>"),
        PDF + b"PK\x05\x06 is only a word here",
    ):
        assert clean(upload("paper.pdf", content)).media_type == "application/pdf"


def test_a_picture_that_is_a_page_too_is_only_a_picture_afterwards():
    kept = clean(upload("photo.jpg", picture() + b"<html><script>alert(1)</script></html>" + _zip())).content
    assert b"script" not in kept and b"PK\x05\x06" not in kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Windows\\system32\\letter.pdf", "letter.pdf"),
        ("letter\u202efdp.exe.pdf", "letterfdp.exe.pdf"),
        ("let\0ter\r\n.pdf", "letter.pdf"),
        ('a<b>"c|d?e*.pdf', "abcde.pdf"),
        ("....pdf", "pdf"),
        (unicodedata.normalize("NFD", "Café") + ".pdf", "Café.pdf"),
        ("\ud800lone.pdf", "lone.pdf"),
        ("photo.php.jpg", "photo.php.jpg"),
    ],
)
def test_a_name_cannot_deceive_or_leave_its_folder(typed, kept):
    assert clean_name(typed) == kept


def test_a_very_long_name_keeps_its_ending():
    kept = clean_name("ա" * 5000 + ".PDF")
    assert len(kept) <= 120 and kept.endswith(".pdf")


def test_a_hostile_file_on_a_form_leaves_nothing_behind_and_is_named(meghri, in_meghri, client_for):
    client = client_for(meghri)
    settlement = meghri.settlements.first().name_hy
    answers = {
        "applicant-surname": "Հակոբյան", "applicant-name": "Կարեն", "settlement": settlement, "address": "Փողոց 2",
        "email": "karen@example.am", "phone": "091 123456", "subject": "Թեմա",
        "body": "Խնդրում եմ վերականգնել մեր փողոցի լուսավորությունը։",
    }  # fmt: skip
    files = [upload("script.pdf", _pdf(b"/S /JavaScript")), upload("good.pdf", PDF)]
    response = client.post("/apply/application-to-head/", {**answers, "attachments": files})
    page = response.content.decode()
    assert response.status_code == 422 and "«script.pdf»" in page
    assert "Հակոբյան" in page, "what was typed is kept"
    assert [each.name for each in Attachment.objects.all()] == ["good.pdf"]
    assert not Case.objects.exists() and not Party.objects.filter(surname="Հակոբյան").exists()


# --- answers

LONE = "\ud800"
NASTY_WORDS = [
    "'; DROP TABLE cases_case; --",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "=HYPERLINK(\"http://evil\",\"x\")",
    "{{ 7*7 }} {% debug %} ${7*7} %(x)s",
    "../../../../etc/passwd",
    "a\u202eb\u2066c",
    "\x07\x1b[31mred\x7f",
]  # fmt: skip


@pytest.mark.parametrize("word", NASTY_WORDS, ids=range(len(NASTY_WORDS)))
def test_words_are_words_wherever_they_come_out(word, in_meghri, meghri, head_version, staff_of, signed_in):
    answers = answers_for(meghri, subject=f"Թեմա {word}", body=f"{word} {word} երկար տեքստ, որ բավարարի։")
    case = submit(head_version, answers, key="nasty-0001").case
    kept = Case.objects.get(pk=case.pk)
    assert not [each for each in json.dumps(kept.answers, ensure_ascii=False) if unicodedata.category(each) == "Cc"]
    assert "\u202e" not in kept.subject and "\u2066" not in kept.subject
    page = signed_in(meghri, staff_of(meghri, superuser=True)).get(f"/admin/work/cases/{case.uuid}/").content.decode()
    assert "<script>alert(1)" not in page and "onerror=alert(1)>" not in page and "49" not in kept.subject
    assert "\n=HYPERLINK" not in as_csv(["Թեմա"], [[word]]).decode("utf-8-sig")


HOSTILE_ANSWERS = {
    "text": ["x" * 200_000, 7, ["a"], {"a": 1}, None, True],
    "long_text": ["x" * 200_000, {"a": {"b": []}}],
    "email": ["a" * 300 + "@example.am", "a@b\r\nBcc: x@y.am", "no", 5],
    "phone": ["1" * 500, "+" + "9" * 400, "call me", {"a": 1}],
    "number": [1e308 * 10, float("nan"), 10**400, "9" * 5000, "1e9", True, []],
    "money": [-1, 10**30, 1.5, "NaN", float("inf")],
    "date": ["0000-00-00", "2026-02-30", "9" * 50, "20261125", 5],
    "time": ["25:00", "-1:00", "12:00:00; --"],
    "yes_no": ["yes", 1, []],
    "choice": ["' OR 1=1 --", 0, ["a"]],
    "choices": [["' OR 1=1 --"], "a", [{}], [["a"]]],
    "person": ["x", [], {"surname": 1, "name": 2}, {"surname": "x" * 500, "name": "y"}, {"surname": {}, "name": []}],
    "organisation": [
        {"name": "x", "tin": "1234567"}, {"name": "x", "tin": "١٢٣٤٥٦٧٨"}, {"name": "x", "tin": {"$sealed": "1.x.y"}},
    ],
    "psn": [
        {"number": "123"}, {"number": "1234567890", "certificate": "A-1"}, {"number": {"$sealed": "1.x.y"}}, "12",
    ],
    "address": [{"settlement": "' OR 1=1 --", "street": "x", "house": "1"}, []],
    "point": [{"lat": float("nan"), "lon": 45}, {"lat": 1e308, "lon": 45}, {"lat": "39.2; DROP", "lon": "46"}],
    "group": [[[]], "x", [{"unknown": 1}], [None], [{}] * 10_000],
    "table": [[[]], {"0": {}}, [{"unknown": 1}]],
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE_ANSWERS)
def test_each_kind_refuses_what_it_cannot_be_and_names_the_question(kind, in_meghri):
    """In every seeded form that has such a question: an error at that question, never an exception, never taken."""
    found = 0
    for version in ProcedureVersion.objects.published():
        definition = build(version, "hy")
        asked = next((each for each in definition if each.kind == kind), None)
        if asked is None or found == 2:
            continue
        found += 1
        answers = answers_to(definition)
        if asked.code not in definition.visible(answers):
            continue
        for hostile in HOSTILE_ANSWERS[kind]:
            if (hostile is None or hostile == []) and not asked.required:
                continue  # nothing is no answer
            bound = bind(definition, {**answers, asked.code: hostile})
            told = [each for each in bound.errors if each.field.partition(".")[0] == asked.code]
            assert told and not bound.answers, (kind, asked.code, repr(hostile)[:80])
            assert all(each.message for each in told)
    assert found or kind in ("table", "time", "point"), f"no procedure asks for {kind}"


def test_a_program_cannot_break_the_api_by_what_it_sends(meghri, in_meghri, client_for):
    client = client_for(meghri)
    client.raise_request_exception = False
    answers = answers_for(meghri)

    def sent(raw: bytes, key: str = "hostile-0001") -> int:
        return client.post(
            "/api/v1/applications/", raw, content_type="application/json", headers={"Idempotency-Key": key}
        ).status_code

    def wrapped(text: str) -> bytes:
        return (
            b'{"procedure": "application-to-head", "answers": ' + text.encode("utf-8", "surrogatepass") + b"}"
        )  # fmt: skip

    body = {**answers, "subject": "SUBJECT"}
    raw = json.dumps(body)
    attempts = {
        "depth": wrapped("[" * 100_000 + "]" * 100_000),
        "deep answer": wrapped(raw.replace('"SUBJECT"', '{"a":' * 50_000 + "1" + "}" * 50_000)),
        "numbers": wrapped(raw.replace('"SUBJECT"', "1" * 100_000)),
        "not a number": wrapped(raw.replace('"SUBJECT"', "NaN")),
        "null": wrapped("null"),
        "list": b"[]",
        "no json": b"\xff\xfe\x00",
        "lone surrogate in a name": wrapped(raw.replace('"subject"', '"\\ud800"')),
        "many answers": wrapped(json.dumps({**body, **{f"x{n}": 1 for n in range(5000)}})),
    }
    for name, content in attempts.items():
        assert 400 <= sent(content) < 500, name
    assert not Case.objects.exists() and not NumberCounter.objects.filter(last__gt=0).exists()
    # A zero byte and a lone half of a sign go, the rest is taken.
    assert sent(wrapped(raw.replace("SUBJECT", "a\\u0000b\\ud800c")), key="hostile-0002") == 201
    assert Case.objects.get().subject == "abc"
    assert not DraftSubmission.objects.exists()


def test_nothing_is_half_done_when_answers_are_refused(in_meghri, meghri, head_version):
    with pytest.raises(AnswersInvalid):
        submit(head_version, answers_for(meghri, email="no", phone="no"), key="half-0001")
    assert not Case.objects.exists() and not Party.objects.exists()
