"""Signs pictures: the certificate and key, a timestamp, and the signature put into a manifest that a child prepared.

Opens no picture. What must not live here: C2PA's own code (`sealing`, in the confined child), or what a manifest says
(`sgd_assets/renders/prove`).
"""
