"""Who calls, which scope a route needs, and how often a caller may ask. Below the routes, above the services.

What must not live here: verifying tokens and signatures (`sgd_resources/identity`), or what a route does.
"""
