"""The content policy: what no picture may say or show, asked before anything is planned, generated or kept.

Word lists are data (`policies/content_terms/`); an operator may change the policy for an org. What must not live here:
a brand's own words that its canon forbids (`compliance/`), or instructions aimed at a model
(`sgd_resources/llm/safety`).
"""
