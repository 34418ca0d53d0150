"""Motifs: flat patterns for the art panel, in palette colours, built of the shapes and proportions of the brand's logo.

`draw.py` names them; each takes a panel, colours and the brand's traits. What must not live here: measuring a logo
(`sgd_resources/drawing/settle/form.py`), or which motif a picture takes (`plan/choice/motifs.py`).
"""
