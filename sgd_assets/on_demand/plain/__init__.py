"""Jobs of one step that need no Dagster run, since they make no asset: an analysis, a replay, a draft.

What must not live here: the step itself (`prompts`, `renders/prove`), or the queue.
"""
