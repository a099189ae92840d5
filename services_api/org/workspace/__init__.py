"""The organisation in the Wagtail admin: the structure on one page, and a screen for each part of it."""
