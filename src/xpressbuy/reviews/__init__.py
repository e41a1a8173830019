"""What buyers say about products, and the sum of it on each product. Who bought what is asked of whoever knows."""
