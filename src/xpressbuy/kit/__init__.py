"""Values with no shop, no AWS and no HTTP in them. Anything that needs I/O belongs elsewhere."""
