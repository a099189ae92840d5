"""The days moved in 2026, so that the calendar is right from the first start; later years are entered by the ministry."""

from datetime import date

from django.db import migrations

LEGAL_BASIS = "ՀՀ կառավարության որոշում՝ 2026 թվականի աշխատանքային օրերը տեղափոխելու մասին"
MOVED = ((date(2026, 4, 18), "worked"), (date(2026, 5, 4), "off"))


def enter(apps, schema_editor):
    exceptions = apps.get_model("workdays", "CalendarException")
    for day, kind in MOVED:
        exceptions.objects.get_or_create(date=day, defaults={"kind": kind, "legal_basis": LEGAL_BASIS})


def remove(apps, schema_editor):
    apps.get_model("workdays", "CalendarException").objects.filter(date__in=[day for day, _ in MOVED]).delete()


class Migration(migrations.Migration):
    dependencies = [("workdays", "0001_initial")]

    operations = [migrations.RunPython(enter, remove)]
