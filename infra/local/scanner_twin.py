"""A stand-in for clamd on one machine and in tests: speaks INSTREAM and knows one thing, the EICAR test string.

    .venv/bin/python -m infra.local.scanner_twin 3310        and HAMAYNK_CLAMD_URL=tcp://127.0.0.1:3310

It protects from nothing. Its VERSION says so, and production does not accept it.
"""

import socketserver
import struct
import sys

VERSION = "Hamaynk sandbox scanner, knows EICAR only"
# In two parts, so that a scanner does not remove this very file. https://www.eicar.org/download-anti-malware-testfile/
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LONGEST = 64 * 2**20


class Conversation(socketserver.StreamRequestHandler):
    """One connection: one command."""

    timeout = 30

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0") and len(command) < 64:
            sign = self.rfile.read(1)
            if not sign:
                return
            command += sign
        answers = {b"zPING\0": "PONG", b"zVERSION\0": VERSION}
        said = self.scanned() if command == b"zINSTREAM\0" else answers.get(command, "UNKNOWN COMMAND")
        self.wfile.write(said.encode() + b"\0")

    def scanned(self) -> str:
        content = b""
        while True:
            head = self.rfile.read(4)
            if len(head) < 4:
                return "stream: broken off ERROR"
            (length,) = struct.unpack("!I", head)
            if not length:
                return "stream: Eicar-Test-Signature FOUND" if EICAR in content else "stream: OK"
            content += self.rfile.read(length)
            if len(content) > LONGEST:
                return "INSTREAM size limit exceeded. ERROR"


class Twin(socketserver.ThreadingTCPServer):
    """Listens on loopback only."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Conversation)

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"


def main() -> int:
    with Twin(int(sys.argv[1]) if len(sys.argv) > 1 else 3310) as twin:
        print(f"{VERSION}: {twin.url}", flush=True)
        try:
            twin.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
