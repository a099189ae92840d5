"""The catalogue: a procedure and its immutable published versions (form, workflow, clock rules, texts)."""
