"""A process whose parent is killed does not outlive it: it would keep the port, or the jobs."""

import ctypes
import os
import signal
import sys

SET_PARENT_DEATH_SIGNAL = 1  # <linux/prctl.h>


def end_with_parent(parent=None):
    """Asks the kernel for a SIGTERM when the parent ends, however it ends; `parent`, its id when it is known, says
    whether it had ended before that. Linux only: nothing elsewhere."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        if parent is not None and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
