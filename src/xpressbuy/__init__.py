"""An online shop for one merchant's AWS account."""
