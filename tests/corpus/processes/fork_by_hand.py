import os
import sys

reading, writing = os.pipe()
sys.stdout.flush()
pid = os.fork()
if pid == 0:
    os.close(reading)
    os.write(writing, b"child says hello")
    os._exit(5)
os.close(writing)
with os.fdopen(reading, "rb") as stream:
    print(stream.read())
_, status = os.waitpid(pid, 0)
print(os.waitstatus_to_exitcode(status))
