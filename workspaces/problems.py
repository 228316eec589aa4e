"""Errors of the JSON API as problem details (RFC 9457)."""
