"""How writing works in any script: which script a character is of, where lines may break, in which order runs are read.

Values in, values out: no font is opened and nothing is measured. What must not live here: faces and shaping
(`drawing`), sizes and places of text on a picture (`sgd_assets/renders/compose/type`).
"""
