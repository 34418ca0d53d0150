"""What may not reach a model as it is: instructions hidden in evidence, personal data.

What must not live here: content policies of renders.
"""
