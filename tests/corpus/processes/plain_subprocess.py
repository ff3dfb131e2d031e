import subprocess
import sys
import time

began = time.perf_counter()
done = subprocess.run([sys.executable, "-c", "print(input()[::-1])"], input="olleh", capture_output=True, text=True)
print(done.stdout, done.returncode, time.perf_counter() > began)
try:
    subprocess.run(["sleep", "10"], timeout=0.2)
except subprocess.TimeoutExpired as error:
    print("timeout", type(error.timeout).__name__)
try:
    subprocess.run([sys.executable, "-c", "raise SystemExit(2)"], check=True)
except subprocess.CalledProcessError as error:
    print(error.returncode)
print(subprocess.check_output("echo from the shell", shell=True))
with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
    print(process.communicate(b"through a cat"))
