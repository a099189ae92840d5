"""What other rooms may use of parties."""

from services_api.parties import identifiers
from services_api.parties.models import AccessLog, Identifier, IdentityMethod, Party
from services_api.parties.phones import armenian_mobile
from services_api.parties.selectors import reads_of
from services_api.parties.services import anonymise, log_read, log_reads, record_organisation, record_person

__all__ = [
    "AccessLog",
    "Identifier",
    "IdentityMethod",
    "Party",
    "anonymise",
    "armenian_mobile",
    "identifiers",
    "log_read",
    "log_reads",
    "reads_of",
    "record_organisation",
    "record_person",
]
