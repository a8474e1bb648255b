"""What a process of a crew runs: documents in by standard input, outcomes out by standard output."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys


def serve() -> None:
    """Do the work that comes first for every document that comes after, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the crew's process decides when to stop
    requests = sys.stdin.buffer
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library may print belongs to no reply,
    sys.stdout = sys.stderr  # and is not lost with the process
    try:
        work = pickle.load(requests)
        ready: object = True
    except Exception as error:
        ready = error
    pickle.dump(ready, replies, 5)
    replies.flush()
    while ready is True:
        try:
            source = pickle.load(requests)
        except EOFError:
            return
        try:
            pickle.dump(work(source), replies, 5)
            replies.flush()
        except BrokenPipeError:  # the batch was killed meanwhile: nobody waits for the reply
            os._exit(1)
        _keep_loaded()


def _keep_loaded() -> None:
    """Let no collection of garbage look again through what the first document loaded: rules and counts, which stay."""
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()
