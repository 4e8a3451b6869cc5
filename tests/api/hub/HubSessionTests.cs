using System.Text.Json;
using Laurel.ApiFrontend.Hubs;
using Laurel.ApiFrontend.Live;
using Laurel.ApiFrontend.Tests.Phoenix;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laurel.ApiFrontend.Tests.Hubs;

/// <summary>What a connection's end meets at a moment that no client can choose.</summary>
public sealed class HubSessionTests
{
    [Fact]
    public async Task A_connection_that_ends_while_it_subscribes_gives_its_viewer_back()
    {
        await using var server = await PhoenixServer.StartAsync();
        var board = await server.MakeBoardAsync();
        await server.Admin.SubmitAsync(board, ("ada", 30));
        // So that its season must be opened again, which is a write, and waits.
        await server.RestartAsync();
        server.Store.Hold();
        var boards = server.Services.GetRequiredService<LiveBoards>();
        var connection = new HubConnectionContext(new DefaultConnectionContext(), new HubConnectionContextOptions(), NullLoggerFactory.Instance);
        var session = ActivatorUtilities.CreateInstance<HubSession>(server.Services, connection, Caller.ConfiguredAdmin);
        var subscribing = session.SubscribeAsync(JsonSerializer.SerializeToElement(new { tenant = board.Tenant, leaderboard = board.Id }));
        await Laurel.Tests.Support.Eventually.TrueAsync(() => Task.FromResult(boards.ViewerCount == 1), "the board is being opened for it");

        await session.DisposeAsync();
        Assert.False(subscribing.IsCompleted);
        server.Store.Release();

        var refusal = await Record.ExceptionAsync(() => subscribing);
        Assert.Equal(0, boards.ViewerCount);
        Assert.IsType<HubException>(refusal);
    }
}
