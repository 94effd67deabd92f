"""Addresses to scan."""

import segno
from django.utils.safestring import SafeString, mark_safe


def svg(address: str) -> SafeString:
    """The address as an SVG image with the class "qr", black on white in either colour scheme."""
    code = segno.make(address, error="m", micro=False)
    made = code.svg_inline(
        scale=4, border=4, dark="#16213a", light="#ffffff", svgclass="qr", lineclass=None, omitsize=True
    )
    return mark_safe(made)  # noqa: S308, made of our own address
