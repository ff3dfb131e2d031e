import multiprocessing


def produce(queue, count):
    for number in range(count):
        queue.put(number * 10)
    queue.put(None)


if __name__ == "__main__":
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=produce, args=(queue, 3))
    process.start()
    for item in iter(queue.get, None):
        print("item", item)
    process.join()
    print(process.exitcode)
