"""`manage.py tenant suspend|resume|archive|backup|restore|verify|grant`: one community, or those of a selector."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from tenants import archive, fleet, provisioning, roles
from tenants.models import Community


class Command(BaseCommand):
    help = "Suspends, resumes, archives, backs up, restores and verifies communities."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        texts = {
            "suspend": "visitors see that the site is away; staff may work",
            "resume": "the site answers again",
            "archive": "the community is closed for good; its data is kept",
            "backup": "write a community to one file",
            "verify": "prove history, role, rights, ids and host",
            "grant": "make the PostgreSQL role and its rights anew",
        }
        for action, text in texts.items():
            one = actions.add_parser(action, help=text)
            one.add_argument("selectors", nargs="+", help="slugs with * and ?, or classifier codes")
            one.add_argument("--marz", default="", help="province: code, ISO code or name")
            if action in ("suspend", "archive"):
                one.add_argument("--reason", required=True, help="shown to visitors")
            if action == "backup":
                one.add_argument("--to", type=Path, help="file, or folder when several are chosen")
        restore = actions.add_parser("restore", help="bring a community back from its file")
        restore.add_argument("slug", help="the community to restore, another slug than the file's makes a copy")
        restore.add_argument("file", type=Path)
        restore.add_argument("--host", default="", help="host of the restored community")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["action"] == "restore":
                self.restore(options["slug"], options["file"], options["host"])
                return
            chosen = fleet.select(options["selectors"], options["marz"])
            if not chosen:
                raise CommandError(f"No connected community matches {' '.join(options['selectors'])}.")
            for community in chosen:
                getattr(self, options["action"])(community, options, len(chosen) > 1)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        except archive.CannotRestore as error:
            raise CommandError(str(error)) from error

    def suspend(self, community: Community, options: dict[str, Any], several: bool) -> None:
        provisioning.suspend(community, options["reason"])
        self.stdout.write(f"{community.slug}: suspended")

    def resume(self, community: Community, options: dict[str, Any], several: bool) -> None:
        provisioning.resume(community)
        self.stdout.write(f"{community.slug}: active")

    def archive(self, community: Community, options: dict[str, Any], several: bool) -> None:
        provisioning.archive(community, options["reason"])
        self.stdout.write(f"{community.slug}: archived")

    def backup(self, community: Community, options: dict[str, Any], several: bool) -> None:
        path = options["to"] or archive.backup_path(community)
        if options["to"] and (several or path.is_dir()):
            path = path / archive.backup_path(community).name
        written = archive.backup(community, path)
        self.stdout.write(f"{community.slug}: {written} ({written.stat().st_size / 1024:.0f} KiB)")

    def verify(self, community: Community, options: dict[str, Any], several: bool) -> None:
        findings = archive.verify(community)
        for finding in findings:
            self.stdout.write(f"{community.slug}: {'ok ' if finding.ok else 'BAD'} {finding.name}  {finding.detail}")
        if not all(finding.ok for finding in findings):
            raise CommandError(f"{community.slug} is not as it must be.")

    def grant(self, community: Community, options: dict[str, Any], several: bool) -> None:
        roles.ensure_group()
        roles.ensure_tenant_role(community.schema_name)
        roles.grant_schema(community.schema_name)
        self.stdout.write(f"{community.slug}: role and rights are there")

    def restore(self, slug: str, file: Path, host: str) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        community = archive.restore(file, slug=slug, host=host)
        self.stdout.write(f"{community.slug}: restored")
