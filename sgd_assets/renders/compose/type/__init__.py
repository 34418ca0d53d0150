"""Type: words -> lines of shaped runs at a size in pixels, in any script.

What must not live here: where a text stands and in which colour (the layouts), or where lines may break at all
(`sgd_resources/writing`).
"""
