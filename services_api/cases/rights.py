"""Names of the permissions, and what somebody has without a position."""

from __future__ import annotations

from services_api.org.public import Confidentiality

PERMISSION = "cases.work_on_cases"
SEE_ALL = "cases.see_all_cases"
# Whoever administers the workplace sees and withdraws the tokens of all.
ALL_TOKENS = "cases.delete_apitoken"
# What whoever works on cases may read before a position says otherwise: applications carry personal data.
ORDINARY_CLEARANCE = Confidentiality.PERSONAL
# Giving out and erasing the data of a person: a duty of its own.
GIVE_OUT = "cases.give_out_personal_data"
