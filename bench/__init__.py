"""Measurements: how fast the shop answers, beside a bare callable on the same server in the same run."""
