"""What tests and sample makers need and the product does not."""
