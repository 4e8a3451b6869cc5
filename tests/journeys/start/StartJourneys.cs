using System.Net;
using System.Net.Http.Json;
using System.Text;
using Laurel.Tests.Support;

namespace Laurel.Journeys.Tests.Start;

public sealed class StartJourneys : IDisposable
{
    private const string AdminKey = "an-operators-own-admin-key";

    private readonly TempDirectory _data = new();
    private readonly string _address = $"http://127.0.0.1:{ServerProcess.FreePort()}";

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_first_start_shows_an_admin_key_once_and_lines_that_work_as_printed()
    {
        string key;
        await using (var first = Run())
        {
            await first.ListensAsync();
            await Eventually.TrueAsync(() => Task.FromResult(first.Lines.Any(static line => line.Contains("/docs", StringComparison.Ordinal))), "the greeting is whole");
            key = first.Lines.Single(static line => line.StartsWith("  lrl_admin_", StringComparison.Ordinal)).Trim();
            Assert.DoesNotContain(first.Lines, line => line.Contains("info:", StringComparison.Ordinal) && line.Contains(key, StringComparison.Ordinal));
            foreach (var line in first.Lines.Where(static line => line.StartsWith("  curl", StringComparison.Ordinal)))
                await ServerProcess.RunAsync("sh", "-c", $"{line.Trim()} --silent --show-error --fail");
            Assert.Equal(["ada", "bob"], await StandingsAsync(key));
            first.Terminate();
            Assert.Equal(0, await first.ExitAsync());
        }

        await using var second = Run();
        await second.ListensAsync();
        Assert.Equal(["ada", "bob"], await StandingsAsync(key));
        Assert.DoesNotContain(second.Lines, static line => line.Contains("lrl_admin_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_says_so_in_one_line()
    {
        await using var first = Run();
        await first.ListensAsync();
        await using var second = ProgramRun.Start(Settings(), "--urls", $"http://127.0.0.1:{ServerProcess.FreePort()}");

        await RequireOneLineAsync(second, _data.Path, "in use", "Laurel__DataDirectory");
    }

    [Fact]
    public async Task A_port_in_use_is_named_in_one_line()
    {
        await using var first = Run();
        await first.ListensAsync();
        using var other = new TempDirectory();
        await using (var second = ProgramRun.Start(Settings(("Laurel__DataDirectory", other.Path)), "--urls", _address))
            await RequireOneLineAsync(second, _address, "in use", "--urls");

        await using var third = ProgramRun.Start(Settings(("Laurel__DataDirectory", other.Path)), "--urls", $"http://127.0.0.1:{ServerProcess.FreePort()}");
        await Eventually.TrueAsync(
            () => Task.FromResult(third.Lines.Any(static line => line.StartsWith("  lrl_admin_", StringComparison.Ordinal))), "the admin key is shown by the start that succeeds");
    }

    [Theory]
    [InlineData("Laurel__AdminKey", "short", "Laurel:AdminKey", "16")]
    [InlineData("Laurel__AdminKey", "lrl_admin_abcdefghijklmnop", "Laurel:AdminKey", "lrl_")]
    [InlineData("Laurel__Storage__Provider", "mysql", "Laurel:Storage:Provider", "'sqlite' or 'postgres'")]
    [InlineData("Laurel__Storage__Provider", "postgres", "Laurel:Storage:ConnectionString", "Host=")]
    [InlineData("Laurel__MaxConnections", "many", "Laurel:MaxConnections", "many")]
    [InlineData("Laurel__MaxConnections", "0", "Laurel:MaxConnections", "1000000")]
    [InlineData("Laurel__DataDirectory", "/dev/null/data", "/dev/null/data", "")]
    [InlineData("ASPNETCORE_URLS", "nowhere", "nowhere", "--urls")]
    public async Task A_setting_that_cannot_work_is_named_in_one_line_with_the_fix(string variable, string value, string setting, string fix)
    {
        await using var run = ProgramRun.Start(Settings((variable, value)));

        await RequireOneLineAsync(run, setting, fix);
    }

    [Fact]
    public async Task A_request_under_way_is_answered_before_the_process_ends()
    {
        await using var run = ProgramRun.Start(Settings(("Laurel__AdminKey", AdminKey)), "--urls", _address);
        await run.ListensAsync();
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };
        using var client = new HttpClient(handler) { DefaultRequestHeaders = { { "X-API-Key", AdminKey } } };
        var body = new SlowBody("""{"tenant_id":"acme"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_address}/tenants") { Content = body, Headers = { ExpectContinue = true } };

        // The server asks for the body once it works on the request.
        var answer = client.SendAsync(request);
        await body.AskedFor.WaitAsync(TimeSpan.FromSeconds(30));
        run.Terminate();
        body.Send();

        Assert.Equal(HttpStatusCode.Created, (await answer).StatusCode);
        Assert.Equal(0, await run.ExitAsync(within: TimeSpan.FromSeconds(10)));
    }

    private static async Task RequireOneLineAsync(ProgramRun run, params string[] parts)
    {
        Assert.Equal(1, await run.ExitAsync());
        var line = Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(parts, part => Assert.Contains(part, line));
        Assert.Empty(run.Lines);
    }

    private ProgramRun Run() => ProgramRun.Start(Settings(), "--urls", _address);

    private Dictionary<string, string> Settings(params (string Name, string Value)[] others)
    {
        var settings = new Dictionary<string, string> { ["Laurel__DataDirectory"] = _data.Path };
        foreach (var (name, value) in others)
            settings[name] = value;
        return settings;
    }

    private async Task<IEnumerable<string?>> StandingsAsync(string key)
    {
        using var client = new HttpClient { DefaultRequestHeaders = { { "X-API-Key", key } } };
        var page = await client.GetFromJsonAsync<System.Text.Json.JsonElement>($"{_address}/v1/leaderboards/demo/high-scores");
        return page.GetProperty("entries").EnumerateArray().Select(static entry => entry.GetProperty("user_id").GetString());
    }

    /// <summary>A body that waits to be sent.</summary>
    private sealed class SlowBody : HttpContent
    {
        private readonly byte[] _json;
        private readonly TaskCompletionSource _askedFor = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _send = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SlowBody(string json)
        {
            _json = Encoding.UTF8.GetBytes(json);
            Headers.ContentType = new("application/json");
        }

        public Task AskedFor => _askedFor.Task;

        public void Send() => _send.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _askedFor.SetResult();
            await _send.Task;
            await stream.WriteAsync(_json);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _json.Length;
            return true;
        }
    }
}
