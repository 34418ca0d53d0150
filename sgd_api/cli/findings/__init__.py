"""What `sgd doctor` finds: the value, and findings of parts that take more than a probe's few lines.

What must not live here: the order of the parts and the other probes (`sgd_api/cli/diagnosis.py`), how they are shown.
"""
