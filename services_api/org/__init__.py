"""Organisation: units, positions, who holds them and when."""
