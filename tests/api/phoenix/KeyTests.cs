namespace Laurel.ApiFrontend.Tests.Phoenix;

[Collection<PhoenixTests>]
public sealed class KeyTests(PhoenixServer server)
{
    [Theory]
    [InlineData("game", 1000)]
    [InlineData("board", 10_000)]
    [InlineData("embed", 10_000)]
    public async Task A_bound_key_shows_its_secret_once(string kind, int requests)
    {
        var board = await server.MakeBoardAsync();

        var created = (await server.Admin.PostAsync(
            $"/tenants/{board.Tenant}/keys", $$"""{"kind":"{{kind}}","name":"Läufer","leaderboard_id":"board"}""")).Is(201);

        Assert.StartsWith($"lrl_{kind}_{created.Text("key_id")}_", created.Text("api_key"), StringComparison.Ordinal);
        Assert.Equal("board", created.Text("leaderboard_id"));
        Assert.Equal($$"""{"requests":{{requests}},"seconds":60}""", created.Raw("rate_limit"));
        var listed = (await server.Admin.GetAsync($"/tenants/{board.Tenant}/keys")).Is(200);
        Assert.Equal([created.Text("key_id")], listed.Each("keys", "key_id"));
        Assert.Equal(["Läufer"], listed.Each("keys", "name"));
        Assert.DoesNotContain(created.Text("api_key").Split('_')[3], listed.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("hash", listed.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_client_key_comes_with_a_client_id_and_secret()
    {
        var tenant = await server.MakeTenantAsync();

        var created = (await server.Admin.PostAsync($"/tenants/{tenant}/keys", """{"kind":"client"}""")).Is(201);

        Assert.True(created.Text("client_secret").Length >= 32);
        var listed = await server.Admin.GetAsync($"/tenants/{tenant}/keys");
        Assert.Equal([created.Text("client_id")], listed.Each("keys", "client_id"));
        Assert.DoesNotContain(created.Text("client_secret"), listed.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "kind is required: one of tenant, game, board, client, embed")]
    [InlineData("""{"kind":"admin"}""", "kind must be one of tenant, game, board, client, embed")]
    [InlineData("""{"kind":"root"}""", "kind must be one of tenant, game, board, client, embed")]
    [InlineData("""{"kind":"game"}""", "leaderboard_id is required when kind is 'game'")]
    [InlineData("""{"kind":"board"}""", "leaderboard_id is required when kind is 'board'")]
    [InlineData("""{"kind":"embed"}""", "leaderboard_id is required when kind is 'embed'")]
    [InlineData("""{"kind":"game","leaderboard_id":"none"}""", "leaderboard_id must name a leaderboard of the tenant")]
    [InlineData("""{"kind":"game","leaderboard_id":"../x"}""", "leaderboard_id must name a leaderboard of the tenant")]
    [InlineData("""{"kind":"client","leaderboard_id":"board"}""", "leaderboard_id is not allowed when kind is 'client'")]
    [InlineData(
        """{"kind":"tenant"}""",
        "scopes is required when kind is 'tenant': some of leaderboards:read, leaderboards:write, scores:write, players:write, keys:write, events:write")]
    [InlineData("""{"kind":"tenant","scopes":"all"}""", "scopes must be an array of strings")]
    [InlineData(
        """{"kind":"tenant","scopes":["all"]}""",
        "Unknown scope 'all'; known are leaderboards:read, leaderboards:write, scores:write, players:write, keys:write, events:write")]
    [InlineData(
        """{"kind":"game","leaderboard_id":"board","scopes":["keys:write"]}""",
        "scopes is not allowed when kind is 'game': what such keys may do is fixed")]
    [InlineData(
        """{"kind":"game","leaderboard_id":"board","origins":["https://a.example"]}""",
        "origins is not allowed when kind is 'game': such keys never belong in a browser")]
    [InlineData(
        """{"kind":"embed","leaderboard_id":"board","origins":["a.example"]}""",
        "'a.example' is no origin: it must be scheme, host and port alone, such as https://game.example")]
    [InlineData(
        """{"kind":"embed","leaderboard_id":"board","origins":["https://a.example/path"]}""",
        "'https://a.example/path' is no origin: it must be scheme, host and port alone, such as https://game.example")]
    [InlineData("""{"kind":"client","rate_limit":{"requests":0,"seconds":60}}""", "requests must be a whole number from 1 to 10000000")]
    [InlineData("""{"kind":"client","rate_limit":{"requests":5}}""", "seconds is required")]
    [InlineData("""{"kind":"client","rate_limit":5}""", "rate_limit must be an object")]
    [InlineData("""{"kind":"client","rate_limits":{}}""", "Unknown field 'rate_limits'; did you mean 'rate_limit'?")]
    public async Task Mistakes_are_named_and_nothing_is_made(string body, string message)
    {
        var board = await server.MakeBoardAsync();

        (await server.Admin.PostAsync($"/tenants/{board.Tenant}/keys", body)).IsInvalid(message);

        Assert.Equal("0", (await server.Admin.GetAsync($"/tenants/{board.Tenant}/keys")).Raw("total"));
    }

    [Theory]
    [InlineData("""{"kind":"tenant","scopes":["keys:write"]}""", "keys:write", true)]
    [InlineData("""{"kind":"tenant","scopes":["keys:write","players:write"]}""", "keys:write", false)]
    [InlineData("""{"kind":"tenant","scopes":["leaderboards:read"]}""", "leaderboards:write,keys:write", true)]
    [InlineData("""{"kind":"tenant","scopes":["leaderboards:write"]}""", "leaderboards:read,keys:write", false)]
    [InlineData("""{"kind":"game","leaderboard_id":"board"}""", "keys:write,scores:write", true)]
    [InlineData("""{"kind":"game","leaderboard_id":"board"}""", "keys:write,leaderboards:read", false)]
    [InlineData("""{"kind":"embed","leaderboard_id":"board"}""", "keys:write,leaderboards:read", true)]
    [InlineData("""{"kind":"board","leaderboard_id":"board"}""", "keys:write,leaderboards:read", false)]
    [InlineData("""{"kind":"client"}""", "keys:write,leaderboards:write,scores:write", true)]
    public async Task A_tenant_key_gives_only_what_it_has(string body, string scopes, bool allowed)
    {
        var board = await server.MakeBoardAsync();
        var quoted = string.Join(',', scopes.Split(',').Select(scope => $"\"{scope}\""));
        var maker = server.With(await server.MakeKeyAsync(board.Tenant, $$""" "kind":"tenant","scopes":[{{quoted}}] """));

        var answer = await maker.PostAsync($"/tenants/{board.Tenant}/keys", body);

        if (allowed)
            answer.Is(201);
        else
            answer.IsError(403, "FORBIDDEN");
    }

    [Theory]
    [InlineData("leaderboards:write")]
    [InlineData("scores:write")]
    [InlineData("players:write")]
    [InlineData("events:write")]
    public async Task A_tenant_key_that_lacks_a_scope_gets_no_secret_to_sign_with(string lacking)
    {
        var tenant = await server.MakeTenantAsync();

        var refused = await AskAsync(Scopes.All.Where(scope => scope != lacking));
        Assert.Contains(lacking, refused.IsError(403, "FORBIDDEN").Body, StringComparison.Ordinal);
        (await AskAsync(Scopes.All)).Is(200);

        async Task<ApiAnswer> AskAsync(IEnumerable<string> scopes)
        {
            var quoted = string.Join(',', scopes.Select(scope => $"\"{scope}\""));
            var maker = server.With(await server.MakeKeyAsync(tenant, $$""" "kind":"tenant","scopes":[{{quoted}}] """));
            return await maker.PostAsync($"/tenants/{tenant}/secret", "{}");
        }
    }

    [Fact]
    public async Task A_revoked_key_is_returned_once_and_stops_working_within_a_second()
    {
        var board = await server.MakeBoardAsync();
        var text = await server.MakeKeyAsync(board.Tenant, """ "kind":"tenant","scopes":["leaderboards:read"] """);
        var path = $"/tenants/{board.Tenant}/keys/{text.Split('_')[2]}";
        (await server.With(text).GetAsync(board.Path)).Is(200);

        Assert.Equal("tenant", (await server.Admin.DeleteAsync(path)).Is(200).Text("kind"));

        await Eventually.HoldsAsync(async () => (await server.With(text).GetAsync(board.Path)).Status == 401);
        (await server.Admin.DeleteAsync(path)).IsNotFound();
    }

    [Fact]
    public async Task Another_tenants_key_cannot_be_revoked()
    {
        var (mine, others) = (await server.MakeTenantAsync(), await server.MakeTenantAsync());
        var text = await server.MakeKeyAsync(others, """ "kind":"client" """);
        var key = server.With(await server.MakeKeyAsync(mine, """ "kind":"tenant","scopes":["keys:write"] """));

        (await key.DeleteAsync($"/tenants/{mine}/keys/{text.Split('_')[2]}")).IsNotFound();
        (await key.DeleteAsync($"/tenants/{others}/keys/{text.Split('_')[2]}")).IsError(403, "FORBIDDEN");

        Assert.Equal("1", (await server.Admin.GetAsync($"/tenants/{others}/keys")).Raw("total"));
    }

    [Fact]
    public async Task An_embed_key_is_bound_to_its_origins()
    {
        var board = await server.MakeBoardAsync();
        var key = server.With(await server.MakeKeyAsync(
            board.Tenant, """ "kind":"embed","leaderboard_id":"board","origins":["https://Game.example","http://localhost:3000/"] """));

        (await key.SendAsync(HttpMethod.Get, board.Query, origin: "https://game.example")).Is(200);
        (await key.SendAsync(HttpMethod.Get, board.Query, origin: "http://localhost:3000")).Is(200);
        (await key.SendAsync(HttpMethod.Get, board.Query)).Is(200);
        (await key.SendAsync(HttpMethod.Get, board.Query, origin: "https://evil.example")).IsError(403, "FORBIDDEN");
        (await key.SendAsync(HttpMethod.Get, board.Query, origin: "http://game.example")).IsError(403, "FORBIDDEN");
        (await key.SendAsync(HttpMethod.Get, board.Query, origin: "null")).IsError(403, "FORBIDDEN");
    }

    [Fact]
    public async Task Keys_are_paged()
    {
        var tenant = await server.MakeTenantAsync();
        HashSet<string> made = [];
        for (var i = 0; i < 5; i++)
            made.Add((await server.MakeKeyAsync(tenant, """ "kind":"client" """)).Split('_')[2]);

        List<string> paged = [];
        for (var offset = 0; offset < 6; offset += 2)
            paged.AddRange((await server.Admin.GetAsync($"/tenants/{tenant}/keys?limit=2&offset={offset}")).Is(200).Each("keys", "key_id"));

        Assert.Equal(made.Order(StringComparer.Ordinal), paged);
    }
}
