"""The words of thirty-two languages that instructions to designers are made of, as data: topic, language, terms.

A term ends in `*` where endings follow and begins with `*` where compounds are built in front; accents and case do not
count. Japanese, Chinese and Korean terms are found anywhere in a run. What must not live here: any rule, or a name.
"""
