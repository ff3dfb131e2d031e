import multiprocessing


def child(connection, counter):
    connection.send({"number": connection.recv() + 1})
    with counter.get_lock():
        counter.value += 5
    connection.close()


if __name__ == "__main__":
    ours, theirs = multiprocessing.Pipe()
    counter = multiprocessing.Value("i", 1)
    process = multiprocessing.Process(target=child, args=(theirs, counter))
    process.start()
    ours.send(41)
    print(ours.recv())
    process.join()
    print(counter.value, process.is_alive())
