using System.Globalization;
using System.Numerics;
using System.Text;
using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend.Tests.Phoenix;

public sealed class ScoreTextTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(1500.0, "1500")]
    [InlineData(12.020123, "12.020123")]
    [InlineData(-0.1, "-0.1")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(9007199254740992.0, "9007199254740992")]
    [InlineData(-9007199254740992.0, "-9007199254740992")]
    [InlineData(123456789012345680000.0, "123456789012345680000")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(1e21, "1E+21")]
    [InlineData(0.00001, "0.00001")]
    [InlineData(-0.0000012345, "-0.0000012345")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(5e-324, "5E-324")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    public void Scores_are_written_in_their_natural_form(double score, string text) => Assert.Equal(text, Write(score));

    [Fact]
    public void Minus_zero_is_zero() => Assert.Equal("0", Write(-0.0));

    [Fact]
    public void Every_text_reads_back_as_the_same_number()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 200_000; i++)
        {
            var score = (i % 3) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                1 => random.NextInt64(-(1L << 53), (1L << 53) + 1),
                _ => Math.Round(random.NextDouble() * Math.Pow(10, random.Next(-8, 22)), random.Next(0, 12)),
            };
            if (!double.IsFinite(score))
                continue;

            var text = Write(score);

            Assert.Equal(score, double.Parse(text, CultureInfo.InvariantCulture));
            if (Math.Abs(score) is >= 1e-6 and < 1e21)
                Assert.DoesNotContain('E', text);
            if (i % 3 == 1)
                Assert.Equal(new BigInteger(score).ToString(CultureInfo.InvariantCulture), text);
        }
    }

    private static string Write(double score)
    {
        Span<byte> utf8 = stackalloc byte[ScoreText.MaxLength];
        return Encoding.UTF8.GetString(utf8[..ScoreText.Write(score, utf8)]);
    }
}
