"""Whoever asks and never reads the answer: its connection would stay, and the answer with it, for ever."""

import os
import socket
import stat
from contextlib import suppress

from django.conf import settings

FILES = "/proc/self/fd"


def hang_up_on_the_silent(port):
    """Connections of this process at `port`, and those to come, end once nothing of what is sent to them is read for
    SILENT_SECONDS. The kernel does it, on Linux: the web server gives no hold on an answer once it is handed over.
    A connection takes the option from the socket that listens.
    """
    if not hasattr(socket, "TCP_USER_TIMEOUT") or not os.path.isdir(FILES):
        return
    for number in map(int, os.listdir(FILES)):
        with suppress(OSError):  # closed meanwhile
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                with socket.socket(fileno=os.dup(number)) as line:
                    _hang_up(line, port)


def _hang_up(line, port):
    if line.family in (socket.AF_INET, socket.AF_INET6) and line.getsockname()[1] == port:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(settings.SILENT_SECONDS * 1000))
