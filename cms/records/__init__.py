"""Registers of public records: people, budget, property, procurement."""
