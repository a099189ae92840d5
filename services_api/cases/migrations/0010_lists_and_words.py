"""Lists of the inbox that people keep; words of answers by an index; one that another index begins with goes."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import services_api.cases.models.case


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_retention"),
        ("org", "0002_work_and_absences"),
        ("parties", "0002_identifier"),
        ("procedures", "0003_examples_and_origin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                (
                    "query",
                    models.CharField(
                        blank=True,
                        help_text="As in the address of the inbox.",
                        max_length=300,
                        verbose_name="what is asked",
                    ),
                ),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(db_index=False, max_length=20),
                        blank=True,
                        default=list,
                        help_text="Codes, in the order of the screen; none: the usual ones.",
                        size=None,
                        verbose_name="columns",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of the inbox",
                "verbose_name_plural": "lists of the inbox",
                "ordering": ["name", "id"],
            },
        ),
        migrations.AlterField(
            model_name="case",
            name="assignee",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Only somebody without a position; otherwise the position is assigned.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="officer",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                services_api.cases.models.case.AnswerWords("answers"), name="case_by_words_of_answers"
            ),
        ),
        migrations.AddField(
            model_name="savedlist",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                help_text="Colleagues with a position in this unit see the list, too.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="org.orgunit",
                verbose_name="shared with the unit",
            ),
        ),
        migrations.AddField(
            model_name="savedlist",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="whose",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedlist",
            constraint=models.UniqueConstraint(fields=("user", "name"), name="saved_list_named_once"),
        ),
        migrations.AddConstraint(
            model_name="savedlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("query", ""), ("unit", None)), _connector="OR"
                ),
                name="saved_list_has_a_name",
            ),
        ),
    ]
