"""Jobs of the site itself: mails about accounts, and picking up what a killed worker left."""

from procrastinate.contrib.django import app

from werkplaats import mail
from werkplaats.models import Letter


@mail.task
def send_letter(context, *, letter_id: int) -> None:
    """Sends a kept mail and forgets it: it holds an address and perhaps a code."""
    letter = Letter.objects.filter(pk=letter_id).first()
    if letter is None:
        return
    mail.send(context, template=letter.template, to=letter.to, data=letter.data)
    letter.delete()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="rescue_stalled_jobs", pass_context=True)
async def rescue_stalled_jobs(context, timestamp: int) -> None:
    """Puts back what a worker was doing when it was killed."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


@app.periodic(cron="17 4 * * *")
@app.task(queueing_lock="remove_finished_jobs", pass_context=True)
async def remove_finished_jobs(context, timestamp: int) -> None:
    """Keeps the job table small: a week of history is enough to find out what happened."""
    await context.app.job_manager.delete_old_jobs(nb_hours=7 * 24, include_failed=False)
