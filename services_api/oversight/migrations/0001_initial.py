"""Numbers about the work of communities, and the policy that shows a community its own rows only."""

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.db import migrations, models

from tenants.row_policy import no_own_rows, rows_of_own_community

# Rows of these tables belong to a community, whose role sees and writes its own only.
OWNED = ("oversight_monthfigure", "oversight_counting")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Counting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("overdue", models.PositiveIntegerField(default=0, verbose_name="overdue")),
                ("counted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="counted")),
                (
                    "community",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenants.community",
                        verbose_name="community",
                    ),
                ),
            ],
            options={
                "verbose_name": "counting",
                "verbose_name_plural": "countings",
                "ordering": ["community"],
            },
        ),
        migrations.CreateModel(
            name="MonthFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(help_text="The first day of the month.", verbose_name="month")),
                (
                    "procedure",
                    models.CharField(
                        blank=True,
                        help_text="Code of a procedure of the release, `own`, or empty for all together.",
                        max_length=60,
                        verbose_name="procedure",
                    ),
                ),
                ("received", models.PositiveIntegerField(default=0, verbose_name="received")),
                ("in_time", models.PositiveIntegerField(default=0, verbose_name="answered in time")),
                ("late", models.PositiveIntegerField(default=0, verbose_name="answered late")),
                ("ended", models.PositiveIntegerField(default=0, verbose_name="ended without an answer")),
                (
                    "days",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="From registration to answer, added up: means can be counted from it.",
                        verbose_name="days of all answers",
                    ),
                ),
                (
                    "median",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=7, null=True, verbose_name="median days"
                    ),
                ),
                ("ratings", models.PositiveIntegerField(default=0, verbose_name="ratings")),
                ("rating_sum", models.PositiveIntegerField(default=0, verbose_name="sum of the ratings")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenants.community",
                        verbose_name="community",
                    ),
                ),
            ],
            options={
                "verbose_name": "figures of a month",
                "verbose_name_plural": "figures of months",
                "ordering": ["-month", "community", "procedure"],
                "indexes": [models.Index(fields=["procedure", "month"], name="month_figure_of_procedure")],
                "constraints": [
                    models.UniqueConstraint(fields=("community", "month", "procedure"), name="month_figure_once"),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="month_figure_of_a_month"),
                    models.CheckConstraint(
                        condition=models.Q(("procedure__regex", "^[a-z0-9-]*$")), name="month_figure_names_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rating_sum__gte", models.F("ratings")),
                            (
                                "rating_sum__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.Value(5), "*", models.F("ratings")
                                ),
                            ),
                        ),
                        name="month_figure_ratings_are_one_to_five",
                    ),
                ],
            },
        ),
        *(migrations.RunSQL(rows_of_own_community(table), no_own_rows(table)) for table in OWNED),
    ]
