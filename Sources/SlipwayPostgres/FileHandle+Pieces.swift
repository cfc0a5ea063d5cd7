package import Foundation

extension FileHandle {
    /// What arrives, piece by piece, up to the end; for the reading end of a pipe, read by one caller.
    ///
    /// Read on a thread of its own: Foundation's `readabilityHandler` on Linux now and then misses the end of a pipe
    /// whose writer is gone already, and its listener would wait for ever.
    package func pieces() -> AsyncStream<[UInt8]> {
        AsyncStream { stream in
            Thread.detachNewThread {
                while let piece = nextPiece(of: self.fileDescriptor) { stream.yield(piece) }
                stream.finish()
            }
        }
    }
}

/// The next bytes of a file, waiting for them; nil at its end.
private func nextPiece(of descriptor: Int32) -> [UInt8]? {
    let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        var status: Int
        repeat {
            status = read(descriptor, buffer.baseAddress, buffer.count)
        } while status < 0 && errno == EINTR
        count = max(status, 0)
    }
    return piece.isEmpty ? nil : piece
}
