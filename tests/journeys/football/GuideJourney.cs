using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Laurel.Journeys.Tests;

/// <summary>The guide's commands, run as they are printed; its tables, computed once more in SQL.</summary>
public class GuideJourney(ITestOutputHelper output)
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(ThisFile(), "../../../.."));
    private static readonly string Results = Path.GetFullPath(Path.Combine(Repository, "../shared/data/football/results.csv"));

    [Fact]
    public async Task The_guide_runs_as_printed_and_its_tables_are_right()
    {
        Assert.SkipUnless(File.Exists(Results), $"the football data set is not there ({Results}).");
        await using var laurel = await LaurelProcess.StartAsync();
        await RunAsync(laurel, string.Join('\n', Commands()));

        using var matches = Load();
        await AssertTableAsync(laurel, matches, "points", "", "1 = 1", "CASE WHEN goals > against THEN 3 WHEN goals = against THEN 1 ELSE 0 END");
        await AssertTableAsync(
            laurel, matches, "world-cup", "", "tournament = 'FIFA World Cup'", "CASE WHEN goals > against THEN 3 WHEN goals = against THEN 1 ELSE 0 END");
        await AssertTableAsync(laurel, matches, "goals", "&window_key=2025", "date LIKE '2025-%'", "goals");
        await AssertTableAsync(laurel, matches, "goals", "&window_key=2026", "date LIKE '2026-%'", "goals");
        await laurel.KillAsync();
        await laurel.RunAsync();
        await AssertTableAsync(laurel, matches, "goals", "&window_key=2025", "date LIKE '2025-%'", "goals");
        await laurel.SendAsync(HttpMethod.Get, "/v1/snapshots/football/goals/1990", null, HttpStatusCode.NotFound);
    }

    /// <summary>The blocks that are marked as commands.</summary>
    private static IEnumerable<string> Commands()
    {
        var inside = false;
        foreach (var line in File.ReadLines(Path.Combine(Repository, "docs", "phoenix.md")))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = line == "```sh";
            else if (inside)
                yield return line;
        }
    }

    private async Task RunAsync(LaurelProcess laurel, string script)
    {
        var start = new ProcessStartInfo("bash", ["-eu", "-o", "pipefail", "-c", script])
        {
            WorkingDirectory = Repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LAUREL_URL"] = laurel.Address, ["LAUREL_KEY"] = LaurelProcess.AdminKey, ["RESULTS"] = Results },
        };
        using var shell = Process.Start(start)!;
        var texts = await Task.WhenAll(shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        output.WriteLine(string.Join('\n', texts));
        Assert.Equal(0, shell.ExitCode);
        Assert.Contains("points_expression is wrong at position 23: something is missing at the end", texts[0], StringComparison.Ordinal);
        Assert.Contains("""{"status":"accepted","accepted":0,"duplicates":100""", texts[0], StringComparison.Ordinal);
    }

    private static SqliteConnection Load()
    {
        var matches = new SqliteConnection("Data Source=:memory:");
        matches.Open();
        Execute("CREATE TABLE results (date TEXT, team TEXT, goals INT, against INT, tournament TEXT)");
        using var transaction = matches.BeginTransaction();
        foreach (var fields in CsvRows.Read(Results).Skip(1).Where(fields => fields[3] != "NA" && fields[4] != "NA"))
        {
            Execute("INSERT INTO results VALUES ($1, $2, $3, $4, $5)", fields[0], fields[1], fields[3], fields[4], fields[5]);
            Execute("INSERT INTO results VALUES ($1, $2, $3, $4, $5)", fields[0], fields[2], fields[4], fields[3], fields[5]);
        }

        transaction.Commit();
        return matches;

        void Execute(string sql, params string[] values)
        {
            using var command = matches.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
                command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i + 1}"), values[i]);
            command.ExecuteNonQuery();
        }
    }

    private static async Task AssertTableAsync(LaurelProcess laurel, SqliteConnection matches, string board, string window, string where, string points)
    {
        List<(string Team, double Points)> expected = [];
        using (var query = matches.CreateCommand())
        {
            // Equal points: whoever had them all first, then by the bytes of the name.
            query.CommandText = $"SELECT team, SUM({points}) AS total FROM results WHERE {where} GROUP BY team ORDER BY total DESC, MAX(date), CAST(team AS BLOB)";
            using var rows = query.ExecuteReader();
            while (rows.Read())
                expected.Add((rows.GetString(0), rows.GetDouble(1)));
        }

        var page = await laurel.SendAsync(HttpMethod.Get, $"/v1/leaderboards/football/{board}?limit=1000{window}", null, HttpStatusCode.OK);
        Assert.Equal(expected, page.GetProperty("entries").EnumerateArray().Select(entry => (entry.GetProperty("user_id").GetString()!, entry.GetProperty("score").GetDouble())));
    }

    private static string ThisFile([CallerFilePath] string thisFile = "") => thisFile;
}
