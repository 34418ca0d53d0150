"""Office and OpenDocument files: text, tables, theme, styles, and what nobody is shown.

XML read by hand and not through python-docx, python-pptx, openpyxl or odfpy: every citation needs the element's own
path. What must not live here: unpacking for cleaning (`cleaning/office`).
"""
