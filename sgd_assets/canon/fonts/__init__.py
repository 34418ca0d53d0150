"""Font families that one document gives the brand: `ParsedDocument -> [FontClaim]`.

What must not live here: weighing the claims of several documents (`weigh`), or font files themselves.
"""
