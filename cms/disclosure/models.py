"""Publication duties of the law and how each community keeps them."""
