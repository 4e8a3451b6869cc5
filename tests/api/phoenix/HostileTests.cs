using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>Whatever a body holds: a 4xx in the envelope, quickly, and nothing changed.</summary>
[Collection<PhoenixTests>]
public sealed class HostileTests(PhoenixServer server)
{
    private static readonly TimeSpan Quickly = TimeSpan.FromSeconds(5);

    public static TheoryData<string> Bodies => [.. Hostile.Keys];

    private static string LongId { get; } = new('x', 10_000);

    private static Dictionary<string, byte[]> Hostile { get; } = new()
    {
        ["nothing"] = [],
        ["a truncated object"] = "{\"name\":\"x"u8.ToArray(),
        ["a truncated array"] = "{\"entries\":[{\"user_id\":\"a\",\"score\":1}"u8.ToArray(),
        ["a trailing comma"] = "{\"name\":\"x\",}"u8.ToArray(),
        ["a comment"] = "{/* */\"name\":\"x\"}"u8.ToArray(),
        ["two documents"] = "{\"name\":\"x\"}{}"u8.ToArray(),
        ["NaN"] = "{\"entries\":[{\"user_id\":\"a\",\"score\":NaN}]}"u8.ToArray(),
        ["a number"] = "1"u8.ToArray(),
        ["a list of lists"] = "[[],[]]"u8.ToArray(),
        ["wrong types"] = "{\"name\":[],\"leaderboard_id\":{},\"tenant_id\":1,\"season_id\":true,\"kind\":{},\"entries\":\"x\"}"u8.ToArray(),
        ["invalid UTF-8"] = [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8],
        ["UTF-8 of a surrogate"] = [.. "{\"name\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8],
        ["half of a surrogate pair"] = "{\"name\":\"\\udc00\"}"u8.ToArray(),
        ["half of a surrogate pair as a field"] = "{\"\\ud800\":1}"u8.ToArray(),
        ["UTF-16"] = Encoding.Unicode.GetBytes("{\"name\":\"x\"}"),
        ["a byte order mark alone"] = [0xEF, 0xBB, 0xBF],
        ["ten thousand nested arrays"] = Encoding.UTF8.GetBytes($"{{\"config\":{new string('[', 10_000)}{new string(']', 10_000)}}}"),
        ["ten thousand nested objects"] = Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Repeat("{\"config\":", 10_000)) + "1" + new string('}', 10_000)),
        ["ids of 10,000 characters"] = Encoding.UTF8.GetBytes(
            $$"""{"leaderboard_id":"{{LongId}}","tenant_id":"{{LongId}}","season_id":"{{LongId}}","kind":"{{LongId}}"}"""),
        ["a field name of 500,000 characters"] = Encoding.UTF8.GetBytes($$"""{"{{new string('n', 500_000)}}":1}"""),
        ["fifty thousand unknown fields"] = Encoding.UTF8.GetBytes(
            $$"""{{{string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"f{i}\":1"))}}}"""),
        ["a string of a megabyte less a little"] = Encoding.UTF8.GetBytes($$"""{"name":"{{new string('n', 1_048_000)}}"}"""),
        ["ten megabytes"] = Encoding.UTF8.GetBytes($$"""{"name":"{{new string('n', 10_000_000)}}"}"""),
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task No_route_takes_a_hostile_body(string name)
    {
        var board = await server.MakeBoardAsync("""{"timeframe":{"type":"manual"}}""");
        (string Method, string Path)[] routes =
        [
            ("POST", "/tenants"),
            ("PATCH", $"/tenants/{board.Tenant}"),
            ("POST", $"/tenants/{board.Tenant}/keys"),
            ("PUT", $"/tenants/{board.Tenant}/players/ada"),
            ("POST", $"/tenants/{board.Tenant}/leaderboards"),
            ("PATCH", board.Path),
            ("POST", $"{board.Path}/seasons"),
            ("POST", board.Entries),
        ];
        var before = await StateAsync(board);

        foreach (var (method, path) in routes)
        {
            var content = new ByteArrayContent(Hostile[name]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            var watch = Stopwatch.StartNew();
            var answer = await server.Admin.SendAsync(new HttpMethod(method), path, content);

            Assert.True(answer.Status is 400 or 413, $"{method} {path} answered {answer.Status} to {name}: {answer.Body}");
            answer.IsError(answer.Status, answer.Status == 400 ? "VALIDATION_ERROR" : "PAYLOAD_TOO_LARGE");
            Assert.True(watch.Elapsed < Quickly, $"{method} {path} took {watch.Elapsed} for {name}.");
        }

        Assert.Equal(before, await StateAsync(board));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_hostile_bulk_registers_nobody(string name)
    {
        var tenant = await server.MakeTenantAsync();
        var content = new ByteArrayContent(Hostile[name]) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        var watch = Stopwatch.StartNew();

        var answer = (await server.Admin.SendAsync(HttpMethod.Post, $"/tenants/{tenant}/players/bulk", content)).Is(200);

        Assert.Equal("0", answer.Raw("accepted"));
        Assert.True(watch.Elapsed < Quickly, $"It took {watch.Elapsed} for {name}.");
    }

    [Fact]
    public async Task What_is_wrong_is_told_in_a_bounded_answer()
    {
        var content = new ByteArrayContent(Hostile["fifty thousand unknown fields"]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        var answer = (await server.Admin.SendAsync(HttpMethod.Post, "/tenants", content)).Is(400);

        Assert.True(answer.Body.Length < 32 * 1024, $"The answer has {answer.Body.Length} characters.");
    }

    private async Task<string> StateAsync(Board board)
    {
        var parts = new[]
        {
            $"/tenants/{board.Tenant}", $"/tenants/{board.Tenant}/keys", $"/tenants/{board.Tenant}/leaderboards", $"{board.Path}/seasons",
            $"/tenants/{board.Tenant}/players/ada",
        };
        var answers = await Task.WhenAll(parts.Select(server.Admin.GetAsync));
        return string.Join('\n', answers.Select(answer => answer.Body));
    }
}
