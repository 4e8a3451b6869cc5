using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests;

public sealed partial class MetricsTests
{
    [Fact]
    public async Task What_happened_is_counted()
    {
        await using var host = await FrontendHost.StartAsync();
        host.Season.AnswerByUser(new Dictionary<string, ScoreStatus> { ["user0"] = ScoreStatus.UserNotFound, ["user1"] = ScoreStatus.Unchanged });
        await host.SubmitAsync(Bodies.Of(10));
        await host.SubmitAsync(Bodies.Of(10));
        await host.SubmitAsync("{}");
        var slow = host.Keys.Make(KeyKinds.Game, "acme", "board", new(1, 60));
        await host.SubmitAsync("{}"u8.ToArray(), slow);
        await host.SubmitAsync("{}"u8.ToArray(), slow);

        var samples = await ReadAsync(host);

        Assert.Equal(16, samples["laurel_scores_total{status=\"applied\"}"]);
        Assert.Equal(2, samples["laurel_scores_total{status=\"unchanged\"}"]);
        Assert.Equal(2, samples["laurel_scores_total{status=\"user-not-found\"}"]);
        Assert.Equal(2, samples["laurel_batch_size_count{family=\"crazygames\"}"]);
        Assert.Equal(20, samples["laurel_batch_size_sum{family=\"crazygames\"}"]);
        Assert.Equal(0, samples["laurel_batch_size_bucket{family=\"crazygames\",le=\"5\"}"]);
        Assert.Equal(2, samples["laurel_batch_size_bucket{family=\"crazygames\",le=\"10\"}"]);
        Assert.Equal(2, samples["laurel_batch_size_bucket{family=\"crazygames\",le=\"+Inf\"}"]);
        Assert.Equal(1, samples["laurel_rate_limited_total{family=\"crazygames\"}"]);
        Assert.Equal(2, samples["laurel_request_duration_seconds_count{family=\"crazygames\",status=\"2xx\"}"]);
        Assert.Equal(3, samples["laurel_request_duration_seconds_count{family=\"crazygames\",status=\"4xx\"}"]);
        Assert.Equal(3, samples["laurel_key_cache_total{result=\"hit\"}"]);
        Assert.Equal(2, samples["laurel_key_cache_total{result=\"miss\"}"]);
        Assert.Contains(samples.Keys, static name => name.StartsWith("kestrel_", StringComparison.Ordinal));
        Assert.Contains(samples.Keys, static name => name.StartsWith("dotnet_gc_", StringComparison.Ordinal));
        Assert.Contains(samples.Keys, static name => name.StartsWith("http_server_request_duration_seconds_bucket", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_line_is_a_sample_or_says_what_its_samples_are()
    {
        await using var host = await FrontendHost.StartAsync();
        await host.SubmitAsync(Bodies.Of(1));

        var answer = await host.SendAsync(HttpMethod.Get, "/metrics");

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.ContentType);
        Assert.EndsWith("\n", answer.Body, StringComparison.Ordinal);
        var typed = new HashSet<string>();
        string? current = null;
        foreach (var line in answer.Body.Split('\n')[..^1])
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                current = line.Split(' ')[2];
                Assert.True(typed.Add(current), $"{current} has two types.");
                Assert.Contains(line.Split(' ')[3], new[] { "counter", "gauge", "histogram" });
            }
            else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                Assert.Matches(Sample(), line);
                Assert.StartsWith(current!, line, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Values_of_labels_are_escaped()
    {
        using var meter = new Meter("test");
        var instrument = new InstrumentSeries(meter.CreateCounter<long>("odd.name-of", "By", "Two\nlines \\ here"));
        instrument.Record(1, [new("a.b", "say \"hi\"\n\\")]);

        Assert.Equal(
            "# HELP odd_name_of_bytes_total Two\\nlines \\\\ here\n# TYPE odd_name_of_bytes_total counter\nodd_name_of_bytes_total{a_b=\"say \\\"hi\\\"\\n\\\\\"} 1\n",
            PrometheusText.Write([instrument]));
    }

    [Fact]
    public void Too_many_labels_share_a_series()
    {
        using var meter = new Meter("test");
        var instrument = new InstrumentSeries(meter.CreateCounter<long>("many"));
        for (var i = 0; i < 10_000; i++)
            instrument.Record(1, [new("id", i)]);

        Assert.Equal(InstrumentSeries.MaxSeries + 1, instrument.All.Length);
        Assert.Equal(10_000 - InstrumentSeries.MaxSeries, instrument.All[^1].Value);
    }

    [Fact]
    public void A_gauge_goes_up_and_down_and_nothing_is_lost_between_threads()
    {
        using var meter = new Meter("test");
        var instrument = new InstrumentSeries(meter.CreateUpDownCounter<long>("level"));

        Parallel.For(0, 10_000, i => instrument.Record(i % 2 == 0 ? 3 : -1, [new("side", "a")]));

        Assert.Equal("gauge", instrument.Kind);
        Assert.Equal(10_000, instrument.All[0].Value);
    }

    private static async Task<Dictionary<string, double>> ReadAsync(FrontendHost host)
    {
        var answer = await host.SendAsync(HttpMethod.Get, "/metrics");
        return answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => !line.StartsWith('#'))
            .ToDictionary(
                static line => line[..line.LastIndexOf(' ')],
                static line => double.Parse(line[(line.LastIndexOf(' ') + 1)..].Replace("+Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("""^[a-z_][a-z0-9_]*(\{[a-z_][a-z0-9_]*="([^"\\]|\\.)*"(,[a-z_][a-z0-9_]*="([^"\\]|\\.)*")*\})? (-?[0-9.]+(E[+-]?[0-9]+)?|[+-]Inf|NaN)$""")]
    private static partial Regex Sample();
}
