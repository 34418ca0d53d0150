"""How a request finds its route: by the first letters of its path, and by methods that no route names.

What must not live here: any route (`routes/`), or what stands before one (`callers/`, `intake/`, `once/`).
"""
