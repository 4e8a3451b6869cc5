using System.Globalization;
using System.Net;
using System.Text.Json;
using Laurel.Tests.Support;

namespace Laurel.Journeys.Tests.Godot;

/// <summary>The Godot addon in a real engine, on a real server: its network core in Godot 3 and 4, its nodes in Godot 4.</summary>
public class GodotJourneys
{
    private const string Sum = """{"scoring":{"aggregation":"sum"}}""";

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Scores_are_submitted_in_hundreds_and_fail_alone(int version)
    {
        await using var laurel = await LaurelProcess.StartAsync();
        var options = await MakeBoardAsync(laurel, """{"scoring":{"aggregation":"sum"},"submission":{"max_score":1000}}""");
        List<object> scores = [.. Enumerable.Range(0, 250).Select(score => new { user_id = $"player-{score % 3}", score })];
        scores[120] = new { user_id = "player-0", score = 5000 };
        scores[121] = new { user_id = "", score = 1 };
        scores[122] = new { user_id = "ada", score = 12.020123, name = "Ada", metadata = new { car = "blue" } };

        await using var godot = GodotEngine.Start(
            version, "driver.gd", ("LAUREL_SCENARIO", "submit"), ("LAUREL_OPTIONS", options()), ("LAUREL_SCORES", JsonSerializer.Serialize(scores)));
        var outcomes = godot.Next("value");

        Assert.Equal(250, outcomes.GetArrayLength());
        Assert.Equal([120, 121], Enumerable.Range(0, 250).Where(place => !outcomes[place].GetProperty("ok").GetBoolean()));
        Assert.Equal("validation", outcomes[120].GetProperty("status").GetString());
        Assert.Equal(1, outcomes[0].GetProperty("rank").GetInt32());
        var page = await laurel.SendAsync(HttpMethod.Get, "/v1/leaderboards/acme/race", null, HttpStatusCode.OK);
        Assert.Contains("\"name\":\"Ada\",\"score\":12.020123,", page.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"metadata\":{\"car\":\"blue\"}", page.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_server_killed_within_a_batch_and_started_again_has_each_score_once(int version)
    {
        await using var laurel = await LaurelProcess.StartAsync();
        var options = await MakeBoardAsync(laurel, Sum);
        var scores = Enumerable.Range(0, 1000).Select(score => (User: $"player-{score % 7}", Score: score)).ToList();

        await using var godot = GodotEngine.Start(
            version, "driver.gd", ("LAUREL_SCENARIO", "submit"), ("LAUREL_OPTIONS", options()),
            ("LAUREL_SCORES", JsonSerializer.Serialize(scores.Select(score => new { user_id = score.User, score = score.Score }))));
        await Eventually.TrueAsync(async () => (await laurel.StandingsAsync("race")).Count > 0, "the first scores have come");
        await laurel.KillAsync();
        await laurel.RunAsync(samePlace: true);
        var outcomes = godot.Next("value");

        Assert.All(outcomes.EnumerateArray(), outcome => Assert.True(outcome.GetProperty("ok").GetBoolean()));
        var expected = scores.GroupBy(score => score.User).Select(player => (player.Key, (double)player.Sum(score => score.Score))).Order();
        Assert.Equal(expected, (await laurel.StandingsAsync("race")).Select(entry => (entry.User, entry.Score)).Order());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task What_waits_survives_the_game_and_the_server(int version)
    {
        using var folder = new TempDirectory();
        var queue = ("LAUREL_QUEUE", Path.Combine(folder.Path, "queue.json"));
        await using var laurel = await LaurelProcess.StartAsync();
        var options = await MakeBoardAsync(laurel, Sum);
        await laurel.KillAsync();
        var scores = JsonSerializer.Serialize(Enumerable.Range(0, 150).Select(score => new { user_id = $"player-{score % 3}", score = 1 }));
        var impatient = ("LAUREL_OPTIONS", options("\"patience\":0"));
        await using (var offline = GodotEngine.Start(version, "driver.gd", ("LAUREL_SCENARIO", "queue"), impatient, ("LAUREL_SCORES", scores), queue))
            Assert.Equal("unavailable", offline.Next("error").GetProperty("kind").GetString());
        Assert.DoesNotContain("sent_at", await File.ReadAllTextAsync(queue.Item2, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await laurel.RunAsync(samePlace: true);
        await using (var online = GodotEngine.Start(version, "driver.gd", ("LAUREL_SCENARIO", "flush"), ("LAUREL_OPTIONS", options()), queue))
            Assert.All(online.Next("value").EnumerateArray(), left => Assert.Equal("applied", left.GetProperty("outcome").GetProperty("status").GetString()));
        await using (var again = GodotEngine.Start(version, "driver.gd", ("LAUREL_SCENARIO", "flush"), ("LAUREL_OPTIONS", options()), queue))
            Assert.Equal(0, again.Next("value").GetArrayLength());
        Assert.Equal([50, 50, 50], (await laurel.StandingsAsync("race")).Select(entry => entry.Score));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_score_that_is_too_large_for_any_request_holds_up_no_other(int version)
    {
        using var folder = new TempDirectory();
        var queue = Path.Combine(folder.Path, "queue.json");
        await using var laurel = await LaurelProcess.StartAsync();
        var options = await MakeBoardAsync(laurel, Sum);
        var waiting = Enumerable.Range(0, 5).Select(place => new
        {
            score = new { user_id = $"player-{place}", score = 1, idempotency_key = $"key-{place}", name = new string('n', place == 3 ? 1_100_000 : 1) },
        });
        await File.WriteAllTextAsync(queue, JsonSerializer.Serialize(new { version = 1, waiting }), TestContext.Current.CancellationToken);

        await using var godot = GodotEngine.Start(version, "driver.gd", ("LAUREL_SCENARIO", "flush"), ("LAUREL_OPTIONS", options()), ("LAUREL_QUEUE", queue));
        var statuses = godot.Next("value").EnumerateArray().Select(left => left.GetProperty("outcome").GetProperty("status").GetString());

        Assert.Equal(["applied", "applied", "applied", "validation", "applied"], statuses);
        Assert.Equal(4, (await laurel.StandingsAsync("race")).Count);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Keys_and_limits_are_refused_as_what_they_are(int version)
    {
        await using var laurel = await LaurelProcess.StartAsync();
        await MakeBoardAsync(laurel, Sum);
        var scores = ("LAUREL_SCORES", """[{"user_id":"ada","score":1}]""");
        foreach (var (key, kind, status) in new[]
        {
            ("nonsense", "unauthorized", 401),
            (await MakeKeyAsync(laurel, "embed"), "forbidden", 403),
            (await MakeLimitedKeyAsync(laurel), "rate_limited", 429),
        })
        {
            await using var godot = GodotEngine.Start(
                version, "driver.gd", ("LAUREL_SCENARIO", "submit"), ("LAUREL_OPTIONS", Options(laurel, key, "\"patience\":0")), scores);
            var error = godot.Next("error");
            Assert.Equal((kind, status), (error.GetProperty("kind").GetString(), error.GetProperty("status").GetInt32()));
            Assert.Equal(1, error.GetProperty("unsettled").GetInt32());
            Assert.Equal(status == 429, error.GetProperty("retry_after").GetDouble() >= 1);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_rate_limit_is_waited_for(int version)
    {
        await using var laurel = await LaurelProcess.StartAsync();
        await MakeBoardAsync(laurel, Sum);
        var key = await MakeKeyAsync(laurel, "board", ""","rate_limit":{"requests":1,"seconds":1}""");
        var scores = JsonSerializer.Serialize(Enumerable.Range(0, 400).Select(_ => new { user_id = "ada", score = 1 }));

        await using var godot = GodotEngine.Start(
            version, "driver.gd", ("LAUREL_SCENARIO", "submit"), ("LAUREL_OPTIONS", Options(laurel, key)), ("LAUREL_SCORES", scores));

        Assert.Equal(400, godot.Next("value").GetArrayLength());
        Assert.Equal([("ada", 400.0, 1)], await laurel.StandingsAsync("race"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Pages_neighbours_ranks_and_ended_windows_are_read(int version)
    {
        await using var laurel = await LaurelProcess.StartAsync();
        var options = await MakeBoardAsync(laurel, """{"timeframe":{"type":"manual"},"scoring":{"aggregation":"last"}}""");
        const string Seasons = "/tenants/acme/leaderboards/race/seasons";
        const string Entries = """{"entries":[{"user_id":"ada","score":3},{"user_id":"player ü/2","score":2},{"user_id":"eve","score":1}]}""";
        await laurel.SendAsync(HttpMethod.Post, Seasons, """{"season_id":"spring"}""", HttpStatusCode.Created);
        await laurel.SendAsync(HttpMethod.Post, "/tenants/acme/leaderboards/race/entries", Entries, HttpStatusCode.OK);
        await laurel.SendAsync(HttpMethod.Post, Seasons + "/spring/close", "{}", HttpStatusCode.OK);
        await laurel.SendAsync(HttpMethod.Post, Seasons, """{"season_id":"summer"}""", HttpStatusCode.Created);
        await laurel.SendAsync(HttpMethod.Post, "/tenants/acme/leaderboards/race/entries", Entries, HttpStatusCode.OK);

        await using var godot = GodotEngine.Start(version, "driver.gd", ("LAUREL_SCENARIO", "reads"), ("LAUREL_OPTIONS", options()));

        Assert.Equal(["player ü/2", "eve"], Users(godot.Next("value")));
        Assert.Equal(["ada", "player ü/2", "eve"], Users(godot.Next("value")));
        Assert.Equal("2", godot.Next("value").GetProperty("rank").GetRawText());
        Assert.Equal(2, godot.Next("value").GetProperty("score").GetDouble());
        Assert.Equal(JsonValueKind.Null, godot.Next("value").ValueKind);
        Assert.Equal("spring", godot.Next("value").GetProperty("snapshots")[0].GetProperty("window_key").GetString());
        Assert.Equal(["ada", "player ü/2", "eve"], Users(godot.Next("value")));
        Assert.Equal(JsonValueKind.Null, godot.Next("value").ValueKind);
        var error = godot.Next("error");
        Assert.Equal("invalid_request", error.GetProperty("kind").GetString());
        Assert.Equal("limit", error.GetProperty("details")[0].GetProperty("path").GetString());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_followed_board_goes_on_through_a_kill_without_gaps(int version)
    {
        await using var laurel = await LaurelProcess.StartAsync();
        await MakeBoardAsync(laurel, """{"scoring":{"aggregation":"last"}}""");
        await SubmitAsync(laurel, ("ada", 40), ("bob", 30), ("eve", 20), ("zoe", 10));
        var embed = await MakeKeyAsync(laurel, "embed");

        await using var godot = GodotEngine.Start(version, "driver.gd", ("LAUREL_SCENARIO", "follow"), ("LAUREL_OPTIONS", Options(laurel, embed)));
        var shadow = new Shadow();
        Follow(godot, shadow, "ada", "bob", "eve");
        await SubmitAsync(laurel, ("zoe", 100));
        Follow(godot, shadow, "zoe", "ada", "bob");
        await laurel.KillAsync();
        godot.Until("state", state => state.GetProperty("state").GetString() == "broken");
        await laurel.RunAsync(samePlace: true);
        await SubmitAsync(laurel, ("new", 1000), ("zoe", 1), ("bob", 35));
        Follow(godot, shadow, "new", "ada", "bob");
        Assert.Equal(35, shadow.ScoreOf("bob"));

        var keys = await laurel.SendAsync(HttpMethod.Get, "/tenants/acme/keys", null, HttpStatusCode.OK);
        var id = keys.GetProperty("keys").EnumerateArray().Single(key => key.GetProperty("kind").GetString() == "embed").GetProperty("key_id").GetString();
        await laurel.SendAsync(HttpMethod.Delete, $"/tenants/acme/keys/{id}", null, HttpStatusCode.OK);
        var refused = godot.Until("state", state => state.GetProperty("state").GetString() == "refused");
        Assert.Equal("unauthorized", refused.GetProperty("error").GetString());
    }

    [Fact]
    public async Task The_demo_submits_and_its_list_follows()
    {
        await using var laurel = await LaurelProcess.StartAsync();
        await MakeBoardAsync(laurel, """{"scoring":{"aggregation":"best"}}""");
        await SubmitAsync(laurel, ("bob", 2.5));
        var key = await MakeKeyAsync(laurel, "board");

        await using var godot = GodotEngine.Start(
            4, "play.gd", ("LAUREL_URL", laurel.Address), ("LAUREL_TENANT", "acme"), ("LAUREL_LEADERBOARD", "race"), ("LAUREL_KEY", key));
        godot.Until("shown", shown => Rows(shown).SequenceEqual(["1 Ada 3", "2 bob 2.5"]) && shown.GetProperty("said").GetString() == "You are in place 1.");
        await SubmitAsync(laurel, ("bob", 1e6));
        godot.Until("shown", shown => Rows(shown).SequenceEqual(["1 bob 1000000", "2 Ada 3"]));
    }

    private static void Follow(GodotEngine godot, Shadow shadow, params string[] users) => godot.Until("changed", told =>
    {
        shadow.Take(told);
        return Users(told, "rows").SequenceEqual(users);
    });

    private static IEnumerable<string> Users(JsonElement body, string list = "entries") =>
        body.GetProperty(list).EnumerateArray().Select(entry => entry.GetProperty("user_id").GetString()!);

    private static IEnumerable<string> Rows(JsonElement shown) => shown.GetProperty("rows").EnumerateArray().Select(row => row.GetString()!);

    /// <summary>Makes the board; the result makes the options of a client with a board key of it.</summary>
    private static async Task<BoardOptions> MakeBoardAsync(LaurelProcess laurel, string config)
    {
        await laurel.MakeBoardAsync("race", $"\"config\":{config}");
        var key = await MakeKeyAsync(laurel, "board");
        return more => Options(laurel, key, more);
    }

    private delegate string BoardOptions(string? more = null);

    private static string Options(LaurelProcess laurel, string key, string? more = null) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"url":"{{laurel.Address}}","tenant":"acme","leaderboard":"race","key":"{{key}}","timeout":30000,{{more ?? "\"patience\":120000"}}}""");

    private static async Task<string> MakeKeyAsync(LaurelProcess laurel, string kind, string more = "") => (await laurel.SendAsync(
        HttpMethod.Post, "/tenants/acme/keys", $$"""{"kind":"{{kind}}","leaderboard_id":"race"{{more}}}""", HttpStatusCode.Created)).GetProperty("api_key").GetString()!;

    /// <summary>A key that has nothing left for an hour.</summary>
    private static async Task<string> MakeLimitedKeyAsync(LaurelProcess laurel)
    {
        var key = await MakeKeyAsync(laurel, "board", ""","rate_limit":{"requests":1,"seconds":3600}""");
        await laurel.SendAsync(HttpMethod.Get, "/v1/leaderboards/acme/race", null, HttpStatusCode.OK, key);
        return key;
    }

    private static Task SubmitAsync(LaurelProcess laurel, params (string User, double Score)[] entries) => laurel.SendAsync(
        HttpMethod.Post,
        "/tenants/acme/leaderboards/race/entries",
        JsonSerializer.Serialize(new { entries = entries.Select(entry => new { user_id = entry.User, score = entry.Score }) }),
        HttpStatusCode.OK);
}
