"""The models of the conversation: an index."""

from posts.models.denials import Denied
from posts.models.holds import A_PUPIL, SOMEBODY, Hold, Removal
from posts.models.posts import UNDO, Post
from posts.models.questions import Phase, Question
from posts.models.reports import Report
from posts.models.tallies import PostTally
from posts.models.themes import PostTheme, Theme
from posts.models.thread_notices import ThreadNotice
from posts.models.thumb_kinds import Thumbs
from posts.models.thumbs import Thumb

__all__ = [
    "A_PUPIL",
    "SOMEBODY",
    "UNDO",
    "Denied",
    "Hold",
    "Phase",
    "Post",
    "PostTally",
    "PostTheme",
    "Question",
    "Removal",
    "Report",
    "Theme",
    "ThreadNotice",
    "Thumb",
    "Thumbs",
]
