"""What looks at a finished picture: words with their places, the logo, traces of coding, likeness. Confined child only.

What belongs here: pixels to the values of `sgd_resources/ports/sight.py`. What must not live here: any verdict on them
(`sgd_assets/renders/compliance`), reading evidence (`sgd_resources/parsers`).
"""
