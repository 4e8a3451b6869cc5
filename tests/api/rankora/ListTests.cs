using Laurel.ApiFrontend.Rankora;
using Laurel.ApiFrontend.Tests.Phoenix;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Laurel.ApiFrontend.Tests.Rankora;

/// <summary>Lists, and for how long what is remembered of them may be shown.</summary>
[Collection<PhoenixTests>]
public sealed class ListTests(PhoenixServer server)
{
    [Fact]
    public async Task A_list_is_not_shown_from_memory_once_its_board_is_hidden_archived_or_gone()
    {
        var game = await RankoraClient.MakeAsync(server);
        await game.SubmitAsync("PlayerOne", 10);
        var path = $"/tenants/{game.Tenant}/leaderboards/board";
        (await game.ListAsync()).Is(200);

        (await server.Admin.PatchAsync(path, """{"status":"inactive"}""")).Is(200);
        (await game.ListAsync()).IsError(404);
        (await server.Admin.PatchAsync(path, """{"status":"active"}""")).Is(200);
        (await game.ListAsync()).Is(200);
        (await server.Admin.PatchAsync(path, """{"status":"archived"}""")).Is(200);
        Assert.Contains("archived", (await game.ListAsync()).IsError(404).Body, StringComparison.Ordinal);
        (await server.Admin.DeleteAsync(path)).Is(200);
        (await game.ListAsync()).IsError(404);
    }

    [Fact]
    public async Task A_board_made_again_under_its_id_shows_nothing_of_the_former_one()
    {
        var game = await RankoraClient.MakeAsync(server);
        await game.SubmitAsync("PlayerOne", 10);
        Assert.Equal((string[])["PlayerOne"], await NamesAsync());

        (await server.Admin.DeleteAsync($"/tenants/{game.Tenant}/leaderboards/board")).Is(200);
        (await server.Admin.PostAsync($"/tenants/{game.Tenant}/leaderboards", """{"leaderboard_id":"board","preset":"rankora"}""")).Is(201);
        Assert.Empty(await NamesAsync());
        await game.SubmitAsync("PlayerTwo", 20);
        Assert.Equal((string[])["PlayerTwo"], await NamesAsync());

        async Task<string[]> NamesAsync() =>
            [.. (await game.ListAsync()).Is(200).Json.GetProperty("entries").EnumerateArray().Select(static entry => entry.GetProperty("name").GetString()!)];
    }

    [Fact]
    public async Task The_answer_to_a_long_query_takes_up_no_room()
    {
        var game = await RankoraClient.MakeAsync(server);
        await game.SubmitAsync("PlayerOne", 10);
        var caller = (await server.Services.GetRequiredService<KeyRing>().VerifyAsync(game.Key)).Caller!;
        var board = await new RankoraBoards(server.Services.GetRequiredService<BoardRoutes>()).FindAsync(caller);
        var cache = new ListCache(server.Services.GetRequiredService<IGrainPort>(), TimeProvider.System);
        Assert.True(PageQuery.TryRead(QueryCollection.Empty, out var page, out _));

        foreach (var (length, kept) in ((int, int)[])[(30_000, 0), (30, 1)])
        {
            Assert.NotNull((await cache.AnswerAsync(board, new string('x', length), page)).Bytes);
            Assert.Equal(kept, cache.Count);
        }
    }
}
