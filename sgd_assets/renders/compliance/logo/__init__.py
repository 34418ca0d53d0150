"""Rules on the logo: there, unharmed, large enough, with its clear space, on a ground that shows it.

What must not live here: finding it in pixels (`sgd_resources/sight`).
"""
