namespace Laurel.ApiFrontend.Tests.Phoenix;

[Collection<PhoenixTests>]
public sealed class PlayerTests(PhoenixServer server)
{
    [Theory]
    [InlineData("u-17")]
    [InlineData("bulk")]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("%")]
    [InlineData("q?x=1#y")]
    [InlineData("a b+c")]
    [InlineData("Ünï/🎮\u200d")]
    [InlineData("...")]
    public async Task Any_user_id_can_stand_in_a_path(string userId)
    {
        var tenant = await server.MakeTenantAsync();
        var path = $"/tenants/{tenant}/players/{Uri.EscapeDataString(userId)}";

        var put = (await server.Admin.PutAsync(path, """{"name":"Ada","privacy":"public","country":"gb"}""")).Is(200);

        Assert.Equal(userId, put.Text("user_id"));
        Assert.Equal("Ada", put.Text("name"));
        Assert.Equal("public", put.Text("privacy"));
        Assert.Equal("GB", put.Text("country"));
        Assert.Equal(put.Body, (await server.Admin.GetAsync(path)).Is(200).Body);
        Assert.Equal(userId, (await server.Admin.DeleteAsync(path)).Is(200).Text("user_id"));
        (await server.Admin.GetAsync(path)).IsNotFound();
        (await server.Admin.DeleteAsync(path)).IsNotFound();
    }

    [Fact]
    public async Task What_a_put_leaves_out_stays_and_null_clears()
    {
        var path = $"/tenants/{await server.MakeTenantAsync()}/players/ada";
        (await server.Admin.PutAsync(path, """{"name":"Ada","country":"GB"}""")).Is(200);

        var hidden = (await server.Admin.PutAsync(path, """{"privacy":"hidden"}""")).Is(200);
        Assert.Equal(("Ada", "hidden", "GB"), (hidden.Text("name"), hidden.Text("privacy"), hidden.Text("country")));

        var cleared = (await server.Admin.PutAsync(path, """{"name":null,"country":null}""")).Is(200);
        Assert.Equal(("null", "null"), (cleared.Raw("name"), cleared.Raw("country")));
        Assert.Equal("hidden", cleared.Text("privacy"));
    }

    [Theory]
    [InlineData("""{"name":7}""", "name must be a string")]
    [InlineData("""{"privacy":"secret"}""", "privacy must be one of public, hidden")]
    [InlineData("""{"country":"GBR"}""", "country must be two letters, as ISO 3166-1 alpha-2 has them, such as DE")]
    [InlineData("""{"country":"é!"}""", "country must be two letters, as ISO 3166-1 alpha-2 has them, such as DE")]
    [InlineData("""{"user_id":"ada"}""", "Unknown field 'user_id'; known are name, privacy, country")]
    [InlineData("[]", "The body must be a JSON object")]
    public async Task Mistakes_are_named_and_nobody_is_registered(string body, string message)
    {
        var path = $"/tenants/{await server.MakeTenantAsync()}/players/ada";

        (await server.Admin.PutAsync(path, body)).IsInvalid(message);

        (await server.Admin.GetAsync(path)).IsNotFound();
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("a%0Ab")]
    [InlineData("%C3")]
    [InlineData("%FF%FE")]
    [InlineData("%ED%A0%80")]
    public async Task What_is_no_user_id_is_refused(string raw)
    {
        var tenant = await server.MakeTenantAsync();

        var answer = await RawHttp.SendAsync(server.Address, $"PUT /tenants/{tenant}/players/{raw} HTTP/1.1", "{}");

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_id_has_at_most_128_characters()
    {
        var tenant = await server.MakeTenantAsync();

        (await server.Admin.PutAsync($"/tenants/{tenant}/players/{Uri.EscapeDataString(new string('é', 128))}", "{}")).Is(200);
        (await server.Admin.PutAsync($"/tenants/{tenant}/players/{new string('x', 129)}", "{}")).IsError(400, "VALIDATION_ERROR");
        (await server.Admin.PutAsync($"/tenants/{tenant}/players/{new string('x', 10_000)}", "{}")).IsError(400, "VALIDATION_ERROR");
        (await server.Admin.PutAsync($"/tenants/{tenant}/players/{string.Concat(Enumerable.Repeat("%C3%A9", 5_000))}", "{}")).IsError(
            400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Of_a_tenant_that_does_not_exist_nobody_is_registered()
    {
        (await server.Admin.PutAsync("/tenants/nobodys/players/ada", "{}")).IsNotFound();
        (await server.Admin.GetAsync("/tenants/nobodys/players/ada")).IsNotFound();
        (await server.Admin.DeleteAsync("/tenants/nobodys/players/ada")).IsNotFound();
    }

    [Fact]
    public async Task A_hidden_player_stands_on_no_list_until_public_again()
    {
        var board = await server.MakeBoardAsync();
        await server.Admin.SubmitAsync(board, ("ada", 3), ("bob", 2), ("cyd", 1));
        var path = $"/tenants/{board.Tenant}/players/bob";

        (await server.Admin.PutAsync(path, """{"privacy":"hidden"}""")).Is(200);
        var page = await server.Admin.GetAsync(board.Query);
        Assert.Equal(["ada", "cyd"], page.Each("entries", "user_id"));
        Assert.Equal(["1", "2"], page.Each("entries", "rank"));
        (await server.Admin.GetAsync($"{board.Query}/rank/bob")).IsNotFound();

        (await server.Admin.PutAsync(path, """{"privacy":"public"}""")).Is(200);
        Assert.Equal(["ada", "bob", "cyd"], (await server.Admin.GetAsync(board.Query)).Each("entries", "user_id"));
    }

    [Fact]
    public async Task Erasing_a_player_takes_their_entries_along()
    {
        var board = await server.MakeBoardAsync();
        await server.Admin.SubmitAsync(board, ("ada", 3), ("bob", 2));

        (await server.Admin.DeleteAsync($"/tenants/{board.Tenant}/players/ada")).Is(200);

        Assert.Equal(["bob"], (await server.Admin.GetAsync(board.Query)).Each("entries", "user_id"));
        (await server.Admin.GetAsync($"{board.Entries}/ada")).IsNotFound();
    }
}
