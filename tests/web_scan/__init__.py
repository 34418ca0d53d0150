"""A baseline scan of the running API by a packaged scanner. What must not live here: attacks of our own."""
