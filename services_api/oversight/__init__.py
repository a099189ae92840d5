"""National figures: each community writes its numbers into the register, the ministry reads them there (ADR 0036)."""
