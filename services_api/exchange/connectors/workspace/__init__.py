"""Screens of the outside registers."""
