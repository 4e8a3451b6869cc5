using System.Net;

namespace Laurel.Journeys.Tests;

/// <summary>What was counted of a tenant's requests survives <c>kill -9</c>, but for the last moment of it.</summary>
public class UsageKillJourney
{
    private const string List = "/api/v1/leaderboard/entries";
    private const int Rounds = 2;
    private const int Requests = 200;

    /// <summary>Counts are written twice a second; a busy machine may take longer.</summary>
    private static readonly TimeSpan Written = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_killed_process_loses_only_the_last_requests_it_counted_and_counts_none_twice()
    {
        await using var laurel = await LaurelProcess.StartAsync();
        var key = await MakeKeyAsync(laurel);
        var (least, sent) = (0L, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < Requests; i++)
                await RequestAsync();
            var counted = least + Requests;

            var since = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(since) < Written)
                await RequestAsync();
            await laurel.KillAsync();
            await laurel.RunAsync();

            sent++;
            var usage = await SendAsync(laurel, "/api/v1/usage", key);
            Assert.InRange(usage.GetProperty("currentRequests").GetInt64(), counted, sent);
            (least, sent) = (usage.GetProperty("currentRequests").GetInt64(), usage.GetProperty("currentRequests").GetInt64());
        }

        async Task RequestAsync()
        {
            sent++;
            await SendAsync(laurel, List, key);
        }
    }

    private static async Task<string> MakeKeyAsync(LaurelProcess laurel)
    {
        await laurel.SendAsync(HttpMethod.Post, "/tenants", """{"tenant_id":"acme"}""", HttpStatusCode.Created);
        await laurel.SendAsync(HttpMethod.Post, "/tenants/acme/leaderboards", """{"leaderboard_id":"live","preset":"rankora"}""", HttpStatusCode.Created);
        var made = await laurel.SendAsync(
            HttpMethod.Post, "/tenants/acme/keys",
            """{"kind":"board","leaderboard_id":"live","rate_limit":{"requests":10000000,"seconds":60}}""", HttpStatusCode.Created);
        return made.GetProperty("api_key").GetString()!;
    }

    private static async Task<System.Text.Json.JsonElement> SendAsync(LaurelProcess laurel, string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, laurel.Url(path));
        request.Headers.Authorization = new("Bearer", key);
        using var answer = await laurel.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return System.Text.Json.JsonDocument.Parse(text).RootElement;
    }
}
