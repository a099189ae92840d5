"""The form builder: a procedure's form as blocks of a StreamField, and back, without losing anything of it."""
