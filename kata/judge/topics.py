"""What an assert of a hidden test is about: a word that a diagnosis can rely on, beside the sentence for the learner.

A diagnosis must not read sentences: worded anew, they would silence it. So where the comparison alone does not say what
was looked at, the assert names it:

    assert not left, about("threads left", f"{left} threads were still alive when it was over")
"""

from __future__ import annotations

from typing import Any, Literal, get_args

__all__ = ["TOPICS", "Topic", "about"]

Topic = Literal[
    "cancelled again",
    "coroutine",
    "error kept",
    "in turn",
    "kept in memory",
    "loop left open",
    "no error",
    "not woken",
    "others run on",
    "raised in a thread",
    "several loops",
    "thread used",
    "threads left",
    "together",
]

TOPICS: dict[str, str] = {
    "cancelled again": "a task that was cleaning up was asked to cancel once more",
    "coroutine": "what should be an ordinary function gave a coroutine object; ``function`` is its name",
    "error kept": "``error`` should have left, and did not; with ``told`` it should be told of, and was not",
    "in turn": "things were done at the same time, and should follow one another; ``calls`` are two of them",
    "kept in memory": "objects were still in memory when they should be gone",
    "loop left open": "an event loop was not closed; ``failed`` says whether an error came",
    "no error": "``error`` came out, which none should: the error, what ``repr`` gives of it, or its class and text",
    "not woken": "another thread called what should wake the event loop, and it slept on",
    "others run on": "at second ``moment`` the others should have been stopped; None where that is not said",
    "raised in a thread": "a function that another thread called raised an error there",
    "several loops": "something ran in another event loop than it should",
    "thread used": "a thread did something, and none should",
    "threads left": "threads were still alive when they should have ended",
    "together": "calls should have begun at the same time, and some began later",
}
"""What each topic says, and which facts come with it."""

assert set(TOPICS) == set(get_args(Topic))


def about(topic: Topic, text: str, **facts: Any) -> str:
    """The message of an assert, and what it is about.

    Args:
        topic: one of `TOPICS`; a diagnosis finds it in the source of the assert.
        text: what the learner reads.
        facts: what a diagnosis needs to know besides, as `TOPICS` says. Names, numbers and errors of the test.

    Returns:
        The text.

    >>> about("thread used", "a thread was started; none is needed")
    'a thread was started; none is needed'
    """
    if topic not in TOPICS:
        raise ValueError(f"there is no topic {topic!r}; there are {', '.join(TOPICS)}")
    return text
