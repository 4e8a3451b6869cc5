namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>Each row of the error table, in the envelope.</summary>
[Collection<PhoenixTests>]
public sealed class ErrorTableTests(PhoenixServer server)
{
    [Theory]
    [InlineData("", "Invalid JSON")]
    [InlineData("{", "Invalid JSON")]
    [InlineData("""{"leaderboard_id":"a"} x""", "Invalid JSON")]
    [InlineData("""{"leaderboard_id":"a",}""", "Invalid JSON")]
    [InlineData("""{"leaderboard_id":"\ud800"}""", "Invalid JSON")]
    [InlineData("[]", "The body must be a JSON object")]
    [InlineData("null", "The body must be a JSON object")]
    [InlineData("{}", "leaderboard_id is required")]
    [InlineData("""{"leaderboard_id":null}""", "leaderboard_id is required")]
    [InlineData("""{"leaderboard_id":7}""", "leaderboard_id must be a string")]
    [InlineData("""{"leaderboard_id":"a b"}""", "leaderboard_id can only contain alphanumeric characters, hyphens, and underscores")]
    [InlineData("""{"leaderboard_id":"ä"}""", "leaderboard_id can only contain alphanumeric characters, hyphens, and underscores")]
    [InlineData("""{"leaderboard_id":"12345678901234567890123456789012345678901234567890123456789012345"}""", "leaderboard_id must have 1 to 64 characters")]
    [InlineData("""{"leaderboard_id":"a","tenant_id":"someone-else"}""", "tenant_id in the body must match the URL path")]
    [InlineData("""{"leaderboard_id":"a","nmae":"x"}""", "Unknown field 'nmae'; did you mean 'name'?")]
    [InlineData("""{"leaderboard_id":"a","config":{"timeframe":{"type":"weekly"}}}""", "reset_day is required when type is 'weekly'")]
    public async Task What_cannot_be_created_is_a_validation_error(string body, string message)
    {
        var tenant = await server.MakeTenantAsync();

        var answer = (await server.Admin.PostAsync($"/tenants/{tenant}/leaderboards", body)).IsError(400, "VALIDATION_ERROR");

        Assert.StartsWith(message, answer.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("0", (await server.Admin.GetAsync($"/tenants/{tenant}/leaderboards")).Raw("total"));
    }

    [Fact]
    public async Task Every_mistake_of_a_config_is_named_with_its_path()
    {
        var tenant = await server.MakeTenantAsync();

        var answer = (await server.Admin.PostAsync(
            $"/tenants/{tenant}/leaderboards",
            """{"leaderboard_id":"a","config":{"timeframe":{"type":"weekly"},"ranking":{"method":"best_first"},"scoring":{"aggregation":"most"}}}""")).IsError(
            400, "VALIDATION_ERROR");

        var details = answer.Json.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("path").GetString()).ToList();
        Assert.Contains("config.timeframe.reset_day", details);
        Assert.Contains("config.ranking.method", details);
        Assert.Contains("config.scoring.aggregation", details);
    }

    [Theory]
    [InlineData("""{"config":{}}""", "config cannot be changed; create a new leaderboard with the new config")]
    [InlineData("""{"name":"x","config":null}""", "config cannot be changed; create a new leaderboard with the new config")]
    [InlineData("{}", "The body must have name, description or status")]
    [InlineData("""{"status":"closed"}""", "status must be one of active, inactive, archived")]
    [InlineData("""{"version":7}""", "Unknown field 'version'; known are name, description, status, config")]
    public async Task What_cannot_be_changed_is_a_validation_error(string body, string message)
    {
        var board = await server.MakeBoardAsync();

        (await server.Admin.PatchAsync(board.Path, body)).IsInvalid(message);

        Assert.Equal("1", (await server.Admin.GetAsync(board.Path)).Raw("version"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("lrl_tenant_0123456789abcdefghij_0123456789abcdefghij0123456789abcdefghijXYZ")]
    public async Task Missing_and_malformed_keys_are_unauthorized(string? key)
    {
        (await server.With(key).GetAsync("/leaderboards")).IsError(401, "UNAUTHORIZED");
        (await server.With(key).GetAsync("/tenants/none/leaderboards/none")).IsError(401, "UNAUTHORIZED");
    }

    [Fact]
    public async Task A_bearer_token_is_as_good_as_the_header()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/leaderboards") { Headers = { { "Authorization", $"Bearer {PhoenixServer.AdminKey}" } } };
        using var response = await server.Http.SendAsync(request);

        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task Without_the_scope_or_the_tenant_a_key_is_forbidden_before_anything_is_known_to_exist()
    {
        var board = await server.MakeBoardAsync();
        var others = await server.MakeBoardAsync();
        var reader = server.With(await server.MakeKeyAsync(board.Tenant, """ "kind":"tenant","scopes":["leaderboards:read"] """));

        (await reader.GetAsync(board.Path)).Is(200);
        (await reader.DeleteAsync(board.Path)).IsError(403, "FORBIDDEN");
        (await reader.DeleteAsync($"{board.Path}-that-is-not")).IsError(403, "FORBIDDEN");
        (await reader.GetAsync(others.Path)).IsError(403, "FORBIDDEN");
        (await reader.GetAsync("/tenants/no-such-tenant/leaderboards/none")).IsError(403, "FORBIDDEN");
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var tenant = await server.MakeTenantAsync();

        (await server.Admin.GetAsync($"/tenants/{tenant}/leaderboards/none")).IsError(404, "NOT_FOUND", "Leaderboard 'none' does not exist");
        (await server.Admin.GetAsync("/tenants/none/leaderboards")).IsError(404, "NOT_FOUND", "Tenant 'none' does not exist");
        (await server.Admin.PostAsync("/tenants/none/leaderboards", """{"leaderboard_id":"a"}""")).IsError(404, "NOT_FOUND", "Tenant 'none' does not exist");
        (await server.Admin.PatchAsync($"/tenants/{tenant}/leaderboards/none", """{"name":"x"}""")).IsNotFound();
        (await server.Admin.GetAsync($"/tenants/{tenant}/leaderboards/no%20id")).IsNotFound();
        (await server.Admin.GetAsync($"/tenants/{tenant}/leaderboards/a%2Fb")).IsNotFound();
        (await server.Admin.GetAsync($"/tenants/{tenant}/nothing/here")).IsNotFound();
        (await server.Admin.GetAsync("/v1/leaderboards/none")).IsNotFound();
    }

    [Fact]
    public async Task A_second_leaderboard_of_an_id_is_a_conflict()
    {
        var board = await server.MakeBoardAsync();

        (await server.Admin.PostAsync($"/tenants/{board.Tenant}/leaderboards", """{"leaderboard_id":"board","name":"another"}"""))
            .IsError(409, "CONFLICT", "Leaderboard 'board' already exists");

        Assert.Equal("board", (await server.Admin.GetAsync(board.Path)).Text("name"));
    }

    [Fact]
    public async Task Wrong_methods_and_content_types_are_told_in_the_envelope()
    {
        var board = await server.MakeBoardAsync();

        (await server.Admin.PutAsync(board.Path, "{}")).IsError(405, "METHOD_NOT_ALLOWED");
        (await server.Admin.SendAsync(HttpMethod.Patch, board.Path, new StringContent("{}"))).IsError(415, "UNSUPPORTED_MEDIA_TYPE");
        (await server.Admin.SendAsync(HttpMethod.Patch, board.Path)).IsError(415, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Fact]
    public async Task The_rate_limit_is_told_in_the_envelope()
    {
        var tenant = await server.MakeTenantAsync();
        var key = await server.MakeKeyAsync(
            tenant, """ "kind":"tenant","scopes":["leaderboards:read"],"rate_limit":{"requests":1,"seconds":3600} """);

        (await server.With(key).GetAsync("/leaderboards")).Is(200);
        (await server.With(key).GetAsync("/leaderboards")).IsError(429, "RATE_LIMITED");
    }
}
