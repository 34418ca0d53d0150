"""Facts in running text: dates, prices and web addresses, where each begins and ends, and where words of the picture
give way to a clause that speaks to the designer.

What must not live here: labels and quotations (`labelled/`), or terms (`vocabulary/`).
"""
