using Laurel.Standalone.Commands;

namespace Laurel.Journeys.Tests.Commands;

/// <summary>What other products write goes in as it is.</summary>
public sealed class ImportExportsJourneys
{
    private const string Nakama = """
        leaderboard_id,owner_id,username,score,subscore,num_score,max_num_score,metadata,create_time,update_time,expiry_time
        weekly,4c2ae592-b2a7-445e-98ec-697694478b1c,ada,1500,7,3,1000000,"{""car"": ""blue""}",2025-11-17 08:00:00+00,2025-11-18 09:15:43.000112+00,1970-01-01 00:00:00+00
        daily,4c2ae592-b2a7-445e-98ec-697694478b1c,ada,9,0,1,1000000,{},2025-11-17 08:00:00+00,2025-11-18 09:15:43+00,1970-01-01 00:00:00+00
        weekly,b2a7e592-445e-98ec-6976-94478b1c4c2a,bob,1200,0,1,1000000,{},2025-11-17 08:00:00+00,2025-11-19 10:00:00+00,1970-01-01 00:00:00+00

        """;

    private const string PlayFab = """"
        Position,PlayFabId,DisplayName,StatValue
        0,4D2E1A6B9C0F3D71,Ada,1500
        1,9C0F3D714D2E1A6B,"Bob, ""the car""",1200

        """";

    [Fact]
    public async Task Nakamas_records_of_one_leaderboard_go_in_with_names_times_and_metadata()
    {
        await using var server = await ImportServer.StartAsync();
        await server.CreateBoardAsync("board", "last");
        var file = server.Write("leaderboard_record.csv", Nakama);
        string[] command = [file, "--from", "nakama", "--board", "acme/board", "--key", await server.CreateTenantKeyAsync(), "--url", server.Address];

        var mixed = await Import.ExpectAsync(ImportExit.Stopped, command);
        Assert.Contains("Take one with --where leaderboard_id=NAME.", mixed.Errors, StringComparison.Ordinal);
        var result = await Import.ExpectAsync(ImportExit.AllIn, [.. command, "--where", "leaderboard_id=weekly"]);

        result.Said("3 lines: 2 applied, 1 skipped by --where.");
        Assert.Equal([1500, 1200], (await server.StandingsAsync("board")).Select(row => row.Score));
        var entry = await server.EntryAsync("board", "4c2ae592-b2a7-445e-98ec-697694478b1c");
        Assert.Equal("ada", entry.GetProperty("name").GetString());
        Assert.Equal("2025-11-18T09:15:43.000112Z", entry.GetProperty("achieved_at").GetString());
        Assert.Equal("""{"car":"blue"}""", entry.GetProperty("metadata").GetRawText());
    }

    [Theory]
    [InlineData(PlayFab)]
    [InlineData("Rank,Entity.Id,DisplayName,Scores,LastUpdated\n1,4D2E1A6B9C0F3D71,Ada,1500,2025-11-18T09:15:43Z\n2,9C0F3D714D2E1A6B,\"Bob, \"\"the car\"\"\",1200,2025-11-18T09:15:44Z\n")]
    public async Task PlayFabs_leaderboard_goes_in_with_names(string export)
    {
        await using var server = await ImportServer.StartAsync();
        await server.CreateBoardAsync("board", "best");
        var file = server.Write("statistics.csv", export);

        var result = await Import.ExpectAsync(
            ImportExit.AllIn, file, "--from", "playfab", "--board", "acme/board", "--key", await server.CreateTenantKeyAsync(), "--url", server.Address);

        result.Said("2 lines: 2 applied.");
        Assert.Equal([("4D2E1A6B9C0F3D71", 1500.0), ("9C0F3D714D2E1A6B", 1200.0)], await server.StandingsAsync("board"));
        Assert.Equal("Bob, \"the car\"", (await server.EntryAsync("board", "9C0F3D714D2E1A6B")).GetProperty("name").GetString());
    }
}
