"""Pages of a PDF before they are read: layers, upright copies, drawing by pdfium; geometry of PDF space.

What must not live here: anything that reads words (`text/`) or operators (`ink/`).
"""
