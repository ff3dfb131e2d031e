"""Right: asks for the result and catches what comes."""

import asyncio


def watch(tasks, show):
    counters = dict.fromkeys(["done", "failed", "cancelled"], 0)

    def count(task):
        try:
            task.result()
        except asyncio.CancelledError:
            word = "cancelled"
        except Exception:
            word = "failed"
        else:
            word = "done"
        counters[word] += 1
        show(*counters.values())

    for task in tasks:
        task.add_done_callback(count)
