"""What makes inputs of the product. Not shipped, and imported by no package of it."""
