"""What is true of a mail, a part a file: how it is delivered, what it says, how it looks. No I/O, no clock."""
