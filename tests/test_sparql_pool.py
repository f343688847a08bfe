"""Queries of strangers: time, memory, size, places, processes."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from lod.build import Built
from lod.sparql.pool import Limits, Pool, QueryError, Question, Setting
from lod.store import Store
from tests.conftest import ROOT

HEAVY = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(STR(?a)) + STRLEN(STR(?d)) = 1) }"
)
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
ALL = "SELECT * { ?s ?p ?o }"

MakePool = Callable[..., Pool]


def question(query: str, format_: str = ".json", graph: bool = False) -> Question:
    return Question(query, format_, graph, union=True)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]


def soon(true: Callable[[], bool], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.05)
    return true()


@pytest.fixture(scope="module")
def setting(real: tuple[Path, Built]) -> Setting:
    store = Store(real[1].release)
    base = store.space.base
    return Setting(str(store.release.path / "store"), base, f"{base}sparql", store.style.values)


@pytest.fixture
def make_pool(setting: Setting) -> Iterator[MakePool]:
    made: list[Pool] = []

    def make(**limits: float) -> Pool:
        pool = Pool(setting, Limits(**limits))  # type: ignore[arg-type]
        made.append(pool)
        return pool

    yield make
    for pool in made:
        pool.close()


def test_it_starts_with_the_first_query(make_pool: MakePool) -> None:
    pool = make_pool()
    assert pool.processes == []
    with pool.run(question("ASK { ?s ?p ?o }")) as result:
        assert json.loads(result.read())["boolean"] is True
    first = pool.processes
    assert len(first) == 1
    pool.run(question("ASK { ?s ?p ?o }")).close()
    assert pool.processes == first, "the process is used again"
    pool.close()
    assert not alive(first[0])


def test_a_pool_that_is_forgotten_leaves_no_process(setting: Setting) -> None:
    pool = Pool(setting, Limits())
    pool.run(question("ASK {}")).close()
    (process,) = pool.processes
    del pool
    gc.collect()
    assert not alive(process)


def test_a_query_ends_at_its_deadline(make_pool: MakePool) -> None:
    pool = make_pool(seconds=1)
    start = time.monotonic()
    with pytest.raises(QueryError, match="deadline"):
        pool.run(question(HEAVY))
    assert time.monotonic() - start < 5
    assert pool.processes == [], "its process is gone"
    pool.run(question("ASK { ?s ?p ?o }")).close()


def test_memory_is_bounded(make_pool: MakePool) -> None:
    pool = make_pool(seconds=60, memory=64 * 1024 * 1024)
    with pytest.raises(QueryError, match="memory"):
        pool.run(question(HUNGRY))
    pool.run(question("ASK { ?s ?p ?o }")).close()


def test_a_stack_that_overflows_is_no_more_than_an_error(make_pool: MakePool) -> None:
    pool = make_pool()
    deep = "(" * 30_000
    with pytest.raises(QueryError):
        pool.run(question(f"SELECT ({deep}1{')' * 30_000} AS ?x) {{}}"))
    pool.run(question("ASK { ?s ?p ?o }")).close()


def test_results_are_bounded_and_never_cut(make_pool: MakePool) -> None:
    pool = make_pool(seconds=60, size=200_000)
    with pytest.raises(QueryError, match="size"):
        pool.run(question(ALL, ".csv"))
    with pool.run(question(f"{ALL} LIMIT 500", ".csv")) as result:
        assert result.read().count(b"\r\n") == 501


def test_a_large_result_is_whole_and_takes_little_memory(make_pool: MakePool) -> None:
    pool = make_pool(seconds=120)
    with pool.run(question("CONSTRUCT WHERE { ?s ?p ?o }", ".nt", graph=True)) as result:
        size = result.seek(0, 2)
        result.seek(0)
        lines = sum(1 for _ in result)
    with pool.run(question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) as counted:
        found = json.loads(counted.read())["results"]["bindings"][0]["n"]["value"]
    assert lines == int(found)
    assert size > 20_000_000
    peak = Path("/proc/self/status").read_text()
    assert "VmHWM" in peak


@pytest.mark.parametrize("extension", [".ttl", ".jsonld", ".nt", ".rdf"])
def test_graphs_are_the_same_in_every_format(make_pool: MakePool, extension: str) -> None:
    pool = make_pool()
    query = "DESCRIBE <https://lod.example.org/id/board/kommunales-open-source-board>"
    formats = {
        ".ttl": ox.RdfFormat.TURTLE,
        ".jsonld": ox.RdfFormat.JSON_LD,
        ".nt": ox.RdfFormat.N_TRIPLES,
        ".rdf": ox.RdfFormat.RDF_XML,
    }
    with (
        pool.run(question(query, extension, graph=True)) as result,
        pool.run(question(query, ".nt", graph=True)) as plain,
    ):
        found = {quad.triple for quad in ox.parse(result.read(), formats[extension])}
        assert found == {quad.triple for quad in ox.parse(plain.read(), formats[".nt"])}
    assert len(found) > 10


def test_blank_nodes_that_a_query_makes_are_written(make_pool: MakePool) -> None:
    query = "CONSTRUCT { [] <urn:x:p> ?n } WHERE { VALUES ?n { 1 2 } }"
    for extension in (".ttl", ".jsonld", ".nt", ".rdf"):
        with make_pool().run(question(query, extension, graph=True)) as result:
            assert result.read()


def test_a_full_queue_refuses(make_pool: MakePool) -> None:
    pool = make_pool(workers=1, queue=1, seconds=4, patience=0.5)
    errors: list[str] = []

    def run() -> None:
        with suppress(QueryError):
            pool.run(question(HEAVY)).close()

    def wait() -> None:
        try:
            pool.run(question("ASK {}"))
        except QueryError as error:
            errors.append(error.kind)

    running = threading.Thread(target=run)
    running.start()
    assert soon(lambda: pool.running == 1)
    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.1)
    start = time.monotonic()
    with pytest.raises(QueryError, match="busy"):
        pool.run(question("ASK {}"))
    assert time.monotonic() - start < 0.3, "it is refused at once"
    waiting.join()
    assert errors == ["busy"], "who waits is refused when patience is over"
    running.join()
    pool.run(question("ASK {}")).close()


def test_who_waits_comes_next(make_pool: MakePool) -> None:
    pool = make_pool(workers=1, queue=5, patience=30)
    done: list[int] = []

    def run(number: int) -> None:
        pool.run(question(f"{ALL} LIMIT 2000")).close()
        done.append(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == list(range(5))
    assert len(pool.processes) == 1


def test_a_client_that_goes_away_frees_its_worker(make_pool: MakePool) -> None:
    pool = make_pool(seconds=60)
    gone = threading.Event()
    threading.Timer(0.5, gone.set).start()
    start = time.monotonic()
    with pytest.raises(QueryError, match="gone"):
        pool.run(question(HEAVY), gone.is_set)
    assert time.monotonic() - start < 10
    assert (pool.processes, pool.running) == ([], 0)


def test_a_query_that_arrives_sends_no_signal(make_pool: MakePool) -> None:
    # A signal for each query could end the worker, were the machine slow at the wrong moment.
    pool = make_pool()
    pool.run(question("ASK {}")).close()
    (process,) = pool.processes
    facts = Path(f"/proc/{process}/fdinfo/0").read_text().splitlines()
    flags = next(int(line.split()[1], 8) for line in facts if line.startswith("flags:"))
    assert not flags & os.O_ASYNC


def test_a_worker_that_dies_is_replaced(make_pool: MakePool) -> None:
    pool = make_pool()
    pool.run(question("ASK {}")).close()
    (process,) = pool.processes
    os.kill(process, signal.SIGKILL)
    # It has ended once its parent is told, which is when the last of its threads has.
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    pool.run(question("ASK {}")).close()
    assert pool.processes != [process]


def test_closing_lets_queries_end(make_pool: MakePool) -> None:
    pool = make_pool(seconds=60)
    found: list[bytes] = []

    def run() -> None:
        with pool.run(question(f"{ALL} LIMIT 100000", ".csv")) as result:
            found.append(result.read())

    thread = threading.Thread(target=run)
    thread.start()
    assert soon(lambda: len(pool.processes) == 1)
    pool.close()
    thread.join()
    assert found[0].count(b"\r\n") == 100_001
    assert pool.processes == []


@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("query", [HEAVY, "ASK {}"])
def test_no_process_outlives_its_pool(setting: Setting, way: signal.Signals, query: str) -> None:
    given = json.dumps({**setting.__dict__, "values": {}})
    code = f"""
import json, threading, time
from lod.sparql.pool import Limits, Pool, Question, Setting
pool = Pool(Setting(**json.loads({given!r})), Limits(seconds=60))
asked = Question({query!r}, ".json", False, True)
threading.Thread(target=lambda: pool.run(asked), daemon=True).start()
while not pool.processes: time.sleep(0.02)
time.sleep(0.4)
print(pool.processes[0], flush=True)
time.sleep(60)
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        text=True,
    )
    with parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        assert alive(process)
        parent.send_signal(way)
        parent.wait(20)
    assert soon(lambda: not alive(process))


def test_the_kernel_refuses_the_network(setting: Setting) -> None:
    """The second line: what if a query with SERVICE got through?"""
    hits: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815 (the library's name)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        pool = Pool(setting, Limits())
        for query in (
            f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE <http://localhost:{server.server_port}/> {{ ?s ?p ?o }} }}",
        ):
            with pytest.raises(QueryError):
                pool.run(question(query))
        pool.run(question(f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}")).close()
        for query in (
            f"SELECT * FROM <{address}> FROM NAMED <{address}n> {{ ?s ?p ?o }}",
            f"SELECT * {{ GRAPH <{address}> {{ ?s ?p ?o }} }}",
        ):
            with pool.run(Question(query, ".json", False, union=False)) as result:
                assert json.loads(result.read())["results"]["bindings"] == []
        pool.close()
        assert hits == []
        list(ox.Store().query(f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
        assert hits, "the listener does listen"
        server.shutdown()


def test_workers_stand_back(make_pool: MakePool) -> None:
    pool = make_pool()
    pool.run(question("ASK {}")).close()
    (process,) = pool.processes
    assert os.getpriority(os.PRIO_PROCESS, process) == 19
    assert Path(f"/proc/{process}/oom_score_adj").read_text().strip() == "1000"
    assert "Seccomp:\t2" in Path(f"/proc/{process}/status").read_text()


def test_a_store_that_is_missing_is_an_error(setting: Setting) -> None:
    wrong = Setting("/nowhere", setting.base, setting.endpoint, {})
    with pytest.raises(QueryError, match="start"):
        Pool(wrong, Limits()).run(question("ASK {}"))


@pytest.mark.parametrize("query", ["SELECT", "CONSTRUCT:a{}", "SELECT * { ?s ?p }", ""])
def test_mistakes_keep_the_worker(make_pool: MakePool, query: str) -> None:
    pool = make_pool()
    with pytest.raises(QueryError, match="error at 1:"):
        pool.run(question(query))
    (process,) = pool.processes
    pool.run(question("ASK {}")).close()
    assert pool.processes == [process]
