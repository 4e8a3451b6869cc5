using Laurel.Ranking;

namespace Laurel.Storage.Tests;

/// <summary>A season's state under random changes, commits, roll-backs, snapshots and reloads equals an obvious model of it.</summary>
public class SeasonStateProperties(ITestOutputHelper output)
{
    public static TheoryData<Aggregation, Direction, double?> AllRules()
    {
        var data = new TheoryData<Aggregation, Direction, double?>();
        foreach (var aggregation in Enum.GetValues<Aggregation>())
        {
            data.Add(aggregation, Direction.Descending, null);
            data.Add(aggregation, Direction.Ascending, 3);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(AllRules))]
    public void Commits_roll_backs_snapshots_and_reloads_leave_what_the_model_says(Aggregation aggregation, Direction direction, double? least)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var run = new SeasonStateRun(new SeasonRules(direction, aggregation, least), new Random(seed));
        for (var step = 0; step < 4_000; step++)
            run.Step();
        Assert.True(run.Reloads > 10 && run.SnapshotsCommitted > 3 && run.RollBacks > 10, "the run did not come to everything");
    }

    [Fact]
    public void A_change_set_that_turns_out_to_be_durable_after_its_roll_back_is_taken_in_again()
    {
        var state = new SeasonState(new SeasonRules(Direction.Descending, Aggregation.Sum, null));
        state.Begin(1);
        var slot = state.Introduce("ada"u8, SubjectFlags.Registered, 1, "Ada"u8);
        state.Submit(slot, 5, 10);
        var request = Guid.NewGuid();
        state.End(request, [7], now: 1_000);
        var set = state.Detach();
        state.RollBack(set);
        Assert.Equal(-1, state.Board.Find("ada"u8));

        SeasonLoader.AddLate(state, set);

        slot = state.Board.Find("ada"u8);
        Assert.Equal(new EntryValue(5, 10), state.ValueOf(slot));
        Assert.Equal(1, state.Board.RankOf(slot));
        Assert.Equal(1, state.Sequence);
        Assert.True(state.Requests.TryGet(request, out var outcome));
        Assert.Equal([7], outcome.Bytes);
    }

    [Fact]
    public void Any_changed_byte_of_a_blob_is_noticed()
    {
        var state = new SeasonState(new SeasonRules(Direction.Descending, Aggregation.Best, null));
        state.Begin(1);
        state.Submit(state.Introduce("ada"u8, SubjectFlags.None, 0, default), 5, 10);
        state.End();
        var blob = state.Detach().ToBlob().ToArray();
        for (var i = 0; i < blob.Length; i++)
        {
            var damaged = blob.ToArray();
            damaged[i] ^= 0x40;
            Assert.Throws<InvalidDataException>(() => Load(damaged));
            Assert.Throws<InvalidDataException>(() => Load(blob[..i]));
        }

        static void Load(byte[] bytes) => new SeasonLoader(new SeasonState(new SeasonRules(Direction.Descending, Aggregation.Best, null))).Add(bytes);
    }
}
