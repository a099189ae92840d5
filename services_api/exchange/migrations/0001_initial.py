"""The outbox and the policy that shows a tenant's role its own rows only."""

import django.utils.timezone
from django.db import migrations, models

from tenants.row_policy import no_own_rows, own_rows


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("schema", models.CharField(help_text="Whose row it is.", max_length=63, verbose_name="schema")),
                (
                    "kind",
                    models.CharField(
                        help_text="Name of the handler that sends it.", max_length=40, verbose_name="kind"
                    ),
                ),
                (
                    "payload",
                    models.JSONField(
                        default=dict,
                        help_text="References only; what is personal is read when it is sent.",
                        verbose_name="content",
                    ),
                ),
                (
                    "dedupe_key",
                    models.CharField(
                        help_text="A second row with this key is not written.",
                        max_length=200,
                        verbose_name="key against doubles",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "waiting"), ("sent", "sent"), ("dead", "given up")],
                        default="pending",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("next_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="next attempt")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="written"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("last_error", models.TextField(blank=True, verbose_name="last error")),
            ],
            options={
                "verbose_name": "outgoing item",
                "verbose_name_plural": "outgoing items",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")), fields=["next_at", "schema"], name="outbox_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("schema", "dedupe_key"), name="outbox_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(("sent_at__isnull", True), ("state__in", ["pending", "dead"])),
                            _connector="OR",
                        ),
                        name="outbox_sent_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.RunSQL(own_rows("exchange_outbox"), no_own_rows("exchange_outbox")),
    ]
