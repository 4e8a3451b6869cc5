using System.Runtime.CompilerServices;
using Laurel.Standalone.Commands;

namespace Laurel.Journeys.Tests.Commands;

public sealed class ImportFootballJourney
{
    [Fact]
    public async Task Every_goal_ever_goes_in_with_one_command()
    {
        Assert.SkipWhen(Goal.Absence is not null, Goal.Absence ?? "");
        await using var server = await ImportServer.StartAsync();
        await server.CreateBoardAsync("board");
        var file = Path.Combine(server.Files, "goalscorers.csv");
        File.Copy(Data(), file);

        var result = await Import.ExpectAsync(
            ImportExit.AllIn,
            [
                file, "--board", "acme/board", "--key", await server.CreateTenantKeyAsync(), "--url", server.Address,
                "--map", "user=scorer", "--score", "1", "--where", "own_goal=FALSE", "--where", "scorer!=NA",
            ]);
        TestContext.Current.TestOutputHelper!.WriteLine(result.Output);
        Assert.Equal(Goal.Table(Goal.ReadAll()).Select(static scored => (scored.Scorer, scored.Goals)), await server.StandingsAsync("board"));
    }

    private static string Data([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(thisFile, "../../../../..", "shared", "data", "football", "goalscorers.csv"));
}
