import Foundation
import Glibc
import SlipwayEngine
import SlipwayStore

/// This process as other workers of the machine can look for it: by its number, when it started, and the boot and
/// the space of process numbers in which that means something.
enum HostProcess {
    static func presence() -> HostPresence {
        let host = "\(contents(of: "/proc/sys/kernel/random/boot_id"))/\(link("/proc/self/ns/pid"))"
        let own = getpid()
        return HostPresence(host: host, process: "\(own)/\(startTime(of: own) ?? "?")") { worker in
            guard worker.host == host else { return nil }
            let parts = worker.process.split(separator: "/")
            guard parts.count == 2, let number = Int32(parts[0]) else { return nil }
            return startTime(of: number).map { $0 == parts[1] } ?? false
        }
    }

    /// The 22nd field of the process's stat line: ticks since boot when it started; nil when there is none, or when it
    /// is a zombie, which does nothing any more.
    private static func startTime(of process: Int32) -> String? {
        let line = contents(of: "/proc/\(process)/stat")
        // The name stands in parentheses and may hold anything, so fields are counted from the last one.
        guard let end = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: end)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
        return String(fields[19])
    }

    private static func contents(of path: String) -> String {
        guard let file = FileHandle(forReadingAtPath: path), let data = try? file.readToEnd() else { return "" }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func link(_ path: String) -> String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? ""
    }
}
