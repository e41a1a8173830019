"""What goes wrong with a cloud, said to the person who can mend it."""

from __future__ import annotations


class CloudProblem(Exception):
    """Something that the person at the keyboard can mend; its text says what and how."""
