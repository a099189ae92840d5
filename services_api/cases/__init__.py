"""The engine: a case, its transitions, its clocks."""
