using System.Text.Json;

namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>Events come in, and scores come out.</summary>
[Collection<PhoenixTests>]
public sealed class EventTests(PhoenixServer server)
{
    private const string Kills = """{"scoring":{"rules":[{"event_type":"kill","points_expression":"attrs.points","conditions":{"attrs.mode":{"ne":"practice"}}}]}}""";

    [Fact]
    public async Task An_event_is_accepted_and_shows_within_a_second()
    {
        var board = await server.MakeBoardAsync(Kills);
        var key = server.With(await server.MakeKeyAsync(board.Tenant, """ "kind":"tenant","scopes":["events:write"] """));

        var answer = (await key.PostAsync("/v1/events", Event("e1", "ada", """ "points":7 """, """ "name":"Ada","metadata":{"region":"eu"} """))).Is(202);
        Assert.Equal("""{"status":"accepted","event_id":"e1"}""", answer.Body);
        (await key.PostAsync("/v1/events", Event("e1", "ada", """ "points":7 """))).Is(202);
        (await key.PostAsync("/v1/events", Event("e2", "ada", """ "points":3 """).Replace("\"attrs\"", "\"attributes\"", StringComparison.Ordinal))).Is(202);
        (await key.PostAsync("/v1/events", Event("e3", "ada", """ "points":100,"mode":"practice" """))).Is(202);

        await Eventually.HoldsAsync(async () => (await server.Admin.GetAsync(board.Query)).Each("entries", "score") is ["10"]);
        var entry = (await server.Admin.GetAsync(board.Query)).Json.GetProperty("entries")[0];
        Assert.Equal(("ada", "Ada", """{"region":"eu"}"""), (entry.GetProperty("user_id").GetString(), entry.GetProperty("name").GetString(), entry.GetProperty("metadata").GetRawText()));
    }

    [Fact]
    public async Task A_call_of_many_says_which_events_were_new()
    {
        var board = await server.MakeBoardAsync(Kills);
        var key = server.With(await server.MakeKeyAsync(board.Tenant, """ "kind":"tenant","scopes":["events:write"] """));
        (await key.PostAsync("/v1/events", Event("e1", "ada", """ "points":1 """))).Is(202);

        var answer = (await key.PostAsync("/v1/events/bulk", Bulk(Event("e1", "ada", """ "points":1 """), Event("e2", "bob", """ "points":2 """)))).Is(202);
        Assert.Equal(
            """{"status":"accepted","accepted":1,"duplicates":1,"results":[{"status":"duplicate","event_id":"e1"},{"status":"accepted","event_id":"e2"}]}""",
            answer.Body);
        await Eventually.HoldsAsync(async () => (await server.Admin.GetAsync(board.Query)).Each("entries", "user_id") is ["bob", "ada"]);
    }

    [Fact]
    public async Task The_credentials_decide_the_tenant_and_an_operator_names_one()
    {
        var board = await server.MakeBoardAsync(Kills);
        var other = await server.MakeBoardAsync(Kills);
        var key = server.With(await server.MakeKeyAsync(board.Tenant, """ "kind":"tenant","scopes":["events:write"] """));
        var named = Event("e1", "ada", """ "points":1 """).Replace("{\"event_id\"", $"{{\"tenant_id\":\"{other.Tenant}\",\"event_id\"", StringComparison.Ordinal);

        (await key.PostAsync("/v1/events", named)).Is(202);
        (await server.Admin.PostAsync("/v1/events", Event("e1", "bob", """ "points":1 """))).Is(400);
        (await server.Admin.PostAsync("/v1/events", named.Replace(other.Tenant, "no-such-tenant", StringComparison.Ordinal))).Is(404);
        await Eventually.HoldsAsync(async () => (await server.Admin.GetAsync(board.Query)).Each("entries", "user_id") is ["ada"]);
        (await server.Admin.PostAsync("/v1/events", named.Replace("ada", "cyd", StringComparison.Ordinal))).Is(202);
        await Eventually.HoldsAsync(async () => (await server.Admin.GetAsync(other.Query)).Each("entries", "user_id") is ["cyd"]);
    }

    [Theory]
    [InlineData("", "Invalid JSON")]
    [InlineData("[]", "An event must be an object")]
    [InlineData("{}", "event_id must be a string of 1 to 128 characters")]
    [InlineData("""{"event_id":"","event_type":"kill"}""", "event_id must be a string of 1 to 128 characters")]
    [InlineData("""{"event_id":"e"}""", "event_type must be a string of 1 to 128 characters")]
    [InlineData("""{"event_id":"e","event_type":"kill"}""", "timestamp must be an ISO 8601 timestamp")]
    [InlineData("""{"event_id":"e","event_type":"kill","timestamp":"2225-01-01T00:00:00Z"}""", "timestamp must not be in the future")]
    [InlineData("""{"event_id":"e","event_type":"kill","timestamp":"2025-01-01T00:00:00Z"}""", "actor must be an object")]
    [InlineData("""{"event_id":"e","event_type":"kill","timestamp":"2025-01-01T00:00:00Z","actor":{"id":7}}""", "actor.id must be a string")]
    [InlineData("""{"event_id":"e","event_type":"kill","timestamp":"2025-01-01T00:00:00Z","actor":{"id":"a","metadata":[]}}""", "actor.metadata must be an object")]
    [InlineData("""{"event_id":"e","event_type":"kill","timestamp":"2025-01-01T00:00:00Z","actor":{"id":"a"},"attrs":[]}""", "attrs must be an object")]
    [InlineData("""{"event_id":"e","event_type":"kill","timestamp":"2025-01-01T00:00:00Z","actor":{"id":"a"},"attrs":{"x":1e999}}""", "A number must be finite")]
    public async Task What_is_no_event_is_refused_in_the_flat_form(string body, string message)
    {
        var answer = (await server.Admin.PostAsync("/v1/events", body)).Is(400);
        Assert.Equal("VALIDATION_001", answer.Text("code"));
        Assert.StartsWith(message, answer.Text("error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_wrong_event_refuses_the_whole_call_with_its_index()
    {
        var board = await server.MakeBoardAsync(Kills);
        var key = server.With(await server.MakeKeyAsync(board.Tenant, """ "kind":"tenant","scopes":["events:write"] """));

        var answer = (await key.PostAsync("/v1/events/bulk", Bulk(Event("e1", "ada", """ "points":1 """), "{}"))).Is(400);
        Assert.Equal(("VALIDATION_001", "1"), (answer.Text("code"), answer.Raw("index")));
        Assert.StartsWith("events[1]: event_id must", answer.Text("error"), StringComparison.Ordinal);
        Assert.Equal("1", (await key.PostAsync("/v1/events/bulk", Bulk(Event("e1", "ada", """ "points":1 """)))).Is(202).Raw("accepted"));
        foreach (var body in (string[])["{}", """{"events":{}}""", """{"events":[]}""", Bulk([.. Enumerable.Range(0, 101).Select(i => Event($"x{i}", "ada", ""))])])
            Assert.StartsWith("events must be an array of 1 to 100", (await key.PostAsync("/v1/events/bulk", body)).Is(400).Text("error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_and_unfit_keys_are_told_in_the_flat_form()
    {
        var tenant = await server.MakeTenantAsync();
        var reader = server.With(await server.MakeKeyAsync(tenant, """ "kind":"tenant","scopes":["leaderboards:read"] """));

        Assert.Equal("AUTH_001", (await server.With(null).PostAsync("/v1/events", "{}")).Is(401).Text("code"));
        Assert.Equal("AUTH_002", (await reader.PostAsync("/v1/events", "{}")).Is(403).Text("code"));
        Assert.Equal("NOT_FOUND_001", (await server.Admin.PostAsync("/v1/events/none", "{}")).Is(404).Text("code"));
    }

    [Fact]
    public async Task A_board_with_a_strict_register_scores_known_players_alone()
    {
        var board = await server.MakeBoardAsync("""{"submission":{"registry":"strict"},"scoring":{"rules":[{"event_type":"kill","points_expression":"1"}]}}""");
        (await server.Admin.PutAsync($"/tenants/{board.Tenant}/players/ada", "{}")).Is(200);
        var key = server.With(await server.MakeKeyAsync(board.Tenant, """ "kind":"tenant","scopes":["events:write"] """));

        (await key.PostAsync("/v1/events/bulk", Bulk(Event("e1", "eve", ""), Event("e2", "ada", "")))).Is(202);
        await Eventually.HoldsAsync(async () => (await server.Admin.GetAsync(board.Query)).Each("entries", "user_id") is ["ada"]);
    }

    private static string Event(string id, string actor, string attrs, string about = "") => $$"""
        {"event_id":"{{id}}","event_type":"kill","actor":{"id":"{{actor}}"{{(about.Length > 0 ? "," : "")}}{{about}}},"attrs":{ {{attrs}} },"timestamp":"{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}}"}
        """.Trim();

    private static string Bulk(params string[] events) => JsonSerializer.Serialize(new { events = events.Select(one => JsonSerializer.Deserialize<JsonElement>(one)) });
}
