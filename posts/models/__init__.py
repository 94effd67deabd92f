"""The conversation: questions by phase, contributions and answers, thumbs and reports."""

from posts.models.contributions import Post
from posts.models.questions import Phase, Question
from posts.models.responses import Report, Thumb

__all__ = ["Phase", "Post", "Question", "Report", "Thumb"]
