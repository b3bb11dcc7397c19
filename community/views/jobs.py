from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.views import signed_in

from ..models import Job


@signed_in
@require_safe
def job(request, job_id):
    """How far a long work is. The page asks for itself again until it is over; for `fragment` without its frame."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=job_id)
    template = "community/_job.html" if "fragment" in request.GET else "community/job.html"
    return render(request, template, {"job": job})
