"""API v1: the same use cases as the pages, for integrators and for the staff's own programs."""
