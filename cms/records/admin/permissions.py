"""Who may do what with public records: editors write drafts, those with the right to publish do the rest."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

PUBLISH = "records.publish_records"


class RecordPermissionPolicy(ModelPermissionPolicy):
    """What visitors see is changed only by those who may publish."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if not super().user_has_permission_for_instance(user, action, instance):
            return False
        return not getattr(instance, "is_published", False) or action == "view" or user.has_perm(PUBLISH)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)
