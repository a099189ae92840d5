"""Files of a letter that is not sent yet: what proved right is kept when something else must be corrected."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from services_api.cases import services, uploads
from services_api.cases.errors import FieldError, UploadRefused
from services_api.cases.models import Case, DraftSubmission
from services_api.cases.services.files import infected


class ReplyFiles:
    """The files kept under a token that only the form knows; the token of another case keeps nothing."""

    def __init__(self, case: Case, token: str) -> None:
        self.case = case
        self.draft = (
            DraftSubmission.objects.filter(
                token=token[:64], version__isnull=True, case__isnull=True, expires_at__gt=timezone.now(),
                answers={"reply_to": str(case.uuid)},
            ).first()
            if token
            else None
        )  # fmt: skip

    @property
    def token(self) -> str:
        return self.draft.token if self.draft is not None else ""

    def take(self, given: list[Any]) -> list[FieldError]:
        """Prove and keep what was chosen; says what was refused and why."""
        errors = []
        kept = self.draft.attachments.count() if self.draft is not None else 0
        if kept + len(given) > uploads.MAX_FILES:
            return [FieldError("files", _("Attach at most %(count)s files.") % {"count": uploads.MAX_FILES})]
        for each in given:
            try:
                clean = uploads.clean(each)
            except UploadRefused as error:
                errors.append(FieldError("files", str(error)))
                continue
            if self.draft is None:
                self.draft = DraftSubmission.objects.create(answers={"reply_to": str(self.case.uuid)})
            services.keep_file(self.draft, "files", clean)
        return errors

    def infected(self) -> list[FieldError]:
        """Kept files in which something was found since."""
        kept = self.draft.attachments.all() if self.draft is not None else ()
        return [FieldError("files", infected(each)) for each in kept if each.is_infected]

    def remove(self, identifier: str) -> None:
        """Take one file out again."""
        if self.draft is not None:
            services.drop_file(self.draft, identifier)

    def shown(self) -> list[dict[str, Any]]:
        """As the form shows them."""
        if self.draft is None:
            return []
        return [
            {"name": each.name, "size": each.size, "remove_value": str(each.uuid)}
            for each in self.draft.attachments.all()
        ]

    def files(self) -> list[uploads.CleanFile]:
        """What is kept, ready to become a part of the case."""
        found = []
        for each in self.draft.attachments.all() if self.draft is not None else ():
            try:
                with each.file.open("rb") as content:
                    found.append(uploads.CleanFile(each.name, content.read(), each.media_type))
            except FileNotFoundError:
                # A second click came so late that the first one's letter has taken the files already.
                continue
        return found

    def forget(self) -> None:
        """The letter is sent: the case has its own copies."""
        if self.draft is not None:
            services.forget_draft(self.draft)
