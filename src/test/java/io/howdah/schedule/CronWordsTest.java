package io.howdah.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 * * * * ?             | every minute
            30 * * * * ?            | at second 30 of every minute
            0/10 * * * * ?          | every 10 seconds
            5,7 * * * * ?           | at seconds 5 and 7 of every minute
            0 0/15 * * * ?          | every 15 minutes
            0 5/15 * * * ?          | every 15 minutes from minute 5
            0 0/7 1 * * ?           | at minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56 in the hours 01:00–01:59
            0 0 * * * ?             | every hour on the hour
            0 30 * * * ?            | every hour at minute 30
            0 0/15 8-18 ? * MON-FRI | every 15 minutes from 08:00 to 18:59, every weekday
            0 0 0/2 * * ?           | at minute 0 in every 2nd hour from 00:00 to 22:59
            0 30 2 * * ?            | every day at 02:30
            0 30 2 ? * *            | every day at 02:30
            15 30 2 * * ?           | every day at 02:30:15
            0 0,30 8,18 * * ?       | every day at 08:00, 08:30, 18:00 and 18:30
            0 0 22-1 * * ?          | every day at 00:00, 01:00, 22:00 and 23:00
            0 0 9 ? * 2-6           | every weekday at 09:00
            0 0 9 ? * FRI-SUN       | every Friday, Saturday and Sunday at 09:00
            0 0 9 ? * 1             | every Sunday at 09:00
            0 0 9 ? * L             | every Saturday at 09:00
            0 0 18 ? * 6L           | on the last Friday of the month at 18:00
            0 0 18 ? * FRIL         | on the last Friday of the month at 18:00
            0 0 18 ? * 2#1          | on the first Monday of the month at 18:00
            0 0 18 ? * MON#5        | on the fifth Monday of the month (in months that have it) at 18:00
            0 0 2 1,15 * ?          | on the 1st and 15th of the month at 02:00
            0 0 2 1-7 * ?           | from the 1st to the 7th of the month at 02:00
            0 0 2 29-2 * ?          | on the 1st, 2nd, 29th, 30th and 31st of the month (days a month does not have are left out) at 02:00
            0 0 2 31 * ?            | on the 31st of the month (in months that have it) at 02:00
            0 0 2 31 JAN,MAR ?      | on the 31st of the month at 02:00 in January and March
            0 0 2 29 2 ?            | on the 29th of the month (leap years only) at 02:00 in February
            0 0 2 28,29 2 ?         | on the 28th and 29th of the month (the 29th in leap years only) at 02:00 in February
            0 0 2 L * ?             | on the last day of the month at 02:00
            0 0 2 L-1 * ?           | on the day before the last day of the month at 02:00
            0 0 2 L-3 * ?           | 3 days before the last day of the month at 02:00
            0 0 2 LW * ?            | on the last weekday (Monday to Friday) of the month at 02:00
            0 0 2 15W * ?           | on the weekday (Monday to Friday) nearest the 15th at 02:00
            0 0 2 1,L * ?           | on the 1st of the month and on the last day of the month at 02:00
            0 0 2 1 3-10 ?          | on the 1st of the month at 02:00 from March to October
            0 0 2 1 1/6 ?           | on the 1st of the month at 02:00 in January and July
            0 0 2 1 1 ? 2027        | on the 1st of the month at 02:00 in January in 2027
            0 0 2 1 1 ? 2027-2030   | on the 1st of the month at 02:00 in January from 2027 to 2030
            0 0 2 1 1 ? 2027,2029   | on the 1st of the month at 02:00 in January in 2027 and 2029
            0 0 2 * * ? *           | every day at 02:00""")
    void expressionsAreSaidInPlainWords(String expression, String words) {
        assertThat(CronWords.of(expression)).isEqualTo(words);
    }
}
