using System.Net.Http.Headers;
using System.Text;

namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>A store that fails: the family's 500, nothing lost, and all well again without a restart.</summary>
public sealed class StorageFailureTests : IAsyncLifetime
{
    private const string Failure =
        """{"error":{"code":"INTERNAL_ERROR","message":"Something went wrong on the server; trying again may help","status":500}}""";

    private PhoenixServer _server = null!;
    private Board _board = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PhoenixServer.StartAsync();
        _board = await _server.MakeBoardAsync("""{"scoring":{"aggregation":"max"}}""");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_write_fails_in_the_envelope_and_works_again_afterwards()
    {
        (Func<Task<ApiAnswer>> Send, int Status)[] writes =
        [
            (() => _server.Admin.PostAsync("/tenants", """{"tenant_id":"new"}"""), 201),
            (() => _server.Admin.PostAsync($"/tenants/{_board.Tenant}/leaderboards", """{"leaderboard_id":"new"}"""), 201),
            (() => _server.Admin.PatchAsync(_board.Path, """{"name":"new"}"""), 200),
            (() => _server.Admin.PostAsync($"/tenants/{_board.Tenant}/keys", """{"kind":"client"}"""), 201),
            (() => _server.Admin.PutAsync($"/tenants/{_board.Tenant}/players/ada", """{"name":"Ada"}"""), 200),
            (() => _server.Admin.PostAsync(_board.Entries, """{"entries":[{"user_id":"bob","score":7}]}"""), 200),
        ];
        await _server.Admin.SubmitAsync(_board, ("ada", 9));

        _server.Store.DiskGone = true;
        foreach (var (send, _) in writes)
            Assert.Equal(Failure, (await send()).Is(500).Body);
        _server.Store.DiskGone = false;

        Assert.Equal(["ada"], (await _server.Admin.GetAsync(_board.Query)).Is(200).Each("entries", "user_id"));
        foreach (var (send, status) in writes)
            (await send()).Is(status);
        Assert.Equal(["ada", "bob"], (await _server.Admin.GetAsync(_board.Query)).Each("entries", "user_id"));
    }

    [Fact]
    public async Task A_bulk_that_fails_says_so_and_can_be_sent_again()
    {
        var lines = string.Concat(Enumerable.Range(0, 3_000).Select(i => $$"""{"user_id":"player-{{i}}"}""" + "\n"));

        _server.Store.DiskGone = true;
        (await PostLinesAsync(lines)).Is(500);
        _server.Store.DiskGone = false;

        Assert.Equal("""{"accepted":3000,"failed":0,"errors":[]}""", (await PostLinesAsync(lines)).Is(200).Body);
    }

    private Task<ApiAnswer> PostLinesAsync(string lines) => _server.Admin.SendAsync(
        HttpMethod.Post,
        $"/tenants/{_board.Tenant}/players/bulk",
        new ByteArrayContent(Encoding.UTF8.GetBytes(lines)) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/x-ndjson") } });
}
