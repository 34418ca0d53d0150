"""Rules on words: legible, whole, as they were given, and what the brand never says.

What must not live here: finding words in pixels (`sgd_resources/sight`).
"""
