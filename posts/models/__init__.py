"""The conversation: questions by phase, contributions and answers, themes, thumbs, reports and notices."""

from posts.models.contributions import UNDO, Hold, Post, PostTheme, Removal
from posts.models.notices import Kind, Mute, ThreadNotice
from posts.models.questions import Phase, Question, Thumbs
from posts.models.responses import Report, Thumb
from posts.models.themes import Theme

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
