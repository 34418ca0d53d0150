"""A canon in the formats of other programs: one small module per format, pure, `Canon -> bytes`.

What belongs here: writing what the canon states, with its source where the format has comments. Nothing is invented:
no fallback, no shade, no size that no fact states. What must not live here: reading these formats back
(`sgd_resources/parsers`), and deriving.
"""
