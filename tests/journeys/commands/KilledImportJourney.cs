using Laurel.Standalone.Commands;

namespace Laurel.Journeys.Tests.Commands;

public sealed class KilledImportJourney
{
    private const int Kills = 3;

    [Fact]
    public async Task A_killed_import_goes_on_where_it_was_and_counts_nothing_twice()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var server = await ImportServer.StartAsync();
        await server.CreateBoardAsync("board");
        var sums = new Sums(10_000, 1_000, random);
        var file = server.Write("a.csv", sums.Csv + "a line that is none\n");

        CommandProcess? process = null;
        var fatal = 0;
        await using var relay = await Relay.StartAsync(() => server.Address, number =>
        {
            if (number == fatal)
                process!.Kill();
            return Relay.Verdict.Pass;
        });
        string[] command =
            ["import", file, "--board", "acme/board", "--key", await server.CreateTenantKeyAsync(), "--url", relay.Address, "--batch", "50", "--register"];
        for (var kill = 0; kill < Kills; kill++)
        {
            fatal = relay.Posts + random.Next(1, 40);
            using (process = new CommandProcess(command))
                Assert.NotEqual(ImportExit.AllIn, await process.EndAsync());
        }

        fatal = 0;
        using (process = new CommandProcess(command))
            Assert.True(await process.EndAsync() == ImportExit.SomeRefused, process.Output);
        Assert.Contains("10,001 lines: ", process.Output, StringComparison.Ordinal);
        Assert.Contains(", 1 refused.", process.Output, StringComparison.Ordinal);
        Assert.Single(File.ReadLines(file + RejectFile.Suffix));
        sums.Check(await server.StandingsAsync("board"));
    }
}
