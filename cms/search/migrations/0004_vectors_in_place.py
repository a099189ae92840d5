"""What matching reads stays beside its row: to count what matches, PostgreSQL reads it of very many rows.

With a vector of 2 kB in the row everything else would be put away as well, so all short columns are named; the text of
the body, which only results show, goes as before.
"""

from django.db import migrations

COLUMNS = ("vector", "title_vector", "title", "url")


def stored(how: str) -> str:
    return "ALTER TABLE site_search_searchentry " + ", ".join(
        f"ALTER COLUMN {name} SET STORAGE {how}" for name in COLUMNS
    )


class Migration(migrations.Migration):
    dependencies = [
        ("site_search", "0003_slips_as_numbers"),
    ]

    operations = [
        migrations.RunSQL(stored("MAIN"), stored("EXTENDED")),
    ]
