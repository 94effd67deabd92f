"""What the log leaves out: a link of a mail opens what is somebody's own, so its token is no business of who reads."""

import logging


class WithoutTokens(logging.Filter):
    """Writes an ellipsis for the token in the address that a line about a request tells."""

    def filter(self, record: logging.LogRecord) -> bool:
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        token = match.kwargs.get("token") if match else None
        if token and isinstance(record.args, tuple):
            record.args = tuple(each.replace(token, "…") if isinstance(each, str) else each for each in record.args)
        return True
