"""chancy: unique_key; a worker on the asyncio executor, 1,000 at a time, which asks again as soon as a job ends."""

import logging

from chancy import Chancy, Queue, Worker, job

from drivers.base import Driver

CONCURRENCY = 1000
handled = 0  # chancy finds its jobs by their module's name, so the count is the module's too


@job(queue="bench")
async def nothing(key: str):
    global handled
    handled += 1


class ChancyDriver(Driver):
    finished = "SELECT count(*) >= $1 FROM chancy_jobs WHERE state = 'succeeded'"

    def __init__(self, place, sessions):
        super().__init__(place, sessions)
        self.ids = set()

    @property
    def handled(self):
        return handled

    @handled.setter
    def handled(self, _):
        pass

    async def open(self):
        log = logging.getLogger("chancy-bench")
        log.setLevel(logging.ERROR)
        self.chancy = Chancy(
            self.place.conninfo,
            min_connection_pool_size=self.sessions,
            max_connection_pool_size=self.sessions,
            log=log,
        )
        await self.chancy.pool.open(wait=True)
        await self.chancy.migrate()
        await self.chancy.declare(
            Queue("bench", executor=Chancy.Executor.Async, concurrency=CONCURRENCY, eager_polling=True)
        )

    async def start(self, key):
        # A start that meets the key is answered with the id of the job that holds it.
        reference = await self.chancy.push(nothing.job.with_unique_key(key).with_kwargs(key=key))
        accepted = reference.identifier not in self.ids
        self.ids.add(reference.identifier)
        return accepted

    async def preload(self, runs):
        async for _ in self.chancy.push_many([nothing.job.with_kwargs(key=str(number)) for number in range(runs)]):
            pass

    async def work(self, runs):
        self.worker = Worker(self.chancy, register_signal_handlers=False)
        await self.worker.start()
        await self.all_finished(runs)

    async def close(self):
        if hasattr(self, "worker"):
            await self.worker.stop()
        await self.chancy.pool.close()
