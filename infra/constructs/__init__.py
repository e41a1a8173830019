"""The parts of the stacks, a file for each concern."""
