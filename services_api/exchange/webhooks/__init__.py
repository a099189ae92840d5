"""Notices to programs of others: what happens to cases, signed, without personal data."""
