"""Screens of the workplace that help those who write."""
