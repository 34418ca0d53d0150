"""The canon as one HTML page: colours, type and rules, each with the place in the evidence that states it.

What must not live here: opening evidence (`sgd_resources/excerpts`, in the confined child).
"""
