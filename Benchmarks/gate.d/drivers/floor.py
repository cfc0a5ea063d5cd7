"""The least that starts something once: one row under a unique key, one commit."""

from drivers.base import Driver


class Floor(Driver):
    async def open(self):
        connection = await self.place.connect()
        await connection.execute("CREATE TABLE floor (id bigserial PRIMARY KEY, key text NOT NULL UNIQUE)")
        await connection.close()
        self.pool = await self.place.asyncpg_pool(self.sessions)

    async def start(self, key):
        row = await self.pool.fetchval(
            "INSERT INTO floor (key) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id", key
        )
        return row is not None

    async def close(self):
        await self.pool.close()
