using System.Globalization;
using System.Text;
using Laurel.GrainInterfaces;

namespace Laurel.Ranking.Tests;

public class TimestampsTests
{
    [Theory]
    [InlineData("2026-04-07T12:39:32.989Z", "2026-04-07T12:39:32.989000+00:00")]
    [InlineData("2026-04-07t12:39:32z", "2026-04-07T12:39:32.000000+00:00")]
    [InlineData("2026-04-07T12:39Z", "2026-04-07T12:39:00.000000+00:00")]
    [InlineData("2026-04-07T12:39:32,5Z", "2026-04-07T12:39:32.500000+00:00")]
    [InlineData("2025-07-21T19:22:47.782875+00:00", "2025-07-21T19:22:47.782875+00:00")]
    [InlineData("2025-07-21T19:22:47.7828759999999999999999999Z", "2025-07-21T19:22:47.782875+00:00")]
    [InlineData("2025-07-21T00:10:00+05:45", "2025-07-20T18:25:00.000000+00:00")]
    [InlineData("2025-07-21T00:10:00-0330", "2025-07-21T03:40:00.000000+00:00")]
    [InlineData("2025-07-21T00:10:00+02", "2025-07-20T22:10:00.000000+00:00")]
    [InlineData("2025-07-21T00:10:00-00:00", "2025-07-21T00:10:00.000000+00:00")]
    [InlineData("2024-02-29T23:59:59.999999Z", "2024-02-29T23:59:59.999999+00:00")]
    [InlineData("2000-02-29T00:00Z", "2000-02-29T00:00:00.000000+00:00")]
    [InlineData("1969-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59.999999+00:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000+00:00")]
    [InlineData("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999+00:00")]
    public void A_time_with_date_time_and_zone_is_read(string text, string expected)
    {
        Assert.True(Timestamps.TryParse(Encoding.UTF8.GetBytes(text), out var micros));
        Assert.Equal(expected, Timestamps.FormatMicroseconds(micros));
        Assert.True(Timestamps.TryParse(text.AsSpan(), out var fromChars));
        Assert.Equal(micros, fromChars);
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2026-04-07")]
    [InlineData("2026-04-07T12Z")]
    [InlineData("2026-04-07T12:39:32.989")]
    [InlineData("2026-04-07T12:39")]
    [InlineData("2026-04-07 12:39:32Z")]
    [InlineData("2026-04-07T12:39:32.Z")]
    [InlineData("2026-04-07T12:39.5Z")]
    [InlineData("2026-04-07T12:39:Z")]
    [InlineData("2026-04-07T12:39:3Z")]
    [InlineData("2026-04-07T24:00:00Z")]
    [InlineData("2026-04-07T12:60:00Z")]
    [InlineData("2026-04-07T12:39:60Z")]
    [InlineData("2026-00-07T12:39:32Z")]
    [InlineData("2026-13-07T12:39:32Z")]
    [InlineData("2026-04-00T12:39:32Z")]
    [InlineData("2026-04-31T12:39:32Z")]
    [InlineData("2026-02-29T12:39:32Z")]
    [InlineData("1900-02-29T12:39:32Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("2026-04-07T12:39:32+24:00")]
    [InlineData("2026-04-07T12:39:32+01:60")]
    [InlineData("2026-04-07T12:39:32+1")]
    [InlineData("2026-04-07T12:39:32+1:00")]
    [InlineData("2026-04-07T12:39:32+010")]
    [InlineData("2026-04-07T12:39:32+01-00")]
    [InlineData("2026-04-07T12:39:32ZZ")]
    [InlineData("2026-04-07T12:39:32Z ")]
    [InlineData(" 2026-04-07T12:39:32Z")]
    [InlineData("20260407T123932Z")]
    [InlineData("2026-W15-2T12:39:32Z")]
    [InlineData("2026-4-07T12:39:32Z")]
    [InlineData("+2026-04-07T12:39:32Z")]
    [InlineData("-026-04-07T12:39:32Z")]
    [InlineData("２０２６-04-07T12:39:32Z")]
    [InlineData("1775565572")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(Timestamps.TryParse(Encoding.UTF8.GetBytes(text), out var micros));
        Assert.Equal(0, micros);
        Assert.False(Timestamps.TryParse(text.AsSpan(), out _));
    }

    [Fact]
    public void Every_day_of_the_calendar_reads_as_the_framework_reads_it()
    {
        Span<char> text = stackalloc char[Timestamps.SecondsLength];
        Span<byte> written = stackalloc byte[Timestamps.SecondsLength];
        "0001-01-01T00:00:00Z".CopyTo(text);
        for (var day = DateOnly.MinValue; day < DateOnly.MaxValue; day = day.AddDays(1))
        {
            var expected = (day.ToDateTime(TimeOnly.MinValue) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            day.TryFormat(text, out _, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            Timestamps.WriteSeconds(expected, written);
            if (!Timestamps.TryParse(text, out var micros) || micros != expected || !Ascii.Equals(written, text))
                Assert.Fail($"{text} is read as {micros} instead of {expected}, or written as {Encoding.ASCII.GetString(written)}.");
        }
    }

    [Fact]
    public void Random_times_in_random_zones_read_as_the_framework_reads_them()
    {
        var random = Seeded.Random(out var seed);
        for (var i = 0; i < 200_000; i++)
        {
            var offset = TimeSpan.FromMinutes(random.Next(-14 * 60, 14 * 60 + 1));
            var ticks = random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay);
            var instant = new DateTimeOffset(ticks, offset);
            var format = random.Next(4) switch
            {
                0 => "yyyy-MM-ddTHH:mm:ss.fffffffzzz",
                1 => "yyyy-MM-ddTHH:mm:ss.fffzzz",
                2 => "yyyy-MM-ddTHH:mm:sszzz",
                _ => "yyyy-MM-ddTHH:mmzzz",
            };
            var text = instant.ToString(format, CultureInfo.InvariantCulture);
            var read = DateTimeOffset.ParseExact(text, format, CultureInfo.InvariantCulture);

            var parsed = Timestamps.TryParse(Encoding.ASCII.GetBytes(text), out var micros);

            var expected = (read.UtcTicks - DateTime.UnixEpoch.Ticks - read.UtcTicks % TimeSpan.TicksPerMicrosecond)
                / TimeSpan.TicksPerMicrosecond;
            Assert.True(parsed && micros == expected, $"seed {seed}: {text} → {micros}, not {expected}");
            Assert.True(Timestamps.From(read) == expected, $"seed {seed}: {text} → {Timestamps.From(read)}, not {expected}");
            var floored = new DateTimeOffset(read.UtcTicks - read.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
            Assert.True(Timestamps.ToDateTimeOffset(micros) == floored, $"seed {seed}: {text}");
        }
    }

    [Fact]
    public void Mangled_texts_never_throw_and_what_is_accepted_means_one_instant()
    {
        var random = Seeded.Random(out var seed);
        var alphabet = "0123456789-+:.,TtZz "u8;
        var accepted = 0;
        Span<byte> buffer = stackalloc byte[48];
        for (var i = 0; i < 500_000; i++)
        {
            var length = "2026-02-28T12:39:32.989123+02:30"u8.Length;
            "2026-02-28T12:39:32.989123+02:30"u8.CopyTo(buffer);
            if (random.Next(3) == 0) length = random.Next(0, buffer.Length);
            for (var edits = random.Next(1, 4); edits > 0 && length > 0; edits--)
                buffer[random.Next(length)] = random.Next(8) == 0 ? (byte)random.Next(256) : alphabet[random.Next(alphabet.Length)];

            var text = buffer[..length];
            if (!Timestamps.TryParse(text, out var micros)) continue;
            accepted++;
            var written = Timestamps.FormatMicroseconds(micros);
            Assert.True(Timestamps.TryParse(written, out var again) && again == micros, $"seed {seed}: {Encoding.Latin1.GetString(text)}");
            Assert.True(
                DateTimeOffset.TryParse(Encoding.Latin1.GetString(text).Replace(',', '.'), CultureInfo.InvariantCulture, out _)
                    || text.IndexOfAny((byte)'+', (byte)'-') >= 0,
                $"seed {seed}: accepted {Encoding.Latin1.GetString(text)}");
        }

        Assert.True(accepted > 1000, $"seed {seed}: only {accepted} texts were accepted, so the test says little.");
    }

    [Fact]
    public void Writing_drops_what_is_finer_than_the_unit_towards_the_past()
    {
        Assert.Equal("2025-08-01T12:00:00Z", Timestamps.FormatSeconds(1_754_049_600_999_999));
        Assert.Equal("2025-08-01T12:00:00.999Z", Timestamps.FormatMilliseconds(1_754_049_600_999_999));
        Assert.Equal("2025-08-01T12:00:00.999999+00:00", Timestamps.FormatMicroseconds(1_754_049_600_999_999));
        Assert.Equal("1969-12-31T23:59:59Z", Timestamps.FormatSeconds(-1));
        Assert.Equal("1969-12-31T23:59:59.999Z", Timestamps.FormatMilliseconds(-1));
    }

    [Fact]
    public void Bytes_are_written_as_the_strings_are_and_their_lengths_are_known()
    {
        var micros = 1_753_125_767_782_875;
        var bytes = new byte[64];
        Assert.Equal(Timestamps.FormatSeconds(micros), Text(Timestamps.WriteSeconds(micros, bytes)));
        Assert.Equal(Timestamps.FormatMilliseconds(micros), Text(Timestamps.WriteMilliseconds(micros, bytes)));
        Assert.Equal(Timestamps.FormatMicroseconds(micros), Text(Timestamps.WriteMicroseconds(micros, bytes)));
        Assert.Equal(Timestamps.SecondsLength, Timestamps.WriteSeconds(micros, bytes));
        Assert.Equal(Timestamps.MillisecondsLength, Timestamps.WriteMilliseconds(micros, bytes));
        Assert.Equal(Timestamps.MicrosecondsLength, Timestamps.WriteMicroseconds(micros, bytes));
        Assert.Throws<ArgumentOutOfRangeException>(() => Timestamps.WriteMilliseconds(micros, new byte[23]));

        string Text(int length) => Encoding.ASCII.GetString(bytes, 0, length);
    }

    [Fact]
    public void An_instant_without_a_four_digit_year_cannot_be_written()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Timestamps.FormatSeconds(Timestamps.MinValue - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Timestamps.FormatSeconds(Timestamps.MaxValue + 1));
        Assert.Equal("0001-01-01T00:00:00Z", Timestamps.FormatSeconds(Timestamps.MinValue));
        Assert.Equal("9999-12-31T23:59:59.999Z", Timestamps.FormatMilliseconds(Timestamps.MaxValue));
    }

    [Fact]
    public void Reading_a_time_allocates_nothing()
    {
        Timestamps.TryParse("2026-04-07T12:39:32.989Z"u8, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) Timestamps.TryParse("2026-04-07T12:39:32.989+02:00"u8, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
