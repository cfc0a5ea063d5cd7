"""awa: unique by arguments; a worker of 64. As its migrations leave it, and with its queue storage installed."""

import dataclasses

import awa

from drivers.base import Driver

WORKERS = 64


@dataclasses.dataclass
class Nothing:
    key: str


class AwaDriver(Driver):
    finished = "SELECT count(*) >= $1 FROM awa.jobs_hot WHERE state = 'completed'"

    async def open(self):
        place = self.place
        self.client = awa.AsyncClient(
            f"postgres://postgres@localhost/{place.database}?host={place.host}&port={place.port}",
            max_connections=self.sessions,
        )
        await self.client.migrate()

    async def start(self, key):
        try:
            await self.client.insert(Nothing(key), queue="bench", unique_opts={"by_args": True})
        except awa.UniqueConflict:
            return False
        return True

    async def preload(self, runs):
        await self.fill([Nothing(str(number)) for number in range(runs)])

    async def fill(self, jobs):
        await self.client.insert_many_copy(jobs, queue="bench")

    async def work(self, runs):
        @self.client.task(Nothing, queue="bench")
        async def nothing(_job):
            self.handled += 1

        await self.client.start([("bench", WORKERS)])
        self.started = True
        await self.all_finished(runs)

    async def close(self):
        if hasattr(self, "started"):
            await self.client.shutdown()
        await self.client.close()


class AwaQueueStorageDriver(AwaDriver):
    finished = """
        SELECT coalesce((SELECT sum(completed_count) FROM awa.receipt_completion_batches), 0)
            + (SELECT count(*) FROM awa.done_entries) >= $1
        """

    async def open(self):
        await super().open()
        await self.client.install_queue_storage()

    async def fill(self, jobs):
        await self.client.enqueue_many_copy(jobs, queue="bench")
