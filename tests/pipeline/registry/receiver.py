"""A receiver of pushes on loopback that follows docs/push.md, and that fails at random when it is told to.

It keeps what a receiver keeps: for each statement the last word and its turn; and, for the tests, every key that came.
"""

import json
import random
import socket
import struct
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, faults=(), seed=0, refuse=lambda _: None, token=None, most=None, port=0):
        super().__init__(("127.0.0.1", port), _Handler)
        self.faults, self.random, self.refuse = tuple(faults), random.Random(seed), refuse  # noqa: S311 - for faults
        self.token, self.most, self.is_gone = token, most, False
        self.guard = threading.Lock()
        self.held, self.turns, self.bodies = {}, {}, {}
        self.carried_out, self.requests, self.hit = Counter(), [], Counter()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/push"

    def handle_error(self, request, client_address):
        """A client that was killed is no news."""

    def take(self, batch):
        """Carry out a batch: each key once, each statement's turns only forward."""
        refused = []
        for told in batch["statements"]:
            if reason := self.refuse(told):
                refused.append({"key": told["key"], "reason": reason})
                continue
            content = json.dumps(told, sort_keys=True)
            assert self.bodies.setdefault(told["key"], content) == content, "one key, two contents"
            if told["turn"] <= self.turns.get(told["id"], 0):
                continue
            self.turns[told["id"]] = told["turn"]
            self.carried_out[told["key"]] += 1
            if told["op"] == "assert":
                self.held[told["id"]] = told
            else:
                self.held.pop(told["id"], None)
        return refused


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5

    def do_POST(self):
        fault = self.server.random.choice(self.server.faults) if self.server.faults else None
        fault = "reset" if self.server.is_gone else fault
        self.server.hit[fault] += 1
        if fault in {"reset", "hang"}:
            getattr(self, f"fail_{fault}")()
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if fault in {"500", "503", "429"}:
            self.answer(int(fault), b"", {"Retry-After": "0"} if fault != "500" else {})
            return
        self.receive(body, fault)

    def receive(self, body, fault):
        server = self.server
        if server.token and self.headers.get("Authorization") != f"Bearer {server.token}":
            self.answer(401, b"")
            return
        batch = json.loads(body)
        if server.most and len(batch["statements"]) > server.most:
            self.answer(413, b"")
            return
        with server.guard:
            server.requests.append((dict(self.headers), batch))
            refused = server.take(batch)
        if fault == "silent":  # carried out, and the answer is lost
            self.fail_reset()
            return
        answer = json.dumps({"refused": refused}).encode() if refused or server.random.random() < 0.5 else b""
        if fault == "truncated":
            answer = b'{"refused": ['
        self.answer(207 if refused else 200, answer, {"Content-Length": "1000"} if fault == "broken" else {})
        if fault == "broken":
            self.close_connection = True

    def answer(self, status, body, headers=None):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def fail_reset(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def fail_hang(self):
        time.sleep(0.4)
        self.close_connection = True

    def log_message(self, *_):
        pass

    def finish(self):
        with suppress(OSError, ValueError):
            super().finish()


@contextmanager
def receiving(**options):
    server = Receiver(**options)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.is_gone = True  # for connections that are kept open
        server.shutdown()
        server.server_close()
        thread.join(5)
