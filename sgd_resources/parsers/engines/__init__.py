"""Other engines that read documents, by setting: Google Document AI, unstructured; merged with what is measured here.

What must not live here: our own reading of a format.
"""
