"""A demonstration country: the ministry and three communities with example content."""
