"""Parties: residents and organisations, how they were identified, and the log of who read their data."""
