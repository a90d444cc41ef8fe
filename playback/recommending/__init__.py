"""What goes with what: plain mathematics over numpy and scipy, without Django.

Imported by nobody at the start of a program: numpy and scipy cost memory that pages do not need.
"""

import os

# One thread: a worker is one of several on its machine, and more threads only wait for each other. Counts only where
# nobody has loaded numpy before.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
