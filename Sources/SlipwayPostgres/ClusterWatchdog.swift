import Foundation

/// The shell process that makes a private cluster, and unmakes it when the process that started it is gone.
///
/// Its standard input is a pipe whose other end only we hold. The end of that pipe is the order to stop, and it
/// comes even when we are killed without a last word.
final class ClusterWatchdog: Sendable {
    private let process: Process
    private let lifeline: FileHandle
    /// What the script says, piece by piece; it ends when the script has ended.
    private let reports: AsyncStream<[UInt8]>

    private init(process: Process, lifeline: FileHandle, reports: AsyncStream<[UInt8]>) {
        self.process = process
        self.lifeline = lifeline
        self.reports = reports
    }

    static func launch(_ plan: ClusterPlan) throws(PrivateClusterError) -> ClusterWatchdog {
        // Close-on-exec: another child that inherited the writing end would keep the server alive after us.
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0, ends.allSatisfy({ fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }) else {
            throw .system("no pipe: \(String(cString: strerror(errno)))")
        }
        let orders = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
        let lifeline = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments =
            ["-c", script, "slipway-cluster", plan.directory, plan.binDirectory, plan.tls ? "tls" : "plain"]
            + plan.asServerUser
        // Nothing of the caller's: a stray PGPORT, or a language, would change what the server's programs do.
        process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C", "TZ": "UTC"]
        process.standardInput = orders
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            try? FileManager.default.removeItem(atPath: plan.directory)
            throw .system("/bin/sh: \(error.localizedDescription)")
        }
        return ClusterWatchdog(process: process, lifeline: lifeline, reports: output.fileHandleForReading.pieces())
    }

    /// Returns when the server answers; throws what went wrong, with the end of the log, once the folder is gone.
    func waitUntilReady() async throws(PrivateClusterError) {
        var bytes: [UInt8] = []
        for await piece in reports {
            bytes += piece
            if bytes == Array("ready\n".utf8) { return }
        }
        try? lifeline.close()
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", maxSplits: 1)
        throw .failed(
            step: lines.first.map(String.init) ?? "its first step",
            log: lines.dropFirst().first.map(String.init) ?? "(it said nothing)")
    }

    func stop() async {
        try? lifeline.close()
        for await _ in reports {}
    }

    /// Says `ready`, or the step that failed and the end of the log; then lives until its input ends.
    ///
    /// Signals from a terminal are ignored: a Control-C meant for us must not stop the server under our feet. So is
    /// the broken pipe of a listener that was killed before it heard `ready`.
    private static let script = #"""
        trap '' HUP INT QUIT TERM PIPE
        umask 077
        directory=$1 bin=$2 tls=$3
        shift 3
        cd "$directory" || exit 1
        exec 2>>log

        finish() {
            if [ -f data/postmaster.pid ]; then
                "$@" "$bin/pg_ctl" stop -D "$directory/data" -m immediate -t 20 -s </dev/null >>log
            fi
            cd /
            rm -rf "$directory"
            exit 0
        }

        try() {
            step=$1
            shift
            "$@" </dev/null >>log 2>&1 && return
            echo "$step"
            tail -n 20 log
            failed=yes
        }

        failed=no
        try initdb timeout 120 "$@" "$bin/initdb" -D "$directory/data" --username=postgres --encoding=UTF8 \
            --locale=C.UTF-8 --auth-local=trust --auth-host=scram-sha-256 --no-sync --no-instructions
        if [ $failed = no ] && [ $tls = tls ]; then
            try openssl "$@" openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \
                -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
                -keyout "$directory/server.key" -out "$directory/server.crt"
        fi
        if [ $failed = no ]; then
            try settings sh -c 'cat settings.conf >>data/postgresql.conf'
        fi
        if [ $failed = no ]; then
            try 'the start of the server' \
                "$@" "$bin/pg_ctl" start -D "$directory/data" -l "$directory/server.log" -w -t 60 -s
            [ $failed = no ] || tail -n 20 server.log
        fi
        if [ $failed = no ]; then
            echo ready
            read -r _
        fi
        finish "$@"
        """#
}
