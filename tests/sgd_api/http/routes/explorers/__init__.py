"""Swagger UI and ReDoc as this service hands them out."""
