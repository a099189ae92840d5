"""Screens of the console, in the look of the Wagtail admin."""
