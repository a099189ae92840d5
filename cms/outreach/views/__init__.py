"""Public pages of alerts, feedback, subscriptions and polls."""
