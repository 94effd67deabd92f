"""The yield of a question as a file, in each form that a coordinator can choose."""

from posts.exports.document import docx_file
from posts.exports.workbook import xlsx
from werkplaats import spreadsheets

FORMS = {"xlsx": xlsx, "docx": docx_file}
CONTENT_TYPES = {
    "xlsx": spreadsheets.CONTENT_TYPE,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
