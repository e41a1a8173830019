"""What only a local run needs: the emulated AWS, its resources, sample data, the mailbox page. Nobody imports it."""
