"""What every public page owes to everybody: axe, weight, no script needed, nothing from outside."""
