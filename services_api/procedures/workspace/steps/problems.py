"""What the check of a workflow finds, in the words of the clerk and with the row it belongs to."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

PLACE = re.compile(r"^workflow\.(states|transitions)(?:\.([a-z0-9_]+)|(\[\d+\]))")
# The end of the check's line, and what a clerk reads instead.
WORDS = (
    (r"cannot be reached from ", _("No step leads here: name it in the field “To” of a step.")),
    (r"leads to no end", _("From here no step leads on to an end.")),
    (r"is an end but leads on", _("The way ends here, but a step leads on from it.")),
    (r"no state ends the way", _("No state is an end: mark one with “The way ends here”.")),
    (r"stands twice", _("Another row has the same code.")),
    (
        r"a step that comes by itself is taken by system",
        _("What comes by itself is taken by the system: choose it too."),
    ),
    (r"a step that comes by itself can require nothing", _("What comes by itself can require nothing.")),
    (r"initial: is not a state", _("Choose in which state a case begins.")),
    (r"reopen\.to: ", _("A case is opened again into a state that is no end.")),
    (r"reopen\.days: ", _("Write for how many days a closed case may be opened again.")),
    (r"\.from: must be a list of states", _("Choose from which states the step leads.")),
    (r": +is not a state", _("Choose to which state the step leads.")),
    (r"\.by: must be", _("Choose who takes the step.")),
    (r"\.hy: is missing", _("The Armenian words are missing.")),
    (r"workflow\.states: must be a list", _("There is no state yet.")),
    (r"workflow\.transitions: must be a list", _("There is no step yet.")),
)


def place_of(problem: str) -> tuple[str, str]:
    """("s", code) of a state, ("t", code) of a step, a number in brackets where it has none; ("", "") for the whole."""
    found = PLACE.match(problem)
    if found is None:
        return "", ""
    return ("s" if found[1] == "states" else "t"), found[2] or found[3]


def in_words(problem: str) -> str:
    """The problem for a reader; as the check says it where it has no words here."""
    return next((str(words) for ending, words in WORDS if re.search(ending, problem)), problem)
