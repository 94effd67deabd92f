"""The desk of one harvest."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from plan.models import Harvest
from plan.views.rights import for_sorters


@require_safe
@for_sorters
def desk(request, pk):
    harvest = get_object_or_404(Harvest.objects.select_related("question", "cafe", "cycle"), pk=pk)
    return render(request, "plan/desk.html", {"harvest": harvest})
