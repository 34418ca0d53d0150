"""Pictures that stand inside guides, with what is said of them. Jobs of the confined child.

What belongs here: taking the pictures out of PDF, Office and HTML files, and the words beside them. What must not live
here: whether a picture is shown (`sgd_assets/renders/imagery`), or what a guide says of the brand (`parsers`).
"""
