from django.db import migrations, models

WORDS = {
    "editable": False,
    "help_text": "A version that came with the system is replaced by a newer one; a community’s own version stays.",
    "verbose_name": "comes with the system",
}


class Migration(migrations.Migration):
    """All versions that exist came with the system: until now there was no way to make one of one's own."""

    dependencies = [("procedures", "0002_published_versions_do_not_change")]

    operations = [
        migrations.AddField(
            "procedureversion",
            "examples",
            models.JSONField(
                blank=True,
                default=list,
                help_text="Answers with what must come out; when one breaks, the version cannot be published.",
                verbose_name="examples",
            ),
        ),
        migrations.AddField("procedureversion", "from_package", models.BooleanField(default=True, **WORDS)),
        migrations.AlterField("procedureversion", "from_package", models.BooleanField(default=False, **WORDS)),
    ]
