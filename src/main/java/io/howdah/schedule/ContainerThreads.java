package io.howdah.schedule;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.quartz.spi.ThreadExecutor;
import org.quartz.spi.ThreadPool;

/**
 * Lets Quartz run on the container's threads, so that JNDI, CDI and transactions work inside jobs. Quartz makes these
 * objects itself, by class name; hence the static hand-over.
 */
final class ContainerThreads {

    private static volatile ManagedExecutorService executor;
    private static volatile ManagedThreadFactory factory;

    private ContainerThreads() {}

    static void use(ManagedExecutorService managedExecutor, ManagedThreadFactory managedThreads) {
        executor = managedExecutor;
        factory = managedThreads;
    }

    /** Starts Quartz's own long-running threads. */
    public static class Starter implements ThreadExecutor {

        @Override
        public void execute(Thread thread) {
            Thread managed = factory.newThread(thread);
            managed.setName(thread.getName());
            managed.setDaemon(true);
            managed.start();
        }

        @Override
        public void initialize() {}
    }

    /** Runs jobs, at most {@code threadCount} at once. */
    public static class Pool implements ThreadPool {

        private int size = 4;
        private Semaphore free;

        public void setThreadCount(int count) {
            size = count;
        }

        @Override
        public boolean runInThread(Runnable work) {
            try {
                free.acquire();
                executor.execute(() -> {
                    try {
                        work.run();
                    } finally {
                        free.release();
                    }
                });
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (RejectedExecutionException e) {
                free.release();
                return false;
            }
        }

        @Override
        public int blockForAvailableThreads() {
            try {
                free.acquire();
                free.release();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Math.max(1, free.availablePermits());
        }

        @Override
        public void initialize() {
            free = new Semaphore(size);
        }

        @Override
        public void shutdown(boolean waitForJobs) {
            if (waitForJobs) {
                free.acquireUninterruptibly(size);
                free.release(size);
            }
        }

        @Override
        public int getPoolSize() {
            return size;
        }

        @Override
        public void setInstanceId(String id) {}

        @Override
        public void setInstanceName(String name) {}
    }
}
