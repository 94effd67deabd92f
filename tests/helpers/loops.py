"""Coroutines, run from tests that have no loop of their own."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """What the coroutine answers, or what it raises.

    In a thread of its own: Playwright leaves a loop running in this one, and which tests come after a browser's in one
    process is chance.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()  # noqa: TID251
