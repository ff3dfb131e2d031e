import concurrent.futures
import multiprocessing
import os
import time


def work(number):
    time.sleep(number / 20)
    return number * number


def where(_):
    return os.getpid()


if __name__ == "__main__":
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool:
        print(list(pool.map(work, range(4))))
        jobs = {pool.submit(work, number): number for number in (6, 1)}
        for job in concurrent.futures.as_completed(jobs):
            print(jobs[job], job.result())
        print(os.getpid() in list(pool.map(where, range(3))))
