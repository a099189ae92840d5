"""The form engine: a definition (own subset of JSON Schema), the answers to it, and what a page shows of both.

`build` reads a definition for one language, `bind` checks answers against it, `form_context` and `answer_sections`
give the templates of the theme what they show. The format is described in docs/maintainers/forms.md.
"""

from services_api.procedures.forms.binding import BoundForm, bind
from services_api.procedures.forms.definition import Choice, Field, FormDefinition, Group, Page, build
from services_api.procedures.forms.files import CheckedFile, StoredFile
from services_api.procedures.forms.messages import FieldError
from services_api.procedures.forms.reading_back import answer_sections, as_text
from services_api.procedures.forms.rendering import consent_field, form_context

__all__ = [
    "BoundForm",
    "CheckedFile",
    "Choice",
    "Field",
    "FieldError",
    "FormDefinition",
    "Group",
    "Page",
    "StoredFile",
    "answer_sections",
    "as_text",
    "bind",
    "build",
    "consent_field",
    "form_context",
]
