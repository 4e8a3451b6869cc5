using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Laurel.Standalone.Commands;

namespace Laurel.Journeys.Tests.Commands;

public sealed partial class ImportFootballJourney
{
    /// <summary>Beside the checkout; the repository does not bring it.</summary>
    private static readonly string Data = Path.GetFullPath(Path.Combine(ThisFile(), "../../../../..", "shared", "data", "football", "goalscorers.csv"));

    [Fact]
    public async Task Every_goal_ever_goes_in_with_one_command()
    {
        Assert.SkipUnless(File.Exists(Data), $"the football data set is not there ({Data}).");
        await using var server = await ImportServer.StartAsync();
        await server.CreateBoardAsync("board");
        var file = Path.Combine(server.Files, "goalscorers.csv");
        File.Copy(Data, file);

        var result = await Import.ExpectAsync(
            ImportExit.AllIn,
            [
                file, "--board", "acme/board", "--key", await server.CreateTenantKeyAsync(), "--url", server.Address,
                "--map", "user=scorer", "--score", "1", "--where", "own_goal=FALSE", "--where", "scorer!=NA",
            ]);
        TestContext.Current.TestOutputHelper!.WriteLine(result.Output);
        Assert.Equal(Table(), await server.StandingsAsync("board"));
    }

    /// <summary>Goals by scorer, computed apart from the product; ties to whoever had scored them all first.</summary>
    private static IEnumerable<(string Scorer, double Goals)> Table() =>
        from line in File.ReadLines(Data).Skip(1)
        let fields = Field().Matches(line).Select(TextOf).ToArray()
        where fields[4] != "NA" && fields[6] == "FALSE"
        group fields[0] by fields[4] into scorer
        orderby scorer.Count() descending, scorer.Max(), Convert.ToHexString(Encoding.UTF8.GetBytes(scorer.Key))
        select (scorer.Key, (double)scorer.Count());

    private static string TextOf(Match field) => field.Groups["quoted"] is { Success: true } quoted
        ? quoted.Value.Replace("\"\"", "\"", StringComparison.Ordinal)
        : field.Groups["plain"].Value;

    [GeneratedRegex("(?<=^|,)(?:\"(?<quoted>(?:[^\"]|\"\")*)\"|(?<plain>[^,]*))")]
    private static partial Regex Field();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
