using System.Globalization;
using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using Laurel.Storage;

namespace Laurel.Grains.Tests.Leaderboards;

public class SchedulerJourneys
{
    [Fact]
    public async Task Boards_whose_work_takes_long_and_fails_keep_no_other_board_waiting()
    {
        const string partition = "0";
        var turned = 0;
        FakeBoards boards = new();
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None, factories: boards.Factories);
        boards.Turning = board =>
        {
            if (board.StartsWith("stuck/", StringComparison.Ordinal))
            {
                cluster.Clock.Advance(TimeSpan.FromSeconds(1));
                return OutcomeStatus.Unavailable;
            }

            turned++;
            return OutcomeStatus.NotFound;
        };
        var now = Timestamps.Now(cluster.Clock);
        string[] due = [.. DueOf("stuck", 600, now - 2), .. DueOf("other", 1, now - 1)];
        Assert.Equal(WriteOutcome.Committed, await cluster.Store.Records.CommitAsync([.. due.Select(static key => new RecordWrite(key, null, []))]));

        for (var waking = 0; turned == 0; waking++)
        {
            Assert.True(waking < due.Length, "It was never turned.");
            var since = cluster.Clock.GetTimestamp();
            await cluster.Grains.CallAsync(partition, static (IScheduler scheduler, WakeScheduler request) => scheduler.WakeAsync(request), new WakeScheduler());
            Assert.InRange(cluster.Clock.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        }

        static IEnumerable<string> DueOf(string tenant, int count, long at) => Enumerable.Range(0, int.MaxValue)
            .Select(board => RecordKeys.Due(new SeasonKey(new LeaderboardKey(tenant, $"board{board}"), 1, "w1"), at))
            .Where(static key => key.StartsWith(RecordKeys.DueOf(int.Parse(partition, CultureInfo.InvariantCulture)), StringComparison.Ordinal))
            .Take(count);
    }
}
