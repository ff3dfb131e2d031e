import sched
import time

scheduler = sched.scheduler(time.monotonic, time.sleep)
for seconds, text in ((0.2, "second"), (0.1, "first"), (0.3, "third")):
    scheduler.enter(seconds, 1, print, (text,))
cancelled = scheduler.enter(0.15, 1, print, ("never",))
scheduler.cancel(cancelled)
scheduler.run()
print(scheduler.empty())
