/// Bytes being built, reused row after row so that a stream of any length allocates once.
///
/// Numbers go in big-endian, as PostgreSQL's binary formats have them.
final class ByteBuffer {
    private var storage: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 4096) {
        self.capacity = capacity
        storage = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        storage.deallocate()
    }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: storage, count: count) }

    func removeAll() {
        count = 0
    }

    /// Forgets what came after a point noted earlier.
    func truncate(to length: Int) {
        count = min(count, length)
    }

    @inline(__always)
    func append(_ byte: UInt8) {
        reserve(1)
        storage.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    @inline(__always)
    func append<Number: FixedWidthInteger>(bigEndian number: Number) {
        let size = MemoryLayout<Number>.size
        reserve(size)
        storage.storeBytes(of: number.bigEndian, toByteOffset: count, as: Number.self)
        count += size
    }

    @inline(__always)
    func append(_ source: UnsafeRawBufferPointer) {
        guard let start = source.baseAddress, !source.isEmpty else { return }
        reserve(source.count)
        storage.advanced(by: count).copyMemory(from: start, byteCount: source.count)
        count += source.count
    }

    func append(utf8 text: String) {
        for byte in text.utf8 { append(byte) }
    }

    /// Overwrites a length written earlier as a promise.
    func patch(bigEndian number: Int32, at offset: Int) {
        storage.storeBytes(of: number.bigEndian, toByteOffset: offset, as: Int32.self)
    }

    @inline(__always)
    private func reserve(_ extra: Int) {
        if count + extra > capacity { grow(to: count + extra) }
    }

    private func grow(to needed: Int) {
        capacity = max(needed, capacity * 2)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        larger.copyMemory(from: storage, byteCount: count)
        storage.deallocate()
        storage = larger
    }
}

extension UnsafeRawBufferPointer {
    /// A big-endian number at an offset; the caller has checked the length.
    @inline(__always)
    func bigEndian<Number: FixedWidthInteger>(_ offset: Int, as type: Number.Type) -> Number {
        Number(bigEndian: loadUnaligned(fromByteOffset: offset, as: type))
    }

    @inline(__always)
    func slice(_ offset: Int, _ length: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[offset..<(offset + length)])
    }
}
