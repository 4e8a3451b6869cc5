using System.Buffers;
using System.Buffers.Binary;
using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;

namespace Laurel.Grains.Tests.WireFormat;

public sealed class ScoreFormatsTests
{
    private static readonly ScoreBatch Batch = new()
    {
        RequestId = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        ReceivedAt = 0x0102030405060708,
        Ids = "annbo"u8.ToArray(),
        IdEnds = [3, 5],
        Scores = [12.5, -0.0],
        AchievedAt = [1, -1],
        Extras = [new("Ann", null, "k", 9), null],
        WantStandings = true,
    };

    private static readonly ScoreOutcomes Outcomes = new()
    {
        Status = OutcomeStatus.Ok,
        Sequence = 258,
        Statuses = [ScoreStatus.Applied, ScoreStatus.Conflict],
        Standings = [new(null, 12.5, null, 1), default],
    };

    [Fact]
    public void A_batch_has_the_bytes_of_version_1() => Assert.Equal(
        "0103" + "33221100554477668899AABBCCDDEEFF" + "0807060504030201" + "05000000" + "02000000"
        + "03000000" + "05000000" + "0000000000002940" + "0000000000000080" + "0100000000000000" + "FFFFFFFFFFFFFFFF"
        + "616E6E626F" + "0B" + "03000000416E6E" + "010000006B" + "0900000000000000" + "00",
        Convert.ToHexString(Written(Batch)));

    [Fact]
    public void Outcomes_have_the_bytes_of_version_1() => Assert.Equal(
        "0103" + "00000000" + "0201000000000000" + "02000000" + "0007" + "02000000" + "0A" + "0000000000002940" + "01000000" + "00",
        Convert.ToHexString(Written(Outcomes)));

    [Fact]
    public void Both_ways_of_writing_write_the_same()
    {
        Assert.Equal(Written(Batch), Wire.Serialize(Batch));
        Assert.Equal(Written(Outcomes), Wire.Serialize(Outcomes));
    }

    [Fact]
    public void Bytes_cut_off_or_with_more_behind_are_refused()
    {
        foreach (var whole in (byte[][])[Written(Batch), Written(Outcomes)])
        {
            for (var length = 0; length < whole.Length; length++)
                RequireRefusal(whole[..length]);
            RequireRefusal([.. whole, 0]);
        }
    }

    [Fact]
    public void A_count_that_cannot_be_is_refused_before_memory_is_taken_for_it()
    {
        foreach (var (whole, at) in new[] { (Written(Batch), 26), (Written(Batch), 30), (Written(Outcomes), 14) })
        {
            foreach (var count in (int[])[-1, int.MinValue, int.MaxValue, 1 << 28])
            {
                var hostile = whole.ToArray();
                BinaryPrimitives.WriteInt32LittleEndian(hostile.AsSpan(at), count);
                var before = GC.GetAllocatedBytesForCurrentThread();
                RequireRefusal(hostile);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            }
        }
    }

    [Fact]
    public void Ids_that_overlap_or_do_not_fill_their_bytes_are_refused()
    {
        foreach (var ends in (int[][])[[5, 3], [-1, 5], [3, 4], [3, 6], [0, int.MaxValue]])
        {
            var hostile = Written(Batch);
            BinaryPrimitives.WriteInt32LittleEndian(hostile.AsSpan(34), ends[0]);
            BinaryPrimitives.WriteInt32LittleEndian(hostile.AsSpan(38), ends[1]);
            Assert.Throws<InvalidDataException>(() => ScoreBatchFormat.Read(hostile));
        }
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public void Whatever_the_bytes_are_they_are_read_or_refused(int seed)
    {
        var random = new Random(seed);
        var samples = new Samples(random);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = random.Next(2) == 0 ? Written(samples.Batch(random.Next(0, 8))) : Written(samples.Outcomes(random.Next(0, 8)));
            for (var hits = random.Next(1, 4); hits > 0; hits--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            bytes[0] = 1;
            ReadOrRefuse(() => ScoreBatchFormat.Read(bytes));
            ReadOrRefuse(() => ScoreOutcomesFormat.Read(bytes));
        }
    }

    private static void RequireRefusal(byte[] bytes)
    {
        Assert.Throws<InvalidDataException>(() => ScoreBatchFormat.Read(bytes));
        Assert.Throws<InvalidDataException>(() => ScoreOutcomesFormat.Read(bytes));
    }

    private static void ReadOrRefuse(Func<object> read)
    {
        try
        {
            read();
        }
        catch (InvalidDataException)
        {
            // The one refusal there is; any other exception fails the test.
        }
    }

    private static byte[] Written(ScoreBatch batch)
    {
        var output = new ArrayBufferWriter<byte>();
        ScoreBatchFormat.Write(output, batch);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Written(ScoreOutcomes outcomes)
    {
        var output = new ArrayBufferWriter<byte>();
        ScoreOutcomesFormat.Write(output, outcomes);
        return output.WrittenSpan.ToArray();
    }
}
