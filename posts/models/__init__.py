"""The conversation: questions by phase, contributions and answers, themes, thumbs, reports and notices."""

from posts.models.contributions import UNDO, Post
from posts.models.holds import Hold, Removal
from posts.models.notices import Kind, Mute, ThreadNotice
from posts.models.questions import Phase, Question, Thumbs
from posts.models.responses import Report, Thumb
from posts.models.themes import PostTheme, Theme

__all__ = [
    "UNDO",
    "Hold",
    "Kind",
    "Mute",
    "Phase",
    "Post",
    "PostTheme",
    "Question",
    "Removal",
    "Report",
    "Theme",
    "ThreadNotice",
    "Thumb",
    "Thumbs",
]
