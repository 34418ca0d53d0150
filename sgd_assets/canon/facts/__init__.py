"""What documents claim of a brand: the values that readers make and the weighing takes.

What must not live here: reading a document, or deciding between claims (`weigh`).
"""
