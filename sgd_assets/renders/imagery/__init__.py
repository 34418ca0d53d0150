"""Pictures of the brand itself on renders: found among its evidence, told apart, chosen by words, cropped.

What belongs here: measures of picture files and what they tell (`measures`, `shelf`), the choice by the
words of a brief (`words`, `find`, `shown`), and where a picture may be cropped (`saliency`). What must not live here:
pictures that models make (`generate/`), or where a picture stands on a page (`compose/`).
"""
