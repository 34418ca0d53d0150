"""What words mean in the languages that guides are written in: terms by topic, and the patterns made of them.

What must not live here: which blocks of a document are asked (`voice`, `logo`, `fonts`, `colours`).
"""
