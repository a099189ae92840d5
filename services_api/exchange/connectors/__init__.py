"""Connectors to outside registers: one class each, a sandbox twin, a log of every call."""
