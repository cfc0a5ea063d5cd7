import Glibc

/// A thread of its own for an actor whose work blocks: libpq waits on sockets, and the shared pool of a small
/// machine has only as many threads as it has cores.
///
/// One of the two files of the house with a lock: the queue between the actor's callers and its thread.
final class DedicatedThread: SerialExecutor {
    private let queue = JobQueue()

    init() {
        let start = Unmanaged.passRetained(ThreadStart(executor: self, queue: queue))
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, runJobs, start.toOpaque())
        precondition(status == 0, "the system refused a thread (\(status)): raise the limit on threads")
        pthread_detach(thread)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        queue.push(UnownedJob(job))
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    /// Lets the thread end once the jobs it has are done.
    func stop() {
        queue.close()
    }
}

private final class ThreadStart {
    let executor: DedicatedThread
    let queue: JobQueue

    init(executor: DedicatedThread, queue: JobQueue) {
        self.executor = executor
        self.queue = queue
    }
}

private func runJobs(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let start = Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue()
    while let job = start.queue.pop() {
        job.runSynchronously(on: start.executor.asUnownedSerialExecutor())
    }
    return nil
}

/// Every field is touched only under `mutex`, which is why it may be shared: `@unchecked` because the compiler
/// cannot see a pthread mutex.
private final class JobQueue: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var jobs: [UnownedJob] = []
    private var isClosed = false

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func push(_ job: UnownedJob) {
        pthread_mutex_lock(mutex)
        jobs.append(job)
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    /// The next job, waiting for one; nil once the queue is closed and empty.
    func pop() -> UnownedJob? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while jobs.isEmpty {
            if isClosed { return nil }
            pthread_cond_wait(condition, mutex)
        }
        return jobs.removeFirst()
    }
}
