"""Pixels, wherever they come from: in sRGB, their flat colours, the words they show (OCR).

Lies below pictures and PDFs. What must not live here: files and their formats.
"""
