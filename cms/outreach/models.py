"""What the site says to residents and hears from them: alerts, feedback, subscriptions, polls."""
