"""What other rooms may use of parties."""

from services_api.parties.models import AccessLog, IdentityMethod, Party
from services_api.parties.selectors import reads_of
from services_api.parties.services import log_read, log_reads, record_organisation, record_person

__all__ = [
    "AccessLog",
    "IdentityMethod",
    "Party",
    "log_read",
    "log_reads",
    "reads_of",
    "record_organisation",
    "record_person",
]
