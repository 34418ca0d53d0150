"""How one document says that the brand speaks: `ParsedDocument -> [VoiceClaim]`, and which lines are worth keeping.

What must not live here: rules on the logo (`logo`), or which side a label takes (`sides`).
"""
