"""The model gateway: policy, money, retries, cache and safety around each call to a model.

`call/` takes a call through its steps; loose files are what callers hold: the gateway, async, sync and local. What must
not live here: prompts of a task, or what an answer means to a stage.
"""
