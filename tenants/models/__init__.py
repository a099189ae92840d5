"""The register of communities, in schema `public`."""

from tenants.models.provisioning import (
    FleetUpgrade,
    Onboarding,
    ProvisioningStep,
    TemplateBuild,
)
from tenants.models.register import Community, Domain, Marz, Settlement

__all__ = [
    "Community",
    "Domain",
    "FleetUpgrade",
    "Marz",
    "Onboarding",
    "ProvisioningStep",
    "Settlement",
    "TemplateBuild",
]
