"""A pool of processes, each with its own model, over chunks of documents; results come in the order of the input."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from kronika.engine.chunk import read_chunk
from kronika.errors import KronikaError
from kronika.records import Document, Report
from kronika.sources import Refusal

#: Chunks under way or waiting for each worker: enough to keep it busy, few enough to bound the memory.
_AHEAD = 3


def run_pool(chunks: Iterator[Sequence[Document]], workers: int) -> Iterator[list[Report | Refusal]]:
    """Yield the results of each chunk, in order.

    Processes are spawned, not forked: the same on every system, and safe beside threads.

    Raises:
        KronikaError: a worker process was killed.
    """
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[list[Report | Refusal]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_die_with_parent) as pool:
        try:
            for chunk in chunks:
                with _uninterrupted():
                    waiting.append(pool.submit(read_chunk, chunk))
                if len(waiting) >= workers * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise KronikaError(
                "a worker process was killed, perhaps for want of memory",
                "run the command again with fewer workers: it goes on where it stopped",
            ) from error
        finally:
            for future in waiting:
                future.cancel()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach, since it goes to all of a terminal: the parent ends them, in peace.

    A signal that comes meanwhile waits for the parent.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _die_with_parent() -> None:
    """End this worker when the process that started it is gone, however it ended."""
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
