import Glibc
import SlipwaySQLite

/// Finds the sums of a row's tenant without making a string for each row.
struct TenantSums {
    private var names: [TenantName] = []
    private var keys: [[UInt8]] = []
    private var byHash: [UInt64: [Int]] = [:]
    private var last = -1
    private(set) var sums: [RowSum] = []

    /// The place of a tenant, given its canonical bytes; a new one is added.
    @inline(__always)
    mutating func index(of key: UnsafeRawBufferPointer, name: () -> TenantName) -> Int {
        if last >= 0, keys[last].count == key.count, isKey(last, key) { return last }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        for index in byHash[hash] ?? [] where keys[index].count == key.count && isKey(index, key) {
            last = index
            return index
        }
        last = names.count
        names.append(name())
        keys.append(Array(key))
        byHash[hash, default: []].append(last)
        sums.append(contentsOf: repeatElement(RowSum(), count: TableDigest.buckets))
        return last
    }

    /// Whether the key at a place, of the same length, is this one.
    @inline(__always)
    private func isKey(_ index: Int, _ key: UnsafeRawBufferPointer) -> Bool {
        guard let start = key.baseAddress else { return true }
        return keys[index].withUnsafeBytes { own in own.baseAddress.map { memcmp($0, start, key.count) == 0 } ?? true }
    }

    @inline(__always)
    mutating func add(_ row: UnsafeRawBufferPointer, tenant: Int, bucket: Int) {
        sums[tenant * TableDigest.buckets + bucket].add(row)
    }

    func digest(of table: String) -> TableDigest {
        var digest = TableDigest(table: table)
        for (index, name) in names.enumerated() {
            let start = index * TableDigest.buckets
            digest.set(Array(sums[start..<(start + TableDigest.buckets)]), of: name)
        }
        return digest
    }
}
