"""The conversation in the admin: moderating contributions, questions with their yield, reports."""

from posts.admin.posts import PostAdmin
from posts.admin.questions import PhaseAdmin, QuestionAdmin
from posts.admin.reports import ReportAdmin
from posts.admin.themes import ThemeAdmin, ThemeMergeAdmin

__all__ = ["PhaseAdmin", "PostAdmin", "QuestionAdmin", "ReportAdmin", "ThemeAdmin", "ThemeMergeAdmin"]
