"""What makes inputs of the product. Not shipped, and imported by no package of it.

What must not live here: anything the product needs at run time, checks (`tests`).
"""
