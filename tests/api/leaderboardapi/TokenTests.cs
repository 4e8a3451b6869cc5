using System.Security.Cryptography;
using System.Text;
using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests.LeaderboardApi;

/// <summary>Readiness, tokens, and who is let in by them.</summary>
[Collection<PhoenixTests>]
public sealed class TokenTests(PhoenixServer server)
{
    [Fact]
    public async Task Ping_answers_OK_and_the_opposite_without_storage()
    {
        await using var failing = await PhoenixServer.StartAsync();
        var anyone = new TeamClient(failing, "", default, null);
        (await anyone.GetAsync("/ping")).Is(200, """{"status":"OK"}""");

        failing.Store.DiskGone = true;

        (await anyone.GetAsync("/ping")).Is(500, """{"status":"NOT OK"}""");
    }

    [Fact]
    public async Task A_token_needs_all_three_credentials_of_one_client()
    {
        var client = await TeamClient.MakeAsync(server);
        var other = await TeamClient.MakeAsync(server);
        string Of(TeamClient whose, string field) => whose.Key.GetProperty(field).GetString()!;

        var answer = (await client.TokenAsync()).Is(200);
        Assert.Equal(["authToken"], answer.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal("no-store", answer.CacheControl);

        var none = client.With(null);
        (await none.TokenAsync(apiKey: Of(other, "api_key"))).IsError(401, "Invalid Credentials");
        (await none.TokenAsync(clientId: Of(other, "client_id"))).IsError(401, "Invalid Credentials");
        (await none.TokenAsync(clientSecret: Of(other, "client_secret"))).IsError(401, "Invalid Credentials");
        (await none.TokenAsync(apiKey: PhoenixServer.AdminKey)).IsError(401, "Invalid Credentials");
        (await none.GetAsync("/v1/token")).IsError(401, "Invalid Credentials");
    }

    [Fact]
    public async Task Only_a_whole_and_living_token_of_this_server_is_good()
    {
        var clock = new ManualClock();
        await using var timed = await PhoenixServer.StartAsync(clock);
        await using var elsewhere = await PhoenixServer.StartAsync(clock);
        var client = await TeamClient.MakeAsync(timed);
        var foreign = await TeamClient.MakeAsync(elsewhere);
        (await client.GetAsync("/v1/team")).Is(200, "[]");

        foreach (var bad in (string?[])[null, "", "nonsense", "a.b.c", foreign.Token, client.Key.GetProperty("api_key").GetString(), WithoutSignature(client.Token!), WithTenant(client.Token!, "tenant-2"), WithTenantSigned(client.Token!)])
        {
            (await client.With(bad).GetAsync("/v1/team")).IsError(401, "Not Authorized");
            if (!string.IsNullOrEmpty(bad))
                (await client.With(bad).GetAsync("/v1/team/123")).IsError(401, "Not Authorized");
        }

        clock.Advance(TimeSpan.FromMinutes(119));
        (await client.GetAsync("/v1/team")).Is(200);
        clock.Advance(TimeSpan.FromMinutes(2));
        (await client.GetAsync("/v1/team")).IsError(401, "Not Authorized");
    }

    [Fact]
    public async Task A_token_outlives_a_restart_and_not_its_key()
    {
        await using var restarted = await PhoenixServer.StartAsync();
        var client = await TeamClient.MakeAsync(restarted);
        await restarted.RestartAsync();
        (await client.GetAsync("/v1/team")).Is(200);

        (await restarted.Admin.DeleteAsync($"/tenants/{client.Tenant}/keys/{client.Key.GetProperty("key_id").GetString()}")).Is(200);

        await Eventually.HoldsAsync(async () => (await client.GetAsync("/v1/team")).Status == 401);
        (await client.With(null).TokenAsync()).IsError(401, "Invalid Credentials");
    }

    [Theory]
    [InlineData("GET", "/v1/team")]
    [InlineData("POST", "/v1/team")]
    [InlineData("PUT", "/v1/team/123456789012345678901234")]
    [InlineData("DELETE", "/v1/team/123456789012345678901234")]
    [InlineData("POST", "/v1/leaderboard")]
    [InlineData("POST", "/v1/score/leaderboard/123456789012345678901234")]
    public async Task Writing_and_listing_need_a_token(string method, string path)
    {
        var client = (await TeamClient.MakeAsync(server)).With(null);

        (await client.SendAsync(new HttpMethod(method), path, method is "POST" or "PUT" ? "{}" : null)).IsError(401, "Not Authorized");
        (await client.SendAsync(new HttpMethod(method), path, null, ("X-API-Key", PhoenixServer.AdminKey))).IsError(401, "Not Authorized");
    }

    private static string WithoutSignature(string token) =>
        $"{Base64("""{"alg":"none","typ":"JWT"}""")}.{token.Split('.')[1]}.";

    private static string WithTenant(string token, string tenant)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{Changed(parts[1], tenant)}.{parts[2]}";
    }

    /// <summary>Changed, and signed with a secret that somebody might try.</summary>
    private static string WithTenantSigned(string token)
    {
        var parts = token.Split('.');
        var text = $"{parts[0]}.{Changed(parts[1], "tenant-2")}";
        return $"{text}.{Base64(HMACSHA256.HashData(new byte[64], Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Changed(string payload, string tenant)
    {
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(payload.Replace('-', '+').Replace('_', '/').PadRight((payload.Length + 3) / 4 * 4, '=')));
        Assert.Contains("\"tenant\":\"tenant-1\"", text, StringComparison.Ordinal);
        return Base64(text.Replace("tenant-1", tenant, StringComparison.Ordinal));
    }

    private static string Base64(string text) => Base64(Encoding.UTF8.GetBytes(text));

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
