"""A picture's areas, text and pixels as the page of a PDF. Runs in the confined child only.

What must not live here: what stands where on a picture (`sgd_assets/renders/vectors`).
"""
