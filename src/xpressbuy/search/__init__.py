"""Finding products: lists, filters, sorts, facets, suggestions. Answers from memory, never from the table."""
