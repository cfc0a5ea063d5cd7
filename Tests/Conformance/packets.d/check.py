"""Walks a journey and reads what it left: check.py SLIPWAY DATABASE FOLDER."""

import os
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bundle import Bundle
from walk import Walk, Wrong, expect

FLIPS = 200


def changed_bit(walk, path, bit):
    """What slipway says of the whole file with one bit changed."""
    altered = path.with_name(f"altered-{bit}.json")
    changed = bytearray(path.read_bytes())
    changed[bit // 8] ^= 1 << bit % 8
    altered.write_bytes(changed)
    said = walk.verify(str(altered), status=3)
    altered.unlink()
    expect("does not hold at byte" in said, f"bit {bit}: {said}")
    return f"at byte {bit // 8}:" in said


def flip(walk, path):
    chance = random.Random(20261122)
    bits = chance.sample(range(path.stat().st_size * 8), FLIPS)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        named = sum(pool.map(lambda bit: changed_bit(walk, path, bit), bits))
    expect(named == FLIPS, f"of {FLIPS} files with a flipped bit {named} are told by their byte")
    print(f"packets: of {FLIPS} files with a flipped bit none holds, and each is told by its byte", flush=True)


def main():
    slipway, database, folder = sys.argv[1:4]
    walk = Walk(slipway, database, folder)
    path = Path(folder) / "evidence.json"
    try:
        walk.begins()
        walk.rehearses()
        walk.launches()
        walk.moves()
        walk.replays()
        walk.exports(str(path))
        bundle = Bundle(path, f"{walk.data}/signing.pub")
        bundle.reads()
        bundle.has_every_kind()
        bundle.has_one_snapshot()
        bundle.has_no_weak_bit()
        flip(walk, path)
    except Wrong as wrong:
        sys.exit(f"packets: {wrong}")


main()
