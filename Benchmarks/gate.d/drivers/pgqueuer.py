"""pgqueuer: dedupe_key with duplicates skipped; a worker in batches of 100."""

import asyncio
from datetime import timedelta

from pgqueuer import PgQueuer
from pgqueuer.db import AsyncpgPoolDriver
from pgqueuer.queries import Queries

from drivers.base import Driver

BATCH = 100
WORKER_SESSIONS = 5  # its own default


class PgQueuerDriver(Driver):
    finished = "SELECT NOT EXISTS (SELECT 1 FROM pgqueuer) AND $1 > 0"

    async def open(self):
        self.pool = await self.place.asyncpg_pool(self.sessions)
        self.queries = Queries(AsyncpgPoolDriver(self.pool))
        await self.queries.install()

    async def start(self, key):
        ids = await self.queries.enqueue("nothing", b"", dedupe_key=key, on_conflict="skip")
        return ids[0] is not None

    async def preload(self, runs):
        for begin in range(0, runs, 1000):
            count = min(1000, runs - begin)
            await self.queries.enqueue(["nothing"] * count, [b""] * count, [0] * count)

    async def work(self, runs):
        pool = await self.place.asyncpg_pool(WORKER_SESSIONS)
        worker = PgQueuer(AsyncpgPoolDriver(pool))

        @worker.entrypoint("nothing")
        async def nothing(_job):
            self.handled += 1

        # A job leaves the table in the transaction that logs its completion.
        running = asyncio.create_task(worker.run(batch_size=BATCH))
        await self.all_finished(runs)
        self.stopping = (worker, running, pool)

    async def close(self):
        if hasattr(self, "stopping"):
            worker, running, pool = self.stopping
            worker.shutdown.set()
            await running
            await pool.close()
        await self.pool.close()
