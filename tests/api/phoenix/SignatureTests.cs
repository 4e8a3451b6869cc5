using System.Security.Cryptography;
using System.Text;

namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>Requests that a tenant signs instead of showing a key.</summary>
[Collection<PhoenixTests>]
public sealed class SignatureTests(PhoenixServer server)
{
    /// <summary>One for all of a test: a second that passes must not change what is signed.</summary>
    private readonly long _now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    [Fact]
    public async Task A_signed_request_does_what_a_tenant_key_may()
    {
        var board = await server.MakeBoardAsync();
        var secret = await MakeSecretAsync(board.Tenant);

        Assert.Equal(200, await SendAsync(board.Tenant, secret, "GET", board.Path));
        Assert.Equal(200, await SendAsync(board.Tenant, secret, "GET", $"{board.Query}?limit=5", signedPath: board.Query));
        Assert.Equal(200, await SendAsync(board.Tenant, secret, "POST", board.Entries, """{"entries":[{"user_id":"ada","score":1}]}"""));
        Assert.Equal(202, await SendAsync(
            board.Tenant, secret, "POST", "/v1/events",
            """{"event_id":"e1","event_type":"kill","actor":{"id":"ada"},"attrs":{},"timestamp":"2025-01-01T00:00:00Z"}"""));
        Assert.Equal(403, await SendAsync(board.Tenant, secret, "POST", "/tenants", """{"tenant_id":"signed"}"""));
    }

    [Fact]
    public async Task What_was_not_signed_as_it_came_is_unauthorized()
    {
        var board = await server.MakeBoardAsync();
        var other = await server.MakeBoardAsync();
        var secret = await MakeSecretAsync(board.Tenant);
        await MakeSecretAsync(other.Tenant);

        Assert.Equal(401, await SendAsync(board.Tenant, "wrong", "GET", board.Path));
        Assert.Equal(401, await SendAsync(other.Tenant, secret, "GET", other.Path));
        Assert.Equal(403, await SendAsync(board.Tenant, secret, "GET", other.Path));
        Assert.Equal(401, await SendAsync(board.Tenant, secret, "GET", board.Path, signedPath: board.Query));
        Assert.Equal(401, await SendAsync(board.Tenant, secret, "POST", board.Entries, "{}", signedBody: "{ }"));
        Assert.Equal(401, await SendAsync(board.Tenant, secret, "GET", board.Path, seconds: -301));
        Assert.Equal(401, await SendAsync(board.Tenant, secret, "GET", board.Path, seconds: 320));
        Assert.Equal(200, await SendAsync(board.Tenant, secret, "GET", board.Path, seconds: -290));
        Assert.Equal(401, await SendAsync("no-such-tenant", secret, "GET", board.Path));
        Assert.Equal(401, await SendAsync(board.Tenant, secret, "GET", board.Path, scheme: "hmac-sha1="));
    }

    [Fact]
    public async Task A_signature_on_a_write_works_once()
    {
        var board = await server.MakeBoardAsync();
        var secret = await MakeSecretAsync(board.Tenant);
        const string body = """{"entries":[{"user_id":"ada","score":1}]}""";

        Assert.Equal(200, await SendAsync(board.Tenant, secret, "POST", board.Entries, body, seconds: -10));
        Assert.Equal(401, await SendAsync(board.Tenant, secret, "POST", board.Entries, body, seconds: -10));
        Assert.Equal(200, await SendAsync(board.Tenant, secret, "POST", board.Entries, body, seconds: -9));
        Assert.Equal(200, await SendAsync(board.Tenant, secret, "GET", board.Path, seconds: -10));
        Assert.Equal(200, await SendAsync(board.Tenant, secret, "GET", board.Path, seconds: -10));
        Assert.Equal(["2"], (await server.Admin.GetAsync(board.Query)).Each("entries", "score"));
    }

    [Fact]
    public async Task A_rotated_secret_ends_the_old_one_within_a_second()
    {
        var board = await server.MakeBoardAsync();
        var old = await MakeSecretAsync(board.Tenant);
        Assert.Equal(200, await SendAsync(board.Tenant, old, "GET", board.Path));
        var secret = await MakeSecretAsync(board.Tenant);

        Assert.NotEqual(old, secret);
        Assert.Equal(200, await SendAsync(board.Tenant, secret, "GET", board.Path));
        await Eventually.HoldsAsync(async () => await SendAsync(board.Tenant, old, "GET", board.Path) == 401);
    }

    [Fact]
    public async Task Signed_lines_go_in_as_long_as_they_fit_into_a_usual_body()
    {
        const string lines = "application/x-ndjson";
        var tenant = await server.MakeTenantAsync();
        var secret = await MakeSecretAsync(tenant);

        Assert.Equal(200, await SendAsync(tenant, secret, "POST", $"/tenants/{tenant}/players/bulk", """{"user_id":"ada","name":"Ada"}""", type: lines));
        Assert.Equal("Ada", (await server.Admin.GetAsync($"/tenants/{tenant}/players/ada")).Is(200).Text("name"));
        Assert.Equal(413, await SendAsync(tenant, secret, "POST", $"/tenants/{tenant}/players/bulk", new string('\n', 1024 * 1024 + 1), type: lines));
    }

    private async Task<string> MakeSecretAsync(string tenant) => (await server.Admin.PostAsync($"/tenants/{tenant}/secret", "{}")).Is(200).Text("secret");

    private async Task<int> SendAsync(
        string tenant, string secret, string method, string path, string? body = null,
        string? signedPath = null, string? signedBody = null, int seconds = 0, string scheme = "hmac-sha256=", string type = "application/json")
    {
        var timestamp = _now + seconds;
        var signed = $"{method}\n{signedPath ?? path}\n{timestamp}\n{signedBody ?? body}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed)));
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, type),
        };
        request.Headers.Add("X-Tenant-Id", tenant);
        request.Headers.Add("X-Timestamp", timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("X-Signature", scheme + signature);
        using var response = await server.Http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
