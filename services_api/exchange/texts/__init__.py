"""Own texts of a community for the letters and short messages about cases; without one the shipped text is used."""
