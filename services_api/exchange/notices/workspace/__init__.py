"""The officers' screen of their notices."""
