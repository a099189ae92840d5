"""Screens: what the ministry shares, and what a community does with it."""
