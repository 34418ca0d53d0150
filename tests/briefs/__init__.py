"""Brief sets: render requests with what a careful designer would understand by them, and the measure for it.

What lives here: `dev.json` (the truths), their form (`truths.py`), the judges of a brief (`score.py`, its parts
`copy_words.py` and `wishes.py`) and of words read back from a picture (`readback.py`). What must not live here: the
rules that read instructions, or a truth bent to what some rule gives. A truth is changed only where a client would say
that it was wrong.

One entry a line in a JSON list: {"id", "language", "kinds", "request", "right", "note"?}

- `request`: `prompts {task, instruction, references?}`, `outputs`, and `copy` where the words come beside the
  instruction. A test adds what else the API asks for.
- `right.copy`: `headline`, `body`, `call_to_action`, `date`, `price`, `url`, `legal`, `extra` [..]: the exact words,
  without their quotation marks. What is absent must be absent. One quoted string without a label is the headline; of
  several, the first is, the others are `extra` in their order, which may stand in any free place. With `request.copy`
  those words are the copy, and nothing of the instruction is.
- `right.imagery`: `kind` none | photo | illustration | pattern | reference | any, `subject` in the request's own words.
  `any` leaves it open: without a subject a brief then names no kind; with one, photo and illustration are as good.
  No `imagery` at all (edits, variations of a picture): not judged.
- `right.placement`: only what was asked: `logo` top-left | top-right | bottom-left | bottom-right | centre | top |
  bottom | left | right, `alignment` left | centre | right, `case` upper | lower.
- `right.ground`: `#hex`, an English colour word, or a role of the palette (`dark`, `light`, `accent`, `primary blue`).
  `right.mood`: dark | light | vivid | calm. Both only where asked.
- `right.forbidden`: text, logo, picture, photo, illustration, people, pattern, gradient, date, price, url, legal,
  call_to_action.
- `right.attribution`: who said the quoted headline.
- `right.edits`: `element` (one of the copy's, logo, ground), `change` set | remove | move, `value` (null for remove).
- `right.may_print`: words that may stand on the picture and need not (an event's name that was never quoted).
  `right.must_not_print`: words of the instruction that speak to the designer and must never be read on the picture.
"""
