"""What takes turns: layouts, motifs, and where the turns of a request start.

What must not live here: drawing, or colours (`plan/grounds.py`).
"""
