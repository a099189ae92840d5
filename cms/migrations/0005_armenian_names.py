from django.db import migrations

# What Wagtail's own first migrations call in English, in the words of those who see it every day.
FORWARD = """
UPDATE wagtailcore_page SET title = 'Բոլոր լեզուները', draft_title = 'Բոլոր լեզուները' WHERE depth = 1 AND title = 'Root';
UPDATE wagtailcore_collection SET name = 'Ընդհանուր' WHERE depth = 1 AND name = 'Root';
UPDATE wagtailcore_task SET name = 'Գլխավոր խմբագրի հաստատում' WHERE name = 'Moderators approval';
UPDATE wagtailcore_workflow SET name = 'Գլխավոր խմբագրի հաստատում' WHERE name = 'Moderators approval';
"""
BACK = """
UPDATE wagtailcore_page SET title = 'Root', draft_title = 'Root' WHERE depth = 1 AND title = 'Բոլոր լեզուները';
UPDATE wagtailcore_collection SET name = 'Root' WHERE depth = 1 AND name = 'Ընդհանուր';
UPDATE wagtailcore_task SET name = 'Moderators approval' WHERE name = 'Գլխավոր խմբագրի հաստատում';
UPDATE wagtailcore_workflow SET name = 'Moderators approval' WHERE name = 'Գլխավոր խմբագրի հաստատում';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0004_page_types"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACK)]
