namespace Laurel.ApiFrontend.Tests.Phoenix;

[Collection<PhoenixTests>]
public sealed class TenantTests(PhoenixServer server)
{
    [Fact]
    public async Task A_tenant_is_created_read_changed_and_deleted()
    {
        var created = (await server.Admin.PostAsync("/tenants", """{"tenant_id":"studio-1","name":"Stüdio 🎮","plan":"indie"}""")).Is(201);
        Assert.Equal(["tenant_id", "name", "plan", "created_at", "updated_at"], created.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal("Stüdio 🎮", created.Text("name"));
        Assert.Equal(created.Body, (await server.Admin.GetAsync("/tenants/studio-1")).Is(200).Body);

        Assert.Equal("pro", (await server.Admin.PatchAsync("/tenants/studio-1", """{"plan":"pro"}""")).Is(200).Text("plan"));
        Assert.Equal("Stüdio 🎮", (await server.Admin.GetAsync("/tenants/studio-1")).Text("name"));

        (await server.Admin.DeleteAsync("/tenants/studio-1")).Is(200);
        (await server.Admin.DeleteAsync("/tenants/studio-1")).IsNotFound();
        (await server.Admin.GetAsync("/tenants/studio-1")).IsNotFound();
    }

    [Fact]
    public async Task A_new_tenant_has_no_limits_unless_it_is_given_a_plan()
    {
        var created = (await server.Admin.PostAsync("/tenants", """{"tenant_id":"studio-2"}""")).Is(201);

        Assert.Equal("enterprise", created.Text("plan"));
        Assert.Equal("studio-2", created.Text("name"));
    }

    [Fact]
    public async Task Ids_are_given_once()
    {
        var tenant = await server.MakeTenantAsync();

        (await server.Admin.PostAsync("/tenants", $$"""{"tenant_id":"{{tenant}}","name":"x"}""")).IsError(409, "CONFLICT", $"Tenant '{tenant}' already exists");
    }

    [Theory]
    [InlineData("{}", "tenant_id is required")]
    [InlineData("""{"tenant_id":"a/b"}""", "tenant_id can only contain alphanumeric characters, hyphens, and underscores")]
    [InlineData("""{"tenant_id":"a","plan":"gold"}""", "plan must be one of free, indie, pro, enterprise")]
    [InlineData("""{"tenant_id":"a","name":""}""", "name must have 1 to 200 characters")]
    [InlineData("""{"tenant_id":"a","name":"x\u0000"}""", "name must not contain control characters")]
    [InlineData("""{"tenant_id":"a","secret":"x"}""", "Unknown field 'secret'; known are tenant_id, name, plan")]
    public async Task Mistakes_are_named(string body, string message) => (await server.Admin.PostAsync("/tenants", body)).IsInvalid(message);

    [Fact]
    public async Task Deleting_a_tenant_takes_its_boards_and_keys_along()
    {
        var board = await server.MakeBoardAsync();
        var key = server.With(await server.MakeKeyAsync(board.Tenant, """ "kind":"tenant","scopes":["leaderboards:read"] """));
        (await key.GetAsync(board.Path)).Is(200);

        (await server.Admin.DeleteAsync($"/tenants/{board.Tenant}")).Is(200);

        (await server.Admin.GetAsync(board.Path)).IsNotFound();
        (await server.Admin.GetAsync(board.Query)).IsNotFound();
        await Eventually.HoldsAsync(async () => (await key.GetAsync(board.Path)).Status == 401);
    }

    [Fact]
    public async Task A_tenant_key_reads_its_own_tenant_and_no_other()
    {
        var (mine, others) = (await server.MakeTenantAsync(), await server.MakeTenantAsync());
        var key = server.With(await server.MakeKeyAsync(mine, """ "kind":"tenant","scopes":["keys:write"] """));

        (await key.GetAsync($"/tenants/{mine}")).Is(200);
        (await key.GetAsync($"/tenants/{others}")).IsError(403, "FORBIDDEN");
        (await key.PatchAsync($"/tenants/{mine}", """{"plan":"free"}""")).IsError(403, "FORBIDDEN");
        (await key.GetAsync("/tenants")).IsError(403, "FORBIDDEN");
    }

    [Fact]
    public async Task The_list_of_a_tenant_key_is_its_own_tenant()
    {
        var mine = await server.MakeTenantAsync();
        await server.MakeTenantAsync();
        var key = server.With(await server.MakeKeyAsync(mine, """ "kind":"tenant","scopes":["leaderboards:read"] """));

        var list = (await key.GetAsync("/tenants")).Is(200);

        Assert.Equal("1", list.Json.GetProperty("total").GetRawText());
        Assert.Equal([mine], list.Each("tenants", "tenant_id"));
        Assert.Empty((await key.GetAsync("/tenants?offset=1")).Is(200).Each("tenants", "tenant_id"));
    }

    [Fact]
    public async Task Usage_counts_what_there_is_against_the_plan()
    {
        var board = new Board(await server.MakeTenantAsync(), "board");
        (await server.Admin.PatchAsync($"/tenants/{board.Tenant}", """{"plan":"free"}""")).Is(200);
        (await server.Admin.PostAsync($"/tenants/{board.Tenant}/leaderboards", """{"leaderboard_id":"board"}""")).Is(201);
        await server.Admin.SubmitAsync(board, ("ada", 1), ("bob", 2));
        var key = server.With(await server.MakeKeyAsync(board.Tenant, """ "kind":"tenant","scopes":["leaderboards:read"] """));
        (await key.GetAsync(board.Path)).Is(200);

        var usage = (await key.GetAsync($"/tenants/{board.Tenant}/usage")).Is(200).Json;

        Assert.Equal("free", usage.GetProperty("plan").GetString());
        Assert.Equal("""{"used":2,"limit":100000}""", usage.GetProperty("requests").GetRawText());
        Assert.Equal("""{"used":1,"limit":1}""", usage.GetProperty("leaderboards").GetRawText());
        Assert.Equal("""{"used":2,"limit":10000}""", usage.GetProperty("entries").GetRawText());
        (await server.Admin.GetAsync("/tenants/none/usage")).IsNotFound();
    }

    [Fact]
    public async Task Limits_say_what_is_left_of_each_key()
    {
        var board = await server.MakeBoardAsync();
        var used = await server.MakeKeyAsync(board.Tenant, """ "kind":"tenant","scopes":["leaderboards:read"],"name":"used","rate_limit":{"requests":500,"seconds":3600} """);
        await server.MakeKeyAsync(board.Tenant, """ "kind":"client","name":"idle" """);
        for (var i = 0; i < 3; i++)
            (await server.With(used).GetAsync(board.Path)).Is(200);

        // What the gateway has borrowed and not used comes back within half a second.
        await Laurel.Tests.Support.Eventually.TrueAsync(async () => await LeftAsync("used") == "497", "three requests are counted");
        Assert.NotEqual("null", await LeftAsync("idle"));

        async Task<string> LeftAsync(string name)
        {
            var list = (await server.Admin.GetAsync($"/tenants/{board.Tenant}/limits")).Is(200).Json;
            return list.GetProperty("limits").EnumerateArray().Single(limit => limit.GetProperty("name").GetString() == name).GetProperty("remaining").GetRawText();
        }
    }
}
