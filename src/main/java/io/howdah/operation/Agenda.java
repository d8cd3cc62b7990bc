package io.howdah.operation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.UUID;

/** The operations in hand that pause for a moment, by when they go on. Times are {@link System#nanoTime}'s. */
final class Agenda {

    private record Entry(Hand hand, long at) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(entry -> entry.at() - ORIGIN));

    /** Makes the counter's values comparable, wherever it began. */
    private static final long ORIGIN = System.nanoTime();

    synchronized void add(Hand hand, long at) {
        entries.add(new Entry(hand, at));
    }

    /** Takes out those whose pause is over. */
    synchronized List<Hand> due(int limit) {
        List<Hand> due = new ArrayList<>();
        while (due.size() < limit && !entries.isEmpty() && entries.peek().at() - System.nanoTime() <= 0) {
            due.add(entries.poll().hand());
        }
        return due;
    }

    synchronized OptionalLong next() {
        return entries.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(entries.peek().at());
    }

    /** Ends the pause of this one. */
    synchronized void hurry(UUID id) {
        entries.stream()
                .filter(entry -> entry.hand().claimed().id().equals(id))
                .findFirst()
                .ifPresent(entry -> {
                    entries.remove(entry);
                    entries.add(new Entry(entry.hand(), System.nanoTime()));
                });
    }
}
