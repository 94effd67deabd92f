"""Questions that were planned take their turn when their moment has come."""

from procrastinate.contrib.django import app

from posts.models import Question


def open_due() -> list[Question]:
    """Makes each question that is due the current one, in the order of their moments; the last one stays it."""
    due = list(Question.objects.due())
    for question in due:
        question.make_current()
    return due


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="open_planned_questions")
def open_planned_questions(timestamp: int) -> None:
    open_due()
