"""What the ministry shares with communities."""
