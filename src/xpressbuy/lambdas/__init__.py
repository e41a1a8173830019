"""Doors for AWS Lambda, under 60 lines each. They read events and call services; no rule is in them."""
