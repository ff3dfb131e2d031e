import concurrent.futures as futures
import time


def work(seconds):
    time.sleep(seconds)
    if seconds > 0.25:
        raise ValueError(seconds)
    return seconds


with futures.ThreadPoolExecutor(3) as pool:
    jobs = [pool.submit(work, seconds) for seconds in (0.2, 0.05, 0.3)]
    for job in futures.as_completed(jobs):
        print(job.exception() or job.result())
    print(list(pool.map(work, [0.1, 0.05])))
    first = [pool.submit(work, seconds) for seconds in (0.2, 0.05)]
    done, pending = futures.wait(first, return_when=futures.FIRST_COMPLETED)
    print(len(done), len(pending))
    try:
        list(pool.map(work, [0.2], timeout=0.05))
    except futures.TimeoutError:
        print("too late")
with futures.ThreadPoolExecutor(1) as pool:
    slow, waiting = pool.submit(work, 0.1), pool.submit(work, 0.1)
    time.sleep(0.02)
    print(slow.cancel(), waiting.cancel(), waiting.cancelled())
    pool.shutdown(cancel_futures=True)
