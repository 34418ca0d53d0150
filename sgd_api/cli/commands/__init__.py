"""The commands of `sgd`, a module per topic.

What must not live here: what more than one command needs.
"""
