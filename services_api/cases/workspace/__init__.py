"""The officers' screens in the Wagtail admin: inbox and case."""
