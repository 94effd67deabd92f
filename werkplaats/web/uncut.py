"""How every form draws its fields: a field says what fits, and cuts nothing."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

MOST = "data-most"  # characters: counting.js counts them beside the field


class UncutRenderer(TemplatesSetting):
    """Leaves out `maxlength`, also of Django's and allauth's own fields: what is pasted beyond it is lost, unsaid.

    What is too long comes back with its figures from the field itself.
    """

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        for widget in with_parts(context.get("widget", {})):
            if most := widget.get("attrs", {}).pop("maxlength", None):
                widget["attrs"][MOST] = most
        return super().render(template_name, context, request)


def with_parts(widget: dict[str, Any]) -> list[dict[str, Any]]:
    return [widget, *widget.get("subwidgets", [])]
