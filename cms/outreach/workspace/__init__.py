"""Screens of the staff: alerts, polls, usefulness of pages, subscribers."""
