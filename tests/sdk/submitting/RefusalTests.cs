using Laurel.Client;
using Laurel.Tests.Support;

namespace Laurel.Sdk.Tests.Submitting;

public class RefusalTests(SdkServer server)
{
    [Fact]
    public async Task A_key_that_is_none_is_unauthorized()
    {
        var client = new LaurelClient(server.Address, SdkServer.Tenant, await server.MakeBoardAsync(), "lrl_tenant_0_0");

        var exception = await Assert.ThrowsAsync<LaurelUnauthorizedException>(() => client.SubmitAsync(new Score("ada", 1), TestContext.Current.CancellationToken));
        Assert.Equal((401, "UNAUTHORIZED"), (exception.Status, exception.Code));
        await Assert.ThrowsAsync<LaurelUnauthorizedException>(() => client.PageAsync(cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_key_without_the_scope_is_forbidden()
    {
        var board = await server.MakeBoardAsync();
        var embed = new LaurelClient(server.Address, SdkServer.Tenant, board, await server.MakeKeyOfAsync($$""" "kind":"embed","leaderboard_id":"{{board}}" """));
        var writer = new LaurelClient(server.Address, SdkServer.Tenant, board, await server.MakeKeyOfAsync(""" "kind":"tenant","scopes":["scores:write"] """));

        await Assert.ThrowsAsync<LaurelForbiddenException>(() => embed.SubmitAsync(new Score("ada", 1), TestContext.Current.CancellationToken));
        Assert.Equal(0, (await embed.PageAsync(cancellation: TestContext.Current.CancellationToken)).Total);
        await Assert.ThrowsAsync<LaurelForbiddenException>(() => writer.PageAsync(cancellation: TestContext.Current.CancellationToken));
        Assert.True((await writer.SubmitAsync(new Score("ada", 1), TestContext.Current.CancellationToken)).Ok);
    }

    [Fact]
    public async Task The_key_that_a_game_ships_with_submits_to_its_board_and_no_other()
    {
        var (board, other) = (await server.MakeBoardAsync(), await server.MakeBoardAsync());
        var key = await server.MakeKeyOfAsync($$""" "kind":"board","leaderboard_id":"{{board}}" """);
        var client = new LaurelClient(server.Address, SdkServer.Tenant, board, key);

        Assert.True((await client.SubmitAsync(new Score("ada", 1), TestContext.Current.CancellationToken)).Ok);
        Assert.Equal(1, (await client.RankAsync("ada", cancellation: TestContext.Current.CancellationToken))!.Rank);
        await Assert.ThrowsAsync<LaurelForbiddenException>(
            () => new LaurelClient(server.Address, SdkServer.Tenant, other, key).SubmitAsync(new Score("ada", 1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_revoked_key_stops_working()
    {
        var board = await server.MakeBoardAsync();
        var key = await server.MakeKeyAsync();
        var client = new LaurelClient(server.Address, SdkServer.Tenant, board, key);
        await client.SubmitAsync(new Score("ada", 1), TestContext.Current.CancellationToken);

        await server.AskAsync(HttpMethod.Delete, $"/tenants/{SdkServer.Tenant}/keys/{key.Split('_')[2]}");

        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await client.PageAsync(cancellation: TestContext.Current.CancellationToken);
                    return false;
                }
                catch (LaurelUnauthorizedException)
                {
                    return true;
                }
            },
            "the revoked key is refused");
    }

    [Fact]
    public async Task A_board_that_is_none_is_not_found()
    {
        var client = await server.ClientAsync("no-such-board");

        await Assert.ThrowsAsync<LaurelNotFoundException>(() => client.PageAsync(cancellation: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<LaurelNotFoundException>(() => client.SubmitAsync(new Score("ada", 1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_wrong_parameter_is_named()
    {
        var client = await server.ClientAsync(await server.MakeBoardAsync());

        var exception = await Assert.ThrowsAsync<LaurelInvalidRequestException>(
            () => client.PageAsync(new PageQuery { Limit = 5000 }, TestContext.Current.CancellationToken));
        Assert.Equal("limit", Assert.Single(exception.Details).Path);
    }

    [Theory]
    [InlineData("Hello")]
    [InlineData("{}")]
    [InlineData("""{"results":[]}""")]
    [InlineData("""{"results":[{"status":1}]}""")]
    public async Task An_answer_that_is_no_Laurel_servers_is_told_as_such(string body)
    {
        var client = new LaurelClient(new LaurelClientOptions(server.Address, "acme", "arena", "a-key")
        {
            Transport = new ScriptedTransport(_ => new LaurelResponse(200, body)),
        });

        var exception = await Assert.ThrowsAsync<LaurelException>(() => client.SubmitAsync(new Score("ada", 1), TestContext.Current.CancellationToken));
        Assert.Equal("UNEXPECTED_ANSWER", exception.Code);
    }

    [Theory]
    [InlineData("scores.example")]
    [InlineData("ftp://scores.example")]
    [InlineData("")]
    public void An_address_that_is_none_is_refused_when_the_client_is_made(string url) =>
        Assert.Throws<ArgumentException>(() => new LaurelClient(url, "acme", "arena", "a-key"));
}
