"""The models of the conversation: an index."""

from posts.models.denials import Denied
from posts.models.holds import A_PUPIL, SOMEBODY, Hold, Removal
from posts.models.languages import Language
from posts.models.outcomes import PostOutcome
from posts.models.posts import UNDO, Post
from posts.models.questions import Phase, Question
from posts.models.reports import Report
from posts.models.seen import AnswersSeen
from posts.models.tallies import PostTally
from posts.models.themes import PostTheme, Theme, ThemeMerge
from posts.models.thread_notices import ThreadNotice
from posts.models.thumb_kinds import Thumbs
from posts.models.thumbs import Thumb
from posts.models.translations import Translation
from posts.models.words import PostWords

__all__ = [
    "A_PUPIL",
    "SOMEBODY",
    "UNDO",
    "AnswersSeen",
    "Denied",
    "Hold",
    "Language",
    "Phase",
    "Post",
    "PostOutcome",
    "PostTally",
    "PostTheme",
    "PostWords",
    "Question",
    "Removal",
    "Report",
    "Theme",
    "ThemeMerge",
    "ThreadNotice",
    "Thumb",
    "Thumbs",
    "Translation",
]
