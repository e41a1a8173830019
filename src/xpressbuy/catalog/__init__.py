"""Products, variants, prices, stock and categories, in the table and in memory. Lists and pages live elsewhere."""
