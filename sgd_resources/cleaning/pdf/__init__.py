"""Cleans PDFs: active content, metadata, streams that inflate too far.

What must not live here: reading a PDF's words or colours (`parsers/pdf`).
"""
