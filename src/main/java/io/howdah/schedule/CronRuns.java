package io.howdah.schedule;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/**
 * The runs of a cron expression. Quartz says which local times match it, reckoning in UTC, where every local time exists
 * once; what the zone's clocks make of them is decided here.
 */
final class CronRuns implements Runs {

    private static final Pattern REPEATED_HOURS = Pattern.compile("(?:\\*|(\\d{1,2}))?(?:/(\\d{1,2}))?");

    private final CronExpression expression;
    private final boolean everyOccurrence;
    private final Timing timing;
    private final ZoneRules rules;

    CronRuns(String expression, Timing timing) {
        this.expression = parse(expression);
        this.everyOccurrence = repeatsByTheHour(expression);
        this.timing = timing;
        this.rules = timing.zone().getRules();
    }

    /** What is wrong with the expression by itself. */
    static Optional<Problem> check(String expression) {
        try {
            new CronExpression(String.valueOf(expression));
        } catch (ParseException | RuntimeException e) {
            return Optional.of(Problem.of(ProblemCode.ScheduleCronInvalid, String.valueOf(e.getMessage()))
                    .at("expression"));
        }
        return fields(expression)[0].matches("\\d{1,2}")
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.ScheduleTooFrequent).at("expression"));
    }

    static CronExpression parse(String expression) {
        try {
            CronExpression parsed = new CronExpression(expression);
            parsed.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
            return parsed;
        } catch (ParseException e) {
            throw new IllegalArgumentException(expression, e);
        }
    }

    static String[] fields(String expression) {
        return expression.strip().split("\\s+");
    }

    /** Whether the hours are *, *&#47;n or a&#47;n with more than one hour in a day. */
    static boolean repeatsByTheHour(String expression) {
        String hours = fields(expression)[2];
        Matcher repeated = REPEATED_HOURS.matcher(hours);
        if (hours.equals("*")) {
            return true;
        }
        if (!repeated.matches() || repeated.group(2) == null) {
            return false;
        }
        int first = repeated.group(1) == null ? 0 : Integer.parseInt(repeated.group(1));
        return first + Integer.parseInt(repeated.group(2)) <= 23;
    }

    @Override
    public ZonedDateTime after(Instant instant) {
        return everyOccurrence ? nextOccurrence(instant) : nextOnce(instant);
    }

    /** Whenever the clock shows a local time that matches: times left out are, times shown twice run twice. */
    private ZonedDateTime nextOccurrence(Instant after) {
        Instant position = after;
        LocalDateTime shown = LocalDateTime.ofInstant(after, rules.getOffset(after));
        while (true) {
            LocalDateTime match = matchAfter(shown);
            if (match == null) {
                return null;
            }
            Instant candidate = match.toInstant(rules.getOffset(position));
            ZoneOffsetTransition change = rules.nextTransition(position);
            if (change == null || candidate.isBefore(change.getInstant())) {
                return over(match) ? null : candidate.atZone(timing.zone());
            }
            position = change.getInstant();
            shown = change.getDateTimeAfter().minusNanos(1);
        }
    }

    /** Each local time once: what the clocks leave out comes later, and may come before what matches by itself. */
    private ZonedDateTime nextOnce(Instant after) {
        ZonedDateTime soonest = null;
        LocalDateTime match = matchAfter(doneBy(after));
        while (match != null && !over(match)) {
            ZonedDateTime run = match.atZone(timing.zone());
            if (run.toInstant().isAfter(after)) {
                soonest = soonest == null || run.isBefore(soonest) ? run : soonest;
                if (run.toLocalDateTime().equals(match)) {
                    return soonest;
                }
            }
            match = matchAfter(match);
        }
        return soonest;
    }

    /** The local time up to which all has run, though the clocks may just have been changed. */
    private LocalDateTime doneBy(Instant instant) {
        ZoneOffsetTransition change = rules.previousTransition(instant.plusNanos(1));
        boolean justChanged = change != null
                && instant.isBefore(
                        change.getInstant().plus(change.getDuration().abs()));
        if (!justChanged) {
            return LocalDateTime.ofInstant(instant, rules.getOffset(instant));
        }
        return change.isGap()
                ? LocalDateTime.ofInstant(instant, change.getOffsetBefore())
                : change.getDateTimeBefore().minusNanos(1);
    }

    private LocalDateTime matchAfter(LocalDateTime time) {
        LocalDateTime start =
                timing.from() == null ? null : timing.from().atStartOfDay().minusNanos(1);
        LocalDateTime after = start != null && start.isAfter(time) ? start : time;
        Date match = expression.getNextValidTimeAfter(Date.from(after.toInstant(ZoneOffset.UTC)));
        return match == null ? null : LocalDateTime.ofInstant(match.toInstant(), ZoneId.of("UTC"));
    }

    private boolean over(LocalDateTime match) {
        return timing.until() != null && match.toLocalDate().isAfter(timing.until());
    }
}
