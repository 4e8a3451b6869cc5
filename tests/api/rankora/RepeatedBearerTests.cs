using System.Net.Http.Headers;
using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests.Rankora;

/// <summary>Several keys over one connection, as a proxy sends them.</summary>
[Collection<PhoenixTests>]
public sealed class RepeatedBearerTests(PhoenixServer server)
{
    [Fact]
    public async Task Each_request_of_a_connection_is_judged_by_the_key_it_shows_itself()
    {
        var ada = await RankoraClient.MakeAsync(server);
        var bob = await RankoraClient.MakeAsync(server);
        await ada.SubmitAsync("PlayerAda", 1);
        await bob.SubmitAsync("PlayerBob", 1);
        using var one = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = server.Address };
        var forged = ada.Key[..^1] + (ada.Key[^1] == 'x' ? 'y' : 'x');

        foreach (var (key, shown) in ((string, string)[])[(ada.Key, "PlayerAda"), (ada.Key, "PlayerAda"), (bob.Key, "PlayerBob"), (ada.Key, "PlayerAda")])
            Assert.Contains(shown, await ReadAsync(key));
        Assert.Equal("401", await ReadAsync(forged));
        Assert.Contains("PlayerAda", await ReadAsync(ada.Key));

        (await server.Admin.DeleteAsync($"/tenants/{ada.Tenant}/keys/{ada.Key.Split('_')[2]}")).Is(200);
        await Laurel.Tests.Support.Eventually.TrueAsync(async () => await ReadAsync(ada.Key) == "401", "the revoked key is refused");
        Assert.Contains("PlayerBob", await ReadAsync(bob.Key));

        async Task<string> ReadAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/leaderboard/entries");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var answer = await one.SendAsync(request);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : $"{(int)answer.StatusCode}";
        }
    }
}
