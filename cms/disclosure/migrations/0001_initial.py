"""The duties, what was found out about them, and the policy that shows a community its own rows only."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants.row_policy import no_own_rows, rows_of_own_community

# Rows of these tables belong to a community, whose role sees and writes its own only.
OWNED = ("disclosure_checkresult", "disclosure_standing", "disclosure_score", "disclosure_waiver")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicationDuty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("title_hy", models.CharField(max_length=200, verbose_name="title in Armenian")),
                ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title in English")),
                ("title_ru", models.CharField(blank=True, max_length=200, verbose_name="title in Russian")),
                (
                    "explanation_hy",
                    models.TextField(
                        help_text="What has to be there, in plain words.", verbose_name="explanation in Armenian"
                    ),
                ),
                ("explanation_en", models.TextField(blank=True, verbose_name="explanation in English")),
                ("explanation_ru", models.TextField(blank=True, verbose_name="explanation in Russian")),
                ("legal_basis_hy", models.CharField(max_length=300, verbose_name="legal basis in Armenian")),
                ("legal_basis_en", models.CharField(blank=True, max_length=300, verbose_name="legal basis in English")),
                ("legal_basis_ru", models.CharField(blank=True, max_length=300, verbose_name="legal basis in Russian")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("seen", "read in the source"),
                            ("memory", "general knowledge, to be verified"),
                            ("low", "doubtful, to be verified"),
                        ],
                        help_text="How sure we are that the law demands this.",
                        max_length=6,
                        verbose_name="certainty",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("high", "high"), ("medium", "medium"), ("low", "low")],
                        max_length=6,
                        verbose_name="severity",
                    ),
                ),
                (
                    "applies_to",
                    models.CharField(
                        choices=[("all", "all communities"), ("merged", "communities of several settlements")],
                        default="all",
                        max_length=6,
                        verbose_name="applies to",
                    ),
                ),
                (
                    "min_population",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="0: the number of residents does not matter.",
                        verbose_name="from so many residents",
                    ),
                ),
                (
                    "due_rule",
                    models.CharField(
                        choices=[
                            ("standing", "stands there all the time"),
                            ("periodic", "renewed regularly"),
                            ("on_event", "with each event"),
                            ("before_session", "seven days before each session"),
                        ],
                        max_length=14,
                        verbose_name="when it is due",
                    ),
                ),
                (
                    "freshness",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Empty: age does not matter.", null=True, verbose_name="how old it may be"
                    ),
                ),
                (
                    "freshness_unit",
                    models.CharField(
                        choices=[("days", "days"), ("months", "months")],
                        default="months",
                        max_length=6,
                        verbose_name="unit of the age",
                    ),
                ),
                (
                    "grace_days",
                    models.PositiveSmallIntegerField(
                        default=30, help_text="So long after its date it is tolerated.", verbose_name="days of grace"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                (
                    "evaluator",
                    models.SlugField(
                        help_text="Name of the check that looks after it.", max_length=30, verbose_name="evaluator"
                    ),
                ),
                (
                    "page_keys",
                    models.JSONField(
                        blank=True, default=list, help_text="Keys of pages of the site's tree.", verbose_name="pages"
                    ),
                ),
                ("register", models.SlugField(blank=True, max_length=40, verbose_name="register of records")),
                ("options", models.JSONField(blank=True, default=dict, verbose_name="options of the check")),
                (
                    "shipped",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="A release changes a duty only while the ministry has not edited it.",
                        max_length=64,
                        verbose_name="fingerprint of the release",
                    ),
                ),
            ],
            options={
                "verbose_name": "publication duty",
                "verbose_name_plural": "publication duties",
                "ordering": ["position", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="duty_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("freshness__isnull", True), ("freshness__gt", 0), _connector="OR"),
                        name="duty_freshness_is_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "source",
                    models.CharField(
                        choices=[("inner", "from inside"), ("outer", "as a visitor")],
                        max_length=5,
                        verbose_name="who looked",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("pass", "kept"),
                            ("tolerated", "tolerated"),
                            ("fail", "not kept"),
                            ("not_applicable", "does not apply"),
                        ],
                        max_length=14,
                        verbose_name="verdict",
                    ),
                ),
                ("evidence_url", models.CharField(blank=True, max_length=500, verbose_name="public place")),
                ("newest_on", models.DateField(blank=True, null=True, verbose_name="date of the newest")),
                (
                    "message",
                    models.SlugField(
                        help_text="Code of the sentence; see messages.py.", max_length=40, verbose_name="message"
                    ),
                ),
                ("params", models.JSONField(blank=True, default=dict, verbose_name="what stands in the sentence")),
                ("since", models.DateField(help_text="Since when this source says the same.", verbose_name="since")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenants.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="disclosure.publicationduty",
                        verbose_name="publication duty",
                    ),
                ),
            ],
            options={
                "verbose_name": "result of a check",
                "verbose_name_plural": "results of checks",
                "ordering": ["-day", "duty"],
                "indexes": [models.Index(fields=["community", "source", "-day"], name="result_latest")],
                "constraints": [
                    models.UniqueConstraint(fields=("community", "duty", "day", "source"), name="result_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("since__lte", models.F("day"))), name="result_since_is_past"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["pass", "tolerated", "fail", "not_applicable"])),
                        name="result_verdict_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "met",
                    models.PositiveSmallIntegerField(
                        help_text="Those that are tolerated included.", verbose_name="kept"
                    ),
                ),
                ("tolerated", models.PositiveSmallIntegerField(verbose_name="tolerated")),
                ("applicable", models.PositiveSmallIntegerField(verbose_name="that apply")),
                ("reminded", models.BooleanField(default=False, verbose_name="a reminder was sent")),
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
                "verbose_name": "score of a day",
                "verbose_name_plural": "scores of days",
                "ordering": ["-day"],
                "indexes": [models.Index(fields=["day", "community"], name="score_of_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("community", "day"), name="score_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("met__lte", models.F("applicable"))), name="score_met_is_a_part"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tolerated__lte", models.F("met"))), name="score_tolerated_is_a_part"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("pass", "kept"),
                            ("tolerated", "tolerated"),
                            ("fail", "not kept"),
                            ("not_applicable", "does not apply"),
                        ],
                        max_length=14,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("inner", "from inside"), ("outer", "as a visitor")],
                        max_length=5,
                        verbose_name="who looked",
                    ),
                ),
                ("evidence_url", models.CharField(blank=True, max_length=500, verbose_name="public place")),
                ("newest_on", models.DateField(blank=True, null=True, verbose_name="date of the newest")),
                ("message", models.SlugField(max_length=40, verbose_name="message")),
                ("params", models.JSONField(blank=True, default=dict, verbose_name="what stands in the sentence")),
                ("since", models.DateField(verbose_name="since")),
                ("waived_until", models.DateField(blank=True, null=True, verbose_name="waived until")),
                ("checked_at", models.DateTimeField(verbose_name="checked")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenants.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="disclosure.publicationduty",
                        verbose_name="publication duty",
                    ),
                ),
            ],
            options={
                "verbose_name": "standing",
                "verbose_name_plural": "standings",
                "ordering": ["duty__position", "duty__code"],
                "constraints": [
                    models.UniqueConstraint(fields=("community", "duty"), name="standing_once"),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["pass", "tolerated", "fail", "not_applicable"])),
                        name="standing_verdict_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(max_length=500, verbose_name="reason")),
                (
                    "order_number",
                    models.CharField(
                        help_text="The order that grants it, for example 45-Ա.",
                        max_length=40,
                        verbose_name="number of the order",
                    ),
                ),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="from")),
                (
                    "ends_on",
                    models.DateField(
                        help_text="The last day; the duty counts again on the next one.", verbose_name="until"
                    ),
                ),
                ("granted_by", models.CharField(max_length=150, verbose_name="granted by")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="written"),
                ),
                (
                    "community",
                    models.ForeignKey(
                        limit_choices_to={"kind": "municipality"},
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenants.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="disclosure.publicationduty",
                        verbose_name="publication duty",
                    ),
                ),
            ],
            options={
                "verbose_name": "waiver",
                "verbose_name_plural": "waivers",
                "ordering": ["-ends_on", "community"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="waiver_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True), models.Q(("order_number", ""), _negated=True)
                        ),
                        name="waiver_has_its_reason",
                    ),
                ],
            },
        ),
        *(migrations.RunSQL(rows_of_own_community(table), no_own_rows(table)) for table in OWNED),
    ]
