"""nginx and Caddy, started on loopback with the files of docs/proxy."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.web.test_serve import free_port

NAMES = ("nginx", "caddy")
HOST = "localhost"
OWN = {"connection", "date", "keep-alive", "server", "transfer-encoding"}
"""Headers that are each server's own."""
ADDED = {"alt-svc", "cache-status", "strict-transport-security"}
"""Headers that the proxies add, as their files say."""
_TRUSTING = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
_TRUSTING.check_hostname, _TRUSTING.verify_mode = False, ssl.CERT_NONE
# What Debian's nginx.conf has around a site that could harm: compression, and a log of addresses.
_AROUND = """\
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/nginx.error.log;
events {{ worker_connections 2048; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    gzip on;
    include {folder}/lod.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def same(self) -> tuple[int, dict[str, str], bytes]:
        """Return what must be the same through a proxy."""
        # A 304 may repeat it where the ETag does the work. Spec: RFC 9110, 15.4.5
        odd = {"last-modified"} if self.status == 304 else set()
        kept = {n: v for n, v in self.headers.items() if n not in OWN | ADDED | odd}
        return self.status, kept, self.body


@dataclass(frozen=True)
class Site:
    """A server to ask: `lod` itself or a proxy, which speaks TLS.

    Attributes:
        port: where it listens.
        secure: whether it speaks TLS.
        folder: of its configuration and its logs.
        plain: the port that redirects to TLS.
    """

    port: int
    secure: bool = False
    folder: Path = Path()
    plain: int = 0

    def connect(self, source: str = "127.0.0.1", window: int = 0) -> socket.socket:
        """Open a connection that comes from an address of the loopback network."""
        connection = socket.socket()
        try:
            if window:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
            connection.settimeout(30)
            connection.bind((source, 0))
            connection.connect(("127.0.0.1", self.port))
            return (
                _TRUSTING.wrap_socket(connection, server_hostname=HOST)
                if self.secure
                else connection
            )
        except OSError:
            connection.close()
            raise

    def ask(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
        body: bytes | None = None,
        source: str = "127.0.0.1",
    ) -> Answer:
        """Send a request as it is: the path byte by byte, and no header that isn't given."""
        client = http.client.HTTPConnection("127.0.0.1", timeout=30)
        client.sock = self.connect(source)
        try:
            client.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            given = {"Host": HOST, **(headers or {})}
            given |= {} if body is None else {"Content-Length": str(len(body))}
            for name, value in given.items():
                client.putheader(name, value)
            client.endheaders(body)
            response = client.getresponse()
            found: dict[str, str] = {}
            for name, value in response.getheaders():
                assert name.lower() not in found, f"{name} twice"
                found[name.lower()] = value
            return Answer(response.status, found, response.read())
        finally:
            client.close()


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    whose = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-days", "2"]
    subprocess.run(
        ["openssl", "req", "-x509", *kind, *whose, "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    return certificate, key


def _file(name: str, changes: Mapping[str, str]) -> str:
    """Return a file of docs/proxy with places and ports changed, each of which must be there."""
    text = (ROOT / "docs" / "proxy" / name).read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def _nginx(folder: Path, upstream: int, site: Site, changes: Mapping[str, str]) -> list[str]:
    certificate, key = _certificate(folder)
    places = {
        "listen [::]:80;": "",
        "listen [::]:443 ssl http2;": "",
        "listen 80;": f"listen 127.0.0.1:{site.plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{site.port} ssl http2;",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{upstream};",
        "/etc/ssl/lod.example.org.pem": str(certificate),
        "/etc/ssl/private/lod.example.org.key": str(key),
        "/var/cache/nginx/lod": f"{folder}/cache",
        "/var/log/nginx/": f"{folder}/",
    }
    (folder / "lod.conf").write_text(_file("nginx.conf", {**places, **changes}), encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    around = folder / "nginx.conf"
    around.write_text(_AROUND.format(folder=folder, user=user), encoding="utf-8")
    return ["nginx", "-c", str(around), "-e", str(folder / "start.log")]


def _caddy(folder: Path, upstream: int, site: Site, changes: Mapping[str, str]) -> list[str]:
    certificate, key = _certificate(folder)
    # Beside the address and the certificate: no port for its administration, none for redirects.
    places = {
        "lod.example.org {": f"https://{HOST}:{site.port} {{\n"
        f"\tbind 127.0.0.1\n\ttls {certificate} {key}",
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "{\n\tservers {": "{\n\tadmin off\n\tauto_https disable_redirects\n\tservers {",
    }
    (folder / "Caddyfile").write_text(_file("Caddyfile", {**places, **changes}), encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@contextmanager
def proxy(
    name: str, folder: Path, upstream: int, changes: Mapping[str, str] | None = None
) -> Iterator[Site]:
    """Run a proxy in front of a port."""
    if shutil.which(name) is None or shutil.which("openssl") is None:
        pytest.skip(f"{name} or openssl isn't installed")
    site = Site(free_port(), True, folder, free_port())
    command = {"nginx": _nginx, "caddy": _caddy}[name](folder, upstream, site, changes or {})
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "output.log").open("w") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env={**os.environ, **home}
        )
        try:
            _wait(site, process)
            yield site
        finally:
            process.terminate()
            process.wait(20)


def _wait(site: Site, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        try:
            site.connect().close()
            return
        except OSError:
            assert process.poll() is None, (site.folder / "output.log").read_text()
            time.sleep(0.1)
    pytest.fail("the proxy doesn't answer")
