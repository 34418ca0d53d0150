"""What is too heavy for every commit: engines and models behind extras, each in an environment of its own.

`make nightly` calls it. The tests themselves stand beside the code that they test and skip where the extra is absent.
What must not live here: tests.
"""
