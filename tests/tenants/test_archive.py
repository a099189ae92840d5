"""One tenant in one file and back; nobody else is touched, nothing is sent again."""

from __future__ import annotations

import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tenants import archive
from tenants.context import register, tenant
from tenants.models import Community
from tenants.storage import private_storage


@pytest.fixture
def with_content(real_commits) -> Community:
    from accounts.models import User
    from services_api.parties.public import identifiers, record_person

    with register():
        community = Community.objects.get(slug="meghri")
    with tenant(community):
        User.objects.create_staff("officer@meghri.example", "correct horse battery", first_name="Գոհար")
        default_storage.save("images/նուռ.txt", ContentFile("նուռ".encode()))
        private_storage.save("cases/letter.txt", ContentFile(b"private"))
        identifiers.keep(record_person(surname="Հակոբյան", name="Նարե"), {"psn": "3912840567"})
    return community


def test_back_from_the_file_every_row_is_the_same_and_the_neighbour_untouched(with_content, tmp_path):
    before = archive.row_hashes("t_meghri")
    neighbour = archive.row_hashes("t_goris")
    file = archive.backup(with_content, tmp_path / "meghri.zip")
    with tenant(with_content):
        from accounts.models import User

        User.objects.all().update(first_name="Փոխված")
        default_storage.delete("images/նուռ.txt")
        default_storage.save("images/later.txt", ContentFile(b"made after the backup"))
    archive.restore(file)
    after = archive.row_hashes("t_meghri")
    assert {table for table in before if before[table] != after[table]} <= {"django_session"}
    assert archive.row_hashes("t_goris") == neighbour
    with tenant(with_content):
        assert default_storage.open("images/նուռ.txt").read().decode() == "նուռ"
        assert private_storage.open("cases/letter.txt").read() == b"private"
        assert not default_storage.exists("images/later.txt")
    assert all(finding.ok for finding in archive.verify(with_content))


def test_under_another_slug_it_is_a_second_community(with_content, tmp_path, client_for):
    original = archive.row_hashes("t_meghri")
    file = archive.backup(with_content, tmp_path / "meghri.zip")
    copy = archive.restore(file, slug="meghri-copy")
    assert client_for(copy).get("/").status_code == 200
    assert archive.row_hashes("t_meghri") == original
    with tenant(copy):
        from accounts.models import User

        assert User.objects.filter(email="officer@meghri.example").exists()
        assert default_storage.exists("images/նուռ.txt")
        # Sealed anew for the copy: found and opened there with its own keys.
        from services_api.parties.public import Identifier, identifiers

        assert Identifier.objects.get(digest__in=identifiers.digests_of_typed("3912840567")).number == "3912840567"
    assert all(finding.ok for finding in archive.verify(copy)), archive.verify(copy)


def test_nothing_that_was_sent_is_sent_again(with_content, tmp_path):
    from services_api.exchange.models import Outbox

    with register():
        waiting = Outbox.objects.count()
    archive.restore(archive.backup(with_content, tmp_path / "meghri.zip"))
    archive.restore(tmp_path / "meghri.zip", slug="meghri-copy")
    with register():
        assert Outbox.objects.count() == waiting


def test_a_connected_neighbour_is_not_overwritten(with_content, tmp_path):
    file = archive.backup(with_content, tmp_path / "meghri.zip")
    with pytest.raises(ValidationError):
        archive.restore(file, slug="goris")


@pytest.mark.parametrize("trouble", ["not a zip", "no manifest", "damaged rows", "path that leaves"])
def test_a_bad_file_is_refused_and_the_community_stays(with_content, tmp_path, trouble):
    before = archive.row_hashes("t_meghri")
    good = archive.backup(with_content, tmp_path / "good.zip")
    bad = tmp_path / "bad.zip"
    if trouble == "not a zip":
        bad.write_bytes(b"no zip")
    else:
        with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
            for name in source.namelist():
                data = source.read(name)
                if trouble == "no manifest" and name == "manifest.json":
                    continue
                if trouble == "damaged rows" and name == "rows/accounts_user.copy":
                    data = data.replace("Գոհար".encode(), "Մարիա".encode())
                target.writestr(name, data)
            if trouble == "path that leaves":
                target.writestr("media/../../evil.txt", b"x")
    with pytest.raises((archive.CannotRestore, zipfile.BadZipFile)):
        archive.restore(bad)
    assert archive.row_hashes("t_meghri") == before
