"""What residents see of cases: applying and following. No page here is ever kept by a cache."""
