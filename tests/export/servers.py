"""Real web servers on loopback, that answer from an export by the rules written with it."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

NGINX = """\
daemon off; master_process off; worker_processes 1; pid {work}/pid; error_log {work}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {work}/b; proxy_temp_path {work}/p; fastcgi_temp_path {work}/f;
    uwsgi_temp_path {work}/u; scgi_temp_path {work}/s;
    include {out}/.lod/nginx-http.conf;
    server {{ listen 127.0.0.1:{port}; include {out}/.lod/nginx-server.conf; }}
}}
"""
PATHS = "/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin"


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes


Ask = Callable[..., Answer]


def program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:{PATHS}")


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(
    port: int, path: str, method: str = "GET", headers: Mapping[str, str] | None = None
) -> Answer:
    """Ask a server, with the path as it stands, and without following anything."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.putrequest(
            method, quote(path, safe="%/:?=&+,;*'()#~"), skip_accept_encoding=True
        )
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read()
        found: dict[str, str] = {}
        for name, value in response.getheaders():
            found[name] = f"{found[name]}, {value}" if name in found else value
        return Answer(response.status, {k.title(): v for k, v in found.items()}, body)


@contextmanager
def running(
    command: list[str], port: int, log: Path, environment: Mapping[str, str]
) -> Iterator[int]:
    """Run a server until the end of the block, and give its process."""
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, stdout=output, stderr=output, env={**os.environ, **environment}
        )
        try:
            for _ in range(200):
                if server.poll() is not None:
                    break
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            assert server.poll() is None, log.read_text()
            yield server.pid
        finally:
            server.terminate()
            server.wait(20)


@contextmanager
def nginx(out: Path, work: Path) -> Iterator[int]:
    """Run nginx, and give its port."""
    port = free_port()
    configuration = work / "nginx.conf"
    configuration.write_text(NGINX.format(work=work, out=out, port=port), encoding="utf-8")
    command = [program("nginx") or "nginx", "-p", str(work), "-c", str(configuration)]
    with running(command, port, work / "nginx.log", {}):
        yield port


APACHE = """\
ServerRoot {work}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {work}/pid
ErrorLog {work}/error.log
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule alias_module {modules}/mod_alias.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule rewrite_module {modules}/mod_rewrite.so
TypesConfig /etc/mime.types
{user}StartServers 1
DocumentRoot {out}
Alias /lod {out}
RewriteMap lod-keys txt:{out}/.lod/keys.txt
<Directory {out}>
    AllowOverride All
    Require all granted
</Directory>
"""


@contextmanager
def apache(out: Path, work: Path) -> Iterator[int]:
    """Run Apache, and give its port."""
    port = free_port()
    configuration = work / "apache.conf"
    modules = "/usr/lib/apache2/modules"
    # Started by root, it takes another user's rights; as anybody else it keeps ours.
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    configuration.write_text(
        APACHE.format(work=work, out=out, port=port, modules=modules, user=user),
        encoding="utf-8",
    )
    command = [program("apache2") or "apache2", "-f", str(configuration), "-D", "FOREGROUND"]
    with running(command, port, work / "apache.log", {}):
        yield port


CADDY = """\
{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    import {out}/.lod/Caddyfile
}}
"""


@contextmanager
def caddy(out: Path, work: Path) -> Iterator[int]:
    """Run Caddy, and give its port."""
    port = free_port()
    configuration = work / "Caddyfile"
    configuration.write_text(CADDY.format(out=out, port=port), encoding="utf-8")
    command = [program("caddy") or "caddy", "run", "--config", str(configuration)]
    home = {"HOME": str(work), "XDG_DATA_HOME": str(work), "XDG_CONFIG_HOME": str(work)}
    with running([*command, "--adapter", "caddyfile"], port, work / "caddy.log", home):
        yield port


class Server(NamedTuple):
    """A web server, and how it compares.

    Attributes:
        program: that runs it.
        run: starts it.
        equal: how many of the cases it answers as the server does.
    """

    program: str
    run: Callable[[Path, Path], AbstractContextManager[int]]
    equal: int


SERVERS = {
    "nginx": Server("nginx", nginx, 264),
    "apache": Server("apache2", apache, 258),
    "caddy": Server("caddy", caddy, 266),
}
