"""Makes the contact sheet: many pictures of many brands at every format and task, to be looked at by a person.

`python -m tools.contact_sheet [OUT_DIR] [--brands DIR] [--only TEXT]`. What must not live here: any judgement of the
pictures, or anything that the product needs while it runs.
"""
