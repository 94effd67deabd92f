"""The front of the workbench: all that is sorted together, and what is left of it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from plan.models import Harvest
from plan.views.rights import for_sorters


@require_safe
@for_sorters
def harvests(request):
    return render(request, "plan/harvests.html", {"harvests": Harvest.objects.with_figures()})
