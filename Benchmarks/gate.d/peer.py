"""One cell of the gate's benchmark for one peer, or for the floor.

Prints one line, its values between tabs, as gate-bench does for Slipway:
  starts  callers, starts a second, p50 and p99 in ms
  storm   starts a second, accepted, bytes written to the log
  drain   runs, runs a second
"""

import argparse
import asyncio
import importlib
import time

from drivers.base import Place

DRIVERS = {
    "floor": ("drivers.floor", "Floor"),
    "pgqueuer": ("drivers.pgqueuer", "PgQueuerDriver"),
    "awa": ("drivers.awa", "AwaDriver"),
    "awa_queue_storage": ("drivers.awa", "AwaQueueStorageDriver"),
    "procrastinate": ("drivers.procrastinate", "ProcrastinateDriver"),
    "chancy": ("drivers.chancy", "ChancyDriver"),
}
WARM_UP = 0.5  # seconds of starts that are not counted


async def starts(driver, options):
    """A closed loop: each caller asks for the next start when it has the answer to the one before."""
    await driver.open()
    begin = time.perf_counter() + WARM_UP
    end = begin + options.seconds
    latencies = []

    async def call(caller):
        count = 0
        now = time.perf_counter()
        while now < end:
            count += 1
            if not await driver.start(f"{caller}-{count}"):
                raise RuntimeError("a unique start was refused")
            after = time.perf_counter()
            if now >= begin:
                latencies.append(after - now)
            now = after

    await asyncio.gather(*(call(caller) for caller in range(options.callers)))
    took = time.perf_counter() - begin
    latencies.sort()
    p50, p99 = (latencies[min(len(latencies) - 1, int(share * len(latencies)))] * 1000 for share in (0.5, 0.99))
    return f"{options.callers}\t{len(latencies) / took:.0f}\t{p50:.2f}\t{p99:.2f}"


async def storm(driver, options):
    """Every caller starts the one key that is already there."""
    await driver.open()
    watcher = await driver.place.connect()
    if not await driver.start("one"):
        raise RuntimeError("the first start was refused")

    async def call():
        return sum([await driver.start("one") for _ in range(options.starts // options.callers)])

    before = await watcher.fetchval("SELECT pg_current_wal_insert_lsn() - '0/0'")
    begin = time.perf_counter()
    accepted = sum(await asyncio.gather(*(call() for _ in range(options.callers))))
    took = time.perf_counter() - begin
    after = await watcher.fetchval("SELECT pg_current_wal_insert_lsn() - '0/0'")
    return f"{options.starts / took:.0f}\t{accepted}\t{after - before}"


async def drain(driver, options):
    await driver.open()
    await driver.preload(options.runs)
    begin = time.perf_counter()
    await driver.work(options.runs)
    return f"{options.runs}\t{options.runs / (time.perf_counter() - begin):.0f}"


CELLS = {"starts": starts, "storm": storm, "drain": drain}


async def measure(options):
    module, name = DRIVERS[options.program]
    driver = getattr(importlib.import_module(module), name)(
        Place(options.host, options.port, options.database), options.pool
    )
    print(await CELLS[options.cell](driver, options), flush=True)
    await driver.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cell", choices=CELLS)
    parser.add_argument("program", choices=DRIVERS)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--callers", type=int, default=64)
    parser.add_argument("--pool", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--starts", type=int, default=5120)
    parser.add_argument("--runs", type=int, default=20000)
    options = parser.parse_args()
    try:
        from uvloop import run
    except ImportError:
        run = asyncio.run
    run(measure(options))


if __name__ == "__main__":
    main()
