"""Proof of where a picture came from: what its manifest says, its lineage, its replay, and the verdict on a file.

What must not live here: signing and reading manifests (`sgd_resources/provenance`, `sgd_resources/sealing`), or making
pictures.
"""
