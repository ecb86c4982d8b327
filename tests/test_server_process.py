"""A process is known by its command line, also while it becomes another program or ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from graph.server_process import command_line

pytestmark = pytest.mark.skipif(not os.path.exists("/proc/self"), reason="only /proc shows the moment")


def test_a_process_that_becomes_another_program_is_never_without_a_command_line() -> None:
    for _ in range(30):
        command = ["/bin/sh", "-c", "exec sleep 5"]
        process = subprocess.Popen(command)
        try:
            until = time.monotonic() + 0.05
            while time.monotonic() < until:
                assert "sleep" in command_line(process.pid)
        finally:
            process.kill()
            process.wait()


def test_a_dead_process_has_none_at_once() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    began = time.monotonic()
    assert command_line(process.pid) == ""
    assert time.monotonic() - began < 5
    process.wait()
    assert command_line(process.pid) == ""
