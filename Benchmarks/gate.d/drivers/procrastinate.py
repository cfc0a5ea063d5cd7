"""procrastinate: queueing_lock; a worker with a concurrency of 32."""

import asyncio

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued

from drivers.base import Driver

CONCURRENCY = 32


class ProcrastinateDriver(Driver):
    finished = "SELECT count(*) >= $1 FROM procrastinate_jobs WHERE status = 'succeeded'"

    async def open(self):
        size = max(self.sessions, 2)
        self.app = App(connector=PsycopgConnector(conninfo=self.place.conninfo, min_size=size, max_size=size))

        @self.app.task(queue="bench")
        async def nothing(key):
            self.handled += 1

        self.nothing = nothing
        await self.app.open_async()
        await self.app.schema_manager.apply_schema_async()

    async def start(self, key):
        try:
            await self.nothing.configure(queueing_lock=key).defer_async(key=key)
        except AlreadyEnqueued:
            return False
        return True

    async def preload(self, runs):
        for begin in range(0, runs, 500):
            await self.nothing.batch_defer_async(*({"key": str(number)} for number in range(begin, min(begin + 500, runs))))

    async def work(self, runs):
        self.running = asyncio.create_task(
            self.app.run_worker_async(concurrency=CONCURRENCY, install_signal_handlers=False)
        )
        await self.all_finished(runs)

    async def close(self):
        if hasattr(self, "running"):
            self.running.cancel()
            await asyncio.wait([self.running])
        await self.app.close_async()
