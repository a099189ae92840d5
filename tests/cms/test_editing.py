"""What editors do: preview, schedule, search, roles, pictures."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cms import public
from cms.models import NewsIndexPage, NewsPage, SiteImage
from cms.tasks import publish_scheduled
from tenants.context import current_schema
from tests.cms.conftest import home

BACKEND = "django.contrib.auth.backends.ModelBackend"


def picture(name: str = "p.png") -> ImageFile:
    buffer = BytesIO()
    Image.new("RGB", (800, 500), "#9b1c31").save(buffer, "PNG")
    buffer.seek(0)
    return ImageFile(buffer, name=name)


def test_preview_shows_the_draft_and_stays_in_the_tenant(add_news, meghri, client_for, staff_of):
    page = add_news("Գրադարանը բաց է", slug="library")
    page.title = "Գրադարանի սևագիր"
    page.save_revision()
    client = client_for(meghri)
    client.force_login(staff_of(meghri, superuser=True), backend=BACKEND)
    answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert answer.status_code == 200
    assert "Գրադարանի սևագիր" in answer.content.decode()
    assert "Գրադարանի սևագիր" not in client_for(meghri).get("/news/library/").content.decode()
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_preview_leaves_the_outer_request_in_its_tenant(add_news, in_meghri):
    """The preview runs the middleware a second time inside a request; the session is saved after it."""
    answer = add_news("Գրադարանը բաց է").make_preview_request()
    assert answer.status_code == 200
    assert current_schema() == in_meghri.schema_name


def test_admin_speaks_armenian_and_names_the_community(in_meghri, meghri, client_for, staff_of):
    client = client_for(meghri)
    client.force_login(staff_of(meghri, superuser=True), backend=BACKEND)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert 'lang="hy"' in html and "Մեղրի համայնք" in html
    assert "gravatar" not in html and "releases.wagtail" not in html


@pytest.mark.parametrize("model", ["newspage", "contentpage", "homepage", "contactpage"])
def test_editing_screens_open(in_meghri, meghri, client_for, staff_of, model, add_news):
    from wagtail.models import Page

    add_news("Մեկ")
    client = client_for(meghri)
    client.force_login(staff_of(meghri, superuser=True), backend=BACKEND)
    page = Page.objects.filter(content_type__model=model).first()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_settings_screen_opens(in_meghri, meghri, client_for, staff_of):
    client = client_for(meghri)
    client.force_login(staff_of(meghri, superuser=True), backend=BACKEND)
    answer = client.get(reverse("wagtailsettings:edit", args=["cms", "siteprofile"]), follow=True)
    assert answer.status_code == 200 and "զինանշան" in answer.content.decode().lower()


def test_editor_writes_and_chief_editor_publishes(add_news, meghri, in_meghri, staff_of):
    page = add_news("Մեկ")
    editor = staff_of(meghri, "e@meghri.example", groups=["Խմբագիրներ"])
    chief = staff_of(meghri, "c@meghri.example", groups=["Գլխավոր խմբագիրներ"])
    assert page.permissions_for_user(editor).can_edit()
    assert not page.permissions_for_user(editor).can_publish()
    assert page.permissions_for_user(chief).can_publish()
    assert Group.objects.filter(name="Կայքի կառավարիչներ").exists()
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_editor_finds_pictures_and_documents_in_the_menu(in_meghri, meghri, client_for, staff_of):
    client = client_for(meghri)
    client.force_login(staff_of(meghri, groups=["Խմբագիրներ"]), backend=BACKEND)
    assert client.get(reverse("wagtailimages:index")).status_code == 200
    assert client.get(reverse("wagtailimages:add")).status_code == 200
    assert client.get(reverse("wagtaildocs:index")).status_code == 200


def test_scheduled_page_appears_and_expires(in_meghri, meghri, client_for, django_capture_on_commit_callbacks):
    import time_machine

    now = timezone.now().replace(microsecond=0)
    page = NewsPage(
        title="Ապագա նորություն",
        slug="future",
        live=False,
        go_live_at=now + timedelta(hours=1),
        expire_at=now + timedelta(hours=3),
    )
    NewsIndexPage.objects.get(locale__language_code="hy").add_child(instance=page)
    page.save_revision().publish()
    assert public.next_due() == page.go_live_at
    client = client_for(meghri)
    assert client.get("/news/future/").status_code == 404
    with time_machine.travel(now + timedelta(hours=2)), django_capture_on_commit_callbacks(execute=True):
        publish_scheduled()
    assert client.get("/news/future/").status_code == 200
    assert public.next_due() == page.expire_at
    with time_machine.travel(now + timedelta(hours=4)), django_capture_on_commit_callbacks(execute=True):
        publish_scheduled()
    assert client.get("/news/future/").status_code == 404
    assert public.next_due() is None


def test_media_gives_out_renditions_of_this_tenant_only(in_meghri, meghri, goris, client_for, add_news):
    image = SiteImage.objects.create(title="Նկար", description="Կարմիր դաշտ", file=picture())
    add_news("Մեկ", image=image)
    url = image.get_rendition("width-480|format-webp").url
    answer = client_for(meghri).get(url)
    assert answer.status_code == 200
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert b"".join(answer.streaming_content)
    assert client_for(goris).get(url).status_code == 404
    assert client_for(meghri).get(f"/media/{image.file.name}").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/media/../private/x.png", "/media/images/../../t_goris/images/x.png", "/media/images/x.svg", "/media/images/"],
)
def test_media_refuses_what_is_no_picture(meghri, client_for, path):
    assert client_for(meghri).get(path).status_code == 404


def test_feed_site_map_and_robots(add_news, meghri, client_for):
    add_news("Նոր կամուրջ & ճանապարհ", slug="bridge")
    client = client_for(meghri)
    assert "Նոր կամուրջ &amp; ճանապարհ" in client.get("/news.rss").content.decode()
    assert client.get("/en/news.rss").status_code == 200
    site_map = client.get("/sitemap.xml").content.decode()
    assert "/services/application-to-head/" in site_map and 'hreflang="ru"' in site_map and "/news/bridge/" in site_map
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in robots and "/sitemap.xml" in robots


def test_block_definitions_stay_out_of_migrations():
    field = home.__globals__["HomePage"]._meta.get_field("tasks")
    assert field.deconstruct()[2] == [[]]
