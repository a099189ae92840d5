"""Screens of the exchange in the workplace, for whoever administers the community."""
