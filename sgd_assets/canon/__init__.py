"""The canon: parsed documents -> palette, fonts, voice, logo rules, each fact cited and weighed.

What must not live here: reading files, or drawing with the canon (`renders`).
"""
