"""Bodies whose shape another side gives: OpenAI's chat, and stored shapes as the guardrail contracts state them.

What must not live here: bodies that we agreed with our own clients.
"""
