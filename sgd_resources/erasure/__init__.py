"""All that an org has, wherever it lies: counted, taken out as one archive, or erased for good.

A place is one store with what it holds of an org; `places.py` names them all. What must not live here: the SQL of our
own tables (`postgres/rows/whole`), who may ask for it, or deletion of single things.
"""
