"""What each driver has in common: where the database is, and waiting for a drain to be durable."""

import asyncio
import dataclasses

import asyncpg


@dataclasses.dataclass
class Place:
    host: str
    port: int
    database: str

    @property
    def conninfo(self):
        return f"host={self.host} port={self.port} user=postgres dbname={self.database}"

    def connect(self):
        return asyncpg.connect(host=self.host, port=self.port, user="postgres", database=self.database)

    async def asyncpg_pool(self, size):
        # By default a session is reset by a statement whenever it goes back to the pool. Nothing here leaves anything
        # behind in a session, so that is left out, in favour of who uses the pool.
        async def leave(_):
            pass

        return await asyncpg.create_pool(
            host=self.host,
            port=self.port,
            user="postgres",
            database=self.database,
            min_size=size,
            max_size=size,
            reset=leave,
        )


class Driver:
    """A program under test. `finished` is a query for whether `$1` runs are durably finished."""

    finished = None

    def __init__(self, place, sessions):
        self.place = place
        self.sessions = sessions
        self.handled = 0

    async def open(self):
        """Installs the schema and connects."""

    async def start(self, key):
        """Starts what the key names; whether it was accepted."""

    async def preload(self, runs):
        """Puts so many runs where the worker will find them."""

    async def work(self, runs):
        """Starts the worker and returns when all runs are durably finished."""

    async def close(self):
        """Ends."""

    async def all_finished(self, runs):
        # The database is not asked before every run has been handled, so that asking costs the worker nothing.
        while self.handled < runs:
            await asyncio.sleep(0.005)
        watcher = await self.place.connect()
        while not await watcher.fetchval(self.finished, runs):
            await asyncio.sleep(0.005)
        await watcher.close()
