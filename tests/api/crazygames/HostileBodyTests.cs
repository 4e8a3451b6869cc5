using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace Laurel.ApiFrontend.Tests;

/// <summary>Bodies nobody sends in good faith: a 4xx in the family's words, quickly, and no season hears of it.</summary>
public sealed class HostileBodyTests : IAsyncLifetime
{
    private const string NoScores = """{"error":"Request body must contain a scores array"}""";

    private static readonly Dictionary<string, (byte[] Body, string? ContentType, int Status, string? Answer)> Table = new()
    {
        ["empty"] = ([], "application/json", 400, NoScores),
        ["white space"] = ("  \n"u8.ToArray(), "application/json", 400, NoScores),
        ["null"] = ("null"u8.ToArray(), "application/json", 400, NoScores),
        ["an array"] = ("[]"u8.ToArray(), "application/json", 400, NoScores),
        ["a string"] = ("\"scores\""u8.ToArray(), "application/json", 400, NoScores),
        ["truncated"] = ("""{"scores":[{"userId":"u","score":1,"""u8.ToArray(), "application/json", 400, NoScores),
        ["truncated before the last brace"] = ("""{"scores":[1]"""u8.ToArray(), "application/json", 400, NoScores),
        ["two documents"] = ("""{"scores":[1]}{}"""u8.ToArray(), "application/json", 400, NoScores),
        ["a comment"] = ("""{"scores":[1] /* */}"""u8.ToArray(), "application/json", 400, NoScores),
        ["a trailing comma"] = ("""{"scores":[1],}"""u8.ToArray(), "application/json", 400, NoScores),
        ["single quotes"] = ("{'scores':[1]}"u8.ToArray(), "application/json", 400, NoScores),
        ["not a number"] = ("""{"scores":[{"userId":"u","score":NaN}]}"""u8.ToArray(), "application/json", 400, NoScores),
        ["a leading zero"] = ("""{"scores":[{"userId":"u","score":01}]}"""u8.ToArray(), "application/json", 400, NoScores),
        ["invalid UTF-8 in an id"] = ([.. "{\"scores\":[{\"userId\":\""u8, 0xC3, 0x28, .. "\"}]}"u8], "application/json", 400, NoScores),
        ["invalid UTF-8 in what nobody reads"] = ([.. "{\"x\":\""u8, 0xFF, .. "\",\"scores\":[1]}"u8], "application/json", 400, NoScores),
        ["an overlong encoding"] = ([.. "{\"scores\":[{\"userId\":\""u8, 0xC0, 0xAF, .. "\"}]}"u8], "application/json", 400, NoScores),
        ["a control character"] = ("{\"scores\":[\"\u0001\"]}"u8.ToArray(), "application/json", 400, NoScores),
        ["UTF-16"] = (Encoding.Unicode.GetBytes(Bodies.Of(1)), "application/json", 400, NoScores),
        ["10,000 arrays deep"] = (Deep('[', ']'), "application/json", 400, NoScores),
        ["10,000 objects deep"] = (Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"scores\":", 10_000)) + "1" + new string('}', 10_000)), "application/json", 400, NoScores),
        ["90,000 names that are no text"] = (Repeat("\"\\ud800\":1,", 90_000), "application/json", 400, NoScores),
        ["an id of 10,000 characters"] = (Encoding.UTF8.GetBytes(Bodies.Of($$"""{"userId":"{{new string('x', 10_000)}}","score":1,"timestamp":"{{Bodies.Time}}"}""")), "application/json", 400, null),
        ["a number of 500,000 digits"] = (Encoding.UTF8.GetBytes(Bodies.Of($$"""{"userId":"u","score":{{new string('9', 500_000)}},"timestamp":"{{Bodies.Time}}"}""")), "application/json", 400, null),
        ["500,000 items"] = (Encoding.UTF8.GetBytes($"{{\"scores\":[{string.Join(',', Enumerable.Repeat("1", 500_000))}]}}"), "application/json", 400, """{"error":"Batch size must not exceed 100 scores"}"""),
        ["one byte more than 1 MB"] = (Padded(1024 * 1024 + 1), "application/json", 413, """{"error":"Payload Too Large"}"""),
        ["10 MB"] = (Padded(10 * 1024 * 1024), "application/json", 413, """{"error":"Payload Too Large"}"""),
        ["no content type"] = (Encoding.UTF8.GetBytes(Bodies.Of(1)), null, 415, """{"error":"Unsupported Media Type"}"""),
        ["a form"] = ("scores=1"u8.ToArray(), "application/x-www-form-urlencoded", 415, """{"error":"Unsupported Media Type"}"""),
        ["text"] = (Encoding.UTF8.GetBytes(Bodies.Of(1)), "text/plain", 415, """{"error":"Unsupported Media Type"}"""),
        ["another charset"] = (Encoding.Latin1.GetBytes(Bodies.Of(1)), "application/json; charset=iso-8859-1", 415, """{"error":"Unsupported Media Type"}"""),
        ["gzip"] = (Compressed(Bodies.Of(1)), "application/json", 400, NoScores),
    };

    private FrontendHost _host = null!;

    public static TheoryData<string> Names => [.. Table.Keys];

    public async ValueTask InitializeAsync() => _host = await FrontendHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_body_is_refused_quickly_and_changes_nothing(string name)
    {
        var (body, contentType, status, expected) = Table[name];
        var started = Stopwatch.GetTimestamp();

        var answer = await _host.SubmitAsync(body, contentType: contentType);

        Assert.Equal(status, answer.Status);
        if (expected is not null)
            Assert.Equal(expected, answer.Body);
        else
            Assert.StartsWith("""{"success":false,"total":1,"successCount":0,"failureCount":1,"errors":[{"score":""", answer.Body, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5), "It took longer than 5 s.");
        Assert.Empty(_host.Season.Batches);
        Assert.DoesNotContain(_host.Log.All, static line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("Application/JSON; profile=x")]
    public async Task Json_is_known_by_its_content_type_however_it_is_written(string contentType) =>
        Assert.Equal(200, (await _host.SubmitAsync(Encoding.UTF8.GetBytes(Bodies.Of(1)), contentType: contentType)).Status);

    [Fact]
    public async Task A_body_of_exactly_1_MB_is_read() => Assert.Equal(200, (await _host.SubmitAsync(Padded(1024 * 1024))).Status);

    [Fact]
    public async Task A_chunked_body_is_cut_off_at_the_limit()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/leaderboard/scores") { Content = new StreamContent(new MemoryStream(Padded(2 * 1024 * 1024))) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("X-API-Key", _host.GameKey);
        request.Content.Headers.ContentType = new("application/json");

        var answer = await _host.SendAsync(request);

        Assert.Equal((413, """{"error":"Payload Too Large"}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Bodies_that_are_refused_use_up_the_rate_limit()
    {
        var key = _host.Keys.Make(KeyKinds.Game, "acme", "board", new(2, 60));

        Assert.Equal(415, (await _host.SubmitAsync("x"u8.ToArray(), key, "text/plain")).Status);
        Assert.Equal(400, (await _host.SubmitAsync("x"u8.ToArray(), key)).Status);
        Assert.Equal(429, (await _host.SubmitAsync(Encoding.UTF8.GetBytes(Bodies.Of(1)), key)).Status);
    }

    private static byte[] Deep(char open, char close) =>
        Encoding.UTF8.GetBytes($"{{\"scores\":{new string(open, 10_000)}{new string(close, 10_000)}}}");

    private static byte[] Repeat(string member, int times) => Encoding.UTF8.GetBytes($"{{{string.Concat(Enumerable.Repeat(member, times))}\"x\":1}}");

    /// <summary>A good submission with white space in front.</summary>
    private static byte[] Padded(int length)
    {
        var body = Bodies.Of(1);
        return Encoding.UTF8.GetBytes(body.PadLeft(length));
    }

    private static byte[] Compressed(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return buffer.ToArray();
    }
}
