"""Orders as they were placed, and what became of them. Placing one is `checkout`'s."""
