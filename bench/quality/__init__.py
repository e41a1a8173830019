"""How well the search finds what people look for: a fixed set of queries and the share that is answered."""
