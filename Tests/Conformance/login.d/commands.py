"""A person at another machine's terminal: `slipway` with a folder of its own for what it keeps."""

import json
import os
import pty
import queue
import re
import select
import subprocess
import termios
import threading
import time

from console import Wrong, expect

PATIENCE = 60  # seconds a command may take before it counts as hung


class Waiting:
    """A sign-in that waits for its person: what it has said so far, and how it ends."""

    def __init__(self, process):
        self.process = process
        self.said = []
        self.lines = queue.Queue()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stderr:
            self.lines.put(line)
        self.lines.put(None)

    def device(self):
        """The address with the code in it, and the code."""
        while (line := self.next()) is not None:
            self.said.append(line)
            found = re.search(r"^or open (\S+) ", line)
            if found:
                code = re.search(r"the code (\S+)", "".join(self.said))
                return found.group(1), code and code.group(1)
        raise Wrong(f"the login shows no address\nseen: {''.join(self.said)}")

    def next(self):
        try:
            return self.lines.get(timeout=PATIENCE)
        except queue.Empty as empty:
            raise Wrong(f"the login says nothing more\nseen: {''.join(self.said)}") from empty

    def end(self):
        """Status, output and complaint."""
        try:
            self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired as late:
            raise Wrong("the login does not end") from late
        self.reader.join()
        while not self.lines.empty():
            self.said.append(self.lines.get() or "")
        return self.process.returncode, self.process.stdout.read(), "".join(self.said)

    def kill(self):
        self.process.kill()
        self.process.wait()


class Commands:
    def __init__(self, slipway, server, folder):
        self.slipway = slipway
        self.server = server
        self.folder = folder
        self.environment = os.environ | {"XDG_CONFIG_HOME": f"{folder}/config"}

    @property
    def file(self):
        return f"{self.folder}/config/slipway/servers.json"

    def kept(self):
        """What is kept for the server; None for nothing."""
        if not os.path.exists(self.file):
            return None
        with open(self.file, encoding="utf-8") as file:
            return json.load(file)["servers"].get(self.server)

    def keep(self, login):
        with open(self.file, "w", encoding="utf-8") as file:
            json.dump({"servers": {self.server: login}}, file)

    def begin(self, *arguments):
        return Waiting(
            subprocess.Popen(
                [self.slipway, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=self.environment,
            )
        )

    def type(self, text, *arguments):
        """Status, and all that a terminal shows of it: the text is typed once something is asked for."""
        ours, theirs = pty.openpty()
        command = [self.slipway, *arguments]
        process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=self.environment)
        os.close(theirs)
        shown, is_typed = b"", False
        try:
            while select.select([ours], [], [], PATIENCE)[0]:
                try:
                    piece = os.read(ours, 4096)
                except OSError:  # so ends a terminal that nobody has open any more
                    break
                shown += piece
                if b": " in shown and not is_typed:
                    # What is typed before the terminal stops showing it would be thrown away.
                    while process.poll() is None and termios.tcgetattr(ours)[3] & termios.ECHO:
                        time.sleep(0.01)
                    os.write(ours, text.encode())
                    is_typed = True
            return process.wait(timeout=PATIENCE), shown.decode()
        finally:
            process.kill()
            os.close(ours)

    def run(self, *arguments, status=0, given=""):
        """What it printed; it ends with that status."""
        done = subprocess.run(
            [self.slipway, *arguments],
            input=given,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env=self.environment,
        )
        seen = f"{done.returncode}: {done.stdout[:300]}{done.stderr[:300]}"
        expect(done.returncode == status, f"slipway {' '.join(arguments[:3])} ends with {status}", seen)
        return done.stdout if status == 0 else done.stderr
