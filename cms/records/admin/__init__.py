"""The screens of the workplace for public records."""
