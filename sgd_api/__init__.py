"""What people and programs call: HTTP, the command line, one machine's stack, the canon as a page.

What must not live here: Dagster, or anything that decides what a brand is.
"""
