"""The officers' work by a program: the same use cases as on their screens."""
