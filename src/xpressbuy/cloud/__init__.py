"""A shop in an AWS account: what is deployed, how it is deployed, paused and ended, and what it costs."""
