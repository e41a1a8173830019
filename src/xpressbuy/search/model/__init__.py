"""What may be asked of the search and how it is answered, from arguments only. No I/O, no catalogue, no HTTP."""
