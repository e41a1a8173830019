"""What a shop costs in a month: AWS's list prices times what our own code uses. Nothing here calls AWS."""
