"""Addresses to scan."""

import segno
from django.utils.safestring import SafeString, mark_safe


def svg(address: str, name: str | None = None) -> SafeString:
    """The address as an SVG image with the class "qr", black on white in either colour scheme.

    `name` is its id, for a page that draws it in several places.
    """
    code = segno.make(address, error="m", micro=False)
    made = code.svg_inline(
        scale=4, border=4, dark="#16213a", light="#ffffff", svgclass="qr", svgid=name, lineclass=None, omitsize=True
    )
    return mark_safe(made)  # noqa: S308, made of our own address
