"""What users were mailed about the threads that they wrote in."""

from django.db import models

from posts.models.posts import Post
from werkplaats.models import User
from werkplaats.register.entries import Purpose, Term, of_an_account


class ThreadNotice(models.Model):
    """What a user was told about a thread: `told_until` is when the last answer in a mail was published."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    root = models.ForeignKey(Post, models.CASCADE, related_name="+")
    told_until = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, help_text="When the mail goes that is in the queue now.")

    in_register = of_an_account("wie een mail kreeg over antwoorden", Purpose.ANSWERING, Term.ACCOUNTS)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "root"], name="one_notice_per_thread")]

    def __str__(self):
        return f"antwoorden in {self.root_id} voor {self.user_id}"
