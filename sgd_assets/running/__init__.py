"""What holds for every run, however it was launched: who owns it, and what becomes of it when its owner dies.

What must not live here: fetching or serving requests (`on_demand/`), or what a stage does.
"""
