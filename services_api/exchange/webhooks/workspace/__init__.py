"""Screens of the programs that are told."""
