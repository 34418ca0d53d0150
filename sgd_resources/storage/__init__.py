"""The object store: bytes under server-made keys, on a disk or in S3; signed addresses; what is left over.

What must not live here: what the bytes are, or user file names as paths.
"""
