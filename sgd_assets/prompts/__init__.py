"""The structured prompt service: words in, validated structured data out, over the model gateway.

What a model is told, how its answer is read, judged, placed in the prompt and weighed; callers' schemas and templates.
What must not live here: HTTP, SQL, or asking a provider (`sgd_resources/llm`).
"""
