"""Two processors are better used by two processes: lines are understood and folded beside the one that writes."""

import gc
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Final, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

# Below this many bytes, starting a process takes longer than reading the lines here.
WORTH_A_CREW: Final = 2_000_000
IN_FLIGHT: Final = 3
# Rows by the hundred thousand, and no cycle among them: looking for cycles would take a tenth of the time.
SELDOM: Final = (500_000, 20, 20)


class Alone(Executor):
    """Does each task at once, in this process."""

    def submit(self, do: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(do(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def prepare() -> None:
    """A new process begins without any of its parent's connections, and ends with it, however it ends."""
    import django

    threading.Thread(target=end_with_parent, daemon=True).start()
    django.setup()
    gc.set_threshold(*SELDOM)


def end_with_parent() -> None:
    """Whoever leads may be killed: nobody would ever tell its crew to stop."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)


@contextmanager
def unhurried() -> Iterator[None]:
    """The one who leads looks for cycles as seldom as its crew, until it has finished."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def crew_for(size: int, hands: int | None = None) -> Iterator[Executor]:
    """
    Helpers for so many bytes of work, one processor being left to whoever leads unless `hands` are asked.

    They are new processes, so that no connection is shared with them.
    """
    if size < WORTH_A_CREW:
        yield Alone()
        return
    hands = hands or (os.cpu_count() or 2) - 1
    pool = ProcessPoolExecutor(
        max(1, min(4, hands)), mp_context=multiprocessing.get_context("spawn"), initializer=prepare
    )
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def in_order(
    crew: Executor, do: Callable[[Task], Result], tasks: Iterable[Task], at_once: int = IN_FLIGHT
) -> Iterator[tuple[Task, Result]]:
    """Results in the order of the tasks, with only a few in flight: a long file is never held in memory."""
    waiting: deque[tuple[Task, Future[Result]]] = deque()
    for task in tasks:
        waiting.append((task, crew.submit(do, task)))
        if len(waiting) >= at_once:
            task, future = waiting.popleft()
            yield task, future.result()
    while waiting:
        task, future = waiting.popleft()
        yield task, future.result()
