using System.Text.Json;
using System.Text.RegularExpressions;

namespace Laurel.ApiFrontend.Tests.Phoenix;

[Collection<PhoenixTests>]
public sealed partial class LeaderboardTests(PhoenixServer server)
{
    private const string Config = """
        {"scope":{"filters":{"actor.metadata.region":{"in":["na","eu"]}}},
         "timeframe":{"type":"weekly","timezone":"UTC","reset_day":"monday","reset_time":"00:00"},
         "scoring":{"rules":[{"event_type":"match.completed","points_expression":"attrs.score","conditions":{"attrs.victory":{"eq":true}}}],"aggregation":"sum"},
         "ranking":{"method":"score_desc","size":1000,"min_score":0}}
        """;

    [Fact]
    public async Task A_created_leaderboard_is_shown_with_its_whole_record()
    {
        var tenant = await server.MakeTenantAsync();

        var created = (await server.Admin.PostAsync(
            $"/tenants/{tenant}/leaderboards",
            $$"""
            {"leaderboard_id":"xp-weekly-global","tenant_id":"{{tenant}}","name":"Global Weekly XP",
             "description":"Weekly XP race across all regions","config":{{Config}}}
            """)).Is(201);

        Assert.Equal(
            ["leaderboard_id", "tenant_id", "name", "description", "status", "version", "config", "created_at", "updated_at"],
            created.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal("xp-weekly-global", created.Text("leaderboard_id"));
        Assert.Equal(tenant, created.Text("tenant_id"));
        Assert.Equal("Global Weekly XP", created.Text("name"));
        Assert.Equal("active", created.Text("status"));
        Assert.Equal("1", created.Raw("version"));
        Assert.Matches(Instant(), created.Text("created_at"));
        Assert.Equal(created.Text("created_at"), created.Text("updated_at"));
        AssertHolds(JsonSerializer.Deserialize<JsonElement>(Config), created.Json.GetProperty("config"), "config");

        var read = (await server.Admin.GetAsync($"/tenants/{tenant}/leaderboards/xp-weekly-global")).Is(200);
        Assert.Equal(created.Body, read.Body);
    }

    [Fact]
    public async Task What_a_config_leaves_out_is_shown_filled_in()
    {
        var tenant = await server.MakeTenantAsync();

        var created = (await server.Admin.PostAsync($"/tenants/{tenant}/leaderboards", """{"leaderboard_id":"plain"}""")).Is(201);

        Assert.Equal("plain", created.Text("name"));
        Assert.Equal("\"all_time\"", created.Raw("config", "timeframe", "type"));
        Assert.Equal("\"sum\"", created.Raw("config", "scoring", "aggregation"));
        Assert.Equal("\"score_desc\"", created.Raw("config", "ranking", "method"));
        Assert.Equal("1000", created.Raw("config", "ranking", "size"));
        Assert.Equal("\"open\"", created.Raw("config", "submission", "registry"));
    }

    [Theory]
    [InlineData("crazygames", "strict", "best", "weekly")]
    [InlineData("rankora", "open", "last", "all_time")]
    public async Task A_preset_fills_in_other_defaults(string preset, string registry, string aggregation, string timeframe)
    {
        var tenant = await server.MakeTenantAsync();

        var created = (await server.Admin.PostAsync($"/tenants/{tenant}/leaderboards", $$"""{"leaderboard_id":"b","preset":"{{preset}}"}""")).Is(201);

        Assert.Equal($"\"{registry}\"", created.Raw("config", "submission", "registry"));
        Assert.Equal($"\"{aggregation}\"", created.Raw("config", "scoring", "aggregation"));
        Assert.Equal($"\"{timeframe}\"", created.Raw("config", "timeframe", "type"));
    }

    [Fact]
    public async Task A_change_raises_the_version_and_leaves_the_rest()
    {
        var board = await server.MakeBoardAsync();

        var changed = (await server.Admin.PatchAsync(
            board.Path, """{"name":"Updated Display Name","description":"New marketing copy","status":"inactive"}""")).Is(200);

        Assert.Equal("Updated Display Name", changed.Text("name"));
        Assert.Equal("New marketing copy", changed.Text("description"));
        Assert.Equal("inactive", changed.Text("status"));
        Assert.Equal("2", changed.Raw("version"));
        Assert.Equal("3", (await server.Admin.PatchAsync(board.Path, """{"status":"active"}""")).Is(200).Raw("version"));
        Assert.Equal("Updated Display Name", (await server.Admin.GetAsync(board.Path)).Text("name"));
    }

    [Fact]
    public async Task A_deleted_leaderboard_is_returned_once_and_gone_afterwards()
    {
        var board = await server.MakeBoardAsync();
        var before = await server.Admin.GetAsync(board.Path);

        var deleted = (await server.Admin.DeleteAsync(board.Path)).Is(200);

        Assert.Equal(before.Text("leaderboard_id"), deleted.Text("leaderboard_id"));
        (await server.Admin.DeleteAsync(board.Path)).IsNotFound();
        (await server.Admin.GetAsync(board.Path)).IsNotFound();
        (await server.Admin.GetAsync(board.Query)).IsNotFound();
        Assert.Equal("0", (await server.Admin.GetAsync($"/tenants/{board.Tenant}/leaderboards")).Raw("total"));
    }

    [Fact]
    public async Task A_namesake_of_a_deleted_leaderboard_begins_empty()
    {
        var board = await server.MakeBoardAsync();
        await server.Admin.SubmitAsync(board, ("ada", 5));
        (await server.Admin.DeleteAsync(board.Path)).Is(200);

        (await server.Admin.PostAsync($"/tenants/{board.Tenant}/leaderboards", """{"leaderboard_id":"board"}""")).Is(201);

        Assert.Equal("0", (await server.Admin.GetAsync(board.Query)).Is(200).Raw("total"));
    }

    [Fact]
    public async Task Lists_are_sorted_and_paged()
    {
        var tenant = await server.MakeTenantAsync();
        string[] ids = ["c", "A", "a-2", "b_1", "a"];
        foreach (var id in ids)
            (await server.Admin.PostAsync($"/tenants/{tenant}/leaderboards", $$"""{"leaderboard_id":"{{id}}"}""")).Is(201);
        var sorted = ids.Order(StringComparer.Ordinal).ToArray();

        var all = (await server.Admin.GetAsync($"/tenants/{tenant}/leaderboards")).Is(200);
        Assert.Equal("5", all.Raw("total"));
        Assert.Equal(sorted, all.Each("leaderboards", "leaderboard_id"));

        List<string> paged = [];
        for (var offset = 0; offset < 6; offset += 2)
        {
            var page = (await server.Admin.GetAsync($"/tenants/{tenant}/leaderboards?limit=2&offset={offset}&unknown=x")).Is(200);
            Assert.Equal("5", page.Raw("total"));
            paged.AddRange(page.Each("leaderboards", "leaderboard_id"));
        }

        Assert.Equal(sorted, paged);
    }

    [Fact]
    public async Task A_tenant_key_lists_its_own_and_an_admin_key_all()
    {
        var mine = await server.MakeBoardAsync();
        var others = await server.MakeBoardAsync();
        var key = await server.MakeKeyAsync(mine.Tenant, """ "kind":"tenant","scopes":["leaderboards:read"] """);

        Assert.Equal([mine.Tenant], (await server.With(key).GetAsync("/leaderboards")).Is(200).Each("leaderboards", "tenant_id"));
        var all = (await server.Admin.GetAsync("/leaderboards?limit=1000")).Is(200).Each("leaderboards", "tenant_id");
        Assert.Contains(mine.Tenant, all);
        Assert.Contains(others.Tenant, all);
    }

    [Theory]
    [InlineData("limit=0", "limit must be a whole number from 1 to 1000")]
    [InlineData("limit=1001", "limit must be a whole number from 1 to 1000")]
    [InlineData("limit=ten", "limit must be a whole number from 1 to 1000")]
    [InlineData("limit=1.5", "limit must be a whole number from 1 to 1000")]
    [InlineData("limit=99999999999999999999", "limit must be a whole number from 1 to 1000")]
    [InlineData("limit=", "limit must be a whole number from 1 to 1000")]
    [InlineData("limit=1&limit=2", "limit must be given once")]
    [InlineData("offset=-1", "offset must be a whole number of at least 0")]
    [InlineData("offset=x", "offset must be a whole number of at least 0")]
    public async Task Paging_that_cannot_be_is_named(string query, string message)
    {
        var tenant = await server.MakeTenantAsync();

        (await server.Admin.GetAsync($"/tenants/{tenant}/leaderboards?{query}")).IsInvalid(message);
        (await server.Admin.GetAsync($"/leaderboards?{query}")).IsInvalid(message);
        (await server.Admin.GetAsync($"/tenants?{query}")).IsInvalid(message);
        (await server.Admin.GetAsync($"/tenants/{tenant}/keys?{query}")).IsInvalid(message);
    }

    [GeneratedRegex("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$")]
    private static partial Regex Instant();

    /// <summary>All that was asked for stands in what came, whatever else does.</summary>
    private static void AssertHolds(JsonElement asked, JsonElement came, string path)
    {
        Assert.Equal(asked.ValueKind, came.ValueKind);
        if (asked.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in asked.EnumerateObject())
                AssertHolds(field.Value, came.GetProperty(field.Name), $"{path}.{field.Name}");
            return;
        }

        if (asked.ValueKind != JsonValueKind.Array || asked.EnumerateArray().All(item => item.ValueKind != JsonValueKind.Object))
        {
            Assert.True(asked.GetRawText() == came.GetRawText(), $"{path} is {came.GetRawText()}");
            return;
        }

        Assert.Equal(asked.GetArrayLength(), came.GetArrayLength());
        foreach (var (one, other) in asked.EnumerateArray().Zip(came.EnumerateArray()))
            AssertHolds(one, other, $"{path}[]");
    }
}
