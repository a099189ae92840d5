"""What leaves the house: the outbox, mail and, later, webhooks and connectors."""
