"""Making public what was heard: what becomes public and who is told, then the press, then stopping the letters."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from plan.actions import publishing
from plan.actions.outcomes import Refused
from plan.models import Harvest, Publication
from plan.reading import publishing as reading
from plan.reading import receivers
from plan.reading.unchanged import is_unchanged
from plan.views import forms
from plan.views.rights import for_sorters
from werkplaats.web import only_post
from werkplaats.web.addresses import row_key

PAGE = "plan/publish.html"
CHOOSE_A_DAY = "Kies tot en met welke dag mensen kunnen reageren."


@require_safe
@for_sorters
def publish(request, pk):
    return _show(request, _harvest(pk))


@for_sorters
@only_post.only("plan:publish", "pk")
def make_public(request, pk):
    """The press names the harvest and the last publication that its page showed."""
    harvest = _harvest(pk)
    try:
        until = forms.day(request.POST.get("tot", ""))
        if until is None:
            raise Refused(CHOOSE_A_DAY)
        publishing.publish(
            pk,
            row_key(request.POST.get("gezien")),
            request.user,
            reacts_until=until,
            changed=forms.line(request.POST, "veranderd", 300),
            after=row_key(request.POST.get("na")),
        )
    except Refused as refused:
        harvest.refresh_from_db()
        return _show(request, harvest, status=409, problem=str(refused), typed=request.POST)
    return _back(pk)


@for_sorters
@only_post.only("plan:publish", "pk")
def stop(request, pk):
    """Stops the letters of one publication. Who is too late reads on the page that they left."""
    publication = get_object_or_404(Publication, pk=row_key(request.POST.get("publicatie")), harvest=pk)
    publishing.stop(publication.pk, request.user)
    return _back(pk)


@for_sorters
@only_post.only("plan:publish", "pk")
def send_after_all(request, pk):
    """Letters that were stopped leave after all. Who is too late reads on the page that they wait or went."""
    publication = get_object_or_404(Publication, pk=row_key(request.POST.get("publicatie")), harvest=pk)
    try:
        publishing.send_after_all(publication.pk, request.POST.get("stop"))
    except Refused as refused:
        return _show(request, _harvest(pk), status=409, problem=str(refused))
    return _back(pk)


def _harvest(pk: int) -> Harvest:
    return get_object_or_404(Harvest.objects.named(), pk=pk)


def _back(pk: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("plan:publish", args=[pk]))


def _show(request, harvest: Harvest, *, status: int = 200, **context):
    last = harvest.publications.select_related("by", "stopped_by", "harvest").order_by("-number").first()
    way = publishing.in_the_way(harvest)
    context |= {"harvest": harvest, "last": last, "way": way, "letters": last and reading.letters(last)}
    if last and last.stopped_at:
        context["waiting"] = receivers.counts_of(last)
    context["is_unchanged"] = not way and last and is_unchanged(harvest, last)
    if not way and not context["is_unchanged"]:
        context["preview"] = reading.preview(harvest, last)
        context["counts"] = receivers.counts(harvest)
        context["term"] = publishing.default_term(timezone.localdate())
    return render(request, PAGE, context, status=status)
