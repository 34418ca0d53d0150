"""Puts profile and words into picture files, makes and reads C2PA manifests. Runs in the confined child only.

A stranger's manifest is read nowhere else. No key is here: whoever holds one signs the few bytes that `seal_job.py`
gives out. What must not live here: keys and certificates (`provenance`), what a manifest says
(`sgd_assets/renders/prove`), or drawing.
"""
