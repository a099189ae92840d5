"""Screens of the texts of letters."""
