using System.Text.RegularExpressions;
using Laurel.Bench.Macro;

namespace Laurel.Bench.Hub;

/// <summary>The overlay in a real browser: when something is seen first, how much script it loads, and how smoothly sixty moves a second look.</summary>
internal static partial class OverlayPaint
{
    private const string Board = "shown";
    private const int Places = 10;
    private const int Loads = 7;
    private const int MovesPerSecond = 60;
    private const int Width = 1280;
    private const int Height = 720;
    private const double GoalPaint = 300;
    private const double GoalScript = 120;
    private const double GoalLate = 5;

    // Between two of these the eye sees a jump: three frames of sixty a second.
    private const double LateFrame = 50;

    private const string NoteFirstRow =
        "new MutationObserver((_, seen) => { if (document.querySelector('.lrl-row')) { globalThis.firstRow = performance.now(); seen.disconnect(); } }).observe(document, { childList: true, subtree: true })";

    private const string FirstPaint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime";

    private static readonly TimeSpan PaintWithin = TimeSpan.FromSeconds(30);

    /// <summary>Measures and reports it.</summary>
    public static async Task RunAsync(MacroContext context)
    {
        if (PageMeter.Program is not { } chromium)
        {
            context.Report.Remarks.Add("Left out: the overlay's first paint and frames, because there is no Chromium in PATH.");
            return;
        }

        context.Screen.Begin("the overlay in Chromium");
        await using var server = await LaurelServer.StartAsync(context.Workspace.Make("overlay"), context.Clock, context.Cancellation);
        using var admin = new LaurelAdmin(server.Address, LaurelServer.AdminKey);
        var board = await HubBoard.MakeAsync(admin, Board, context.Cancellation);
        using var writer = new LaurelAdmin(server.Address, board.WriteKey);
        await writer.SubmitAsync(Board, Enumerable.Range(0, 2 * Places).Select(static n => (HubBoard.Player(n), 1000 * n)), context.Cancellation);
        var script = await ScriptKiloBytesAsync(server.Address, context.Cancellation);
        if (script is null)
        {
            context.Report.Remarks.Add("Left out: the overlay's first paint and frames, because the overlay was not built into this server.");
            return;
        }

        await using var page = await PageMeter.StartAsync(context, chromium, Width, Height);
        await page.PrepareAsync(NoteFirstRow);
        var address = new Uri(server.Address, $"overlay?board={Board}&key={board.EmbedKey}&top={Places}");
        List<double> paints = [], rows = [];
        // The first load is the browser's own start, too.
        for (var load = 0; load <= Loads; load++)
        {
            var (paint, row) = await LoadAsync(context, page, address);
            if (load == 0)
                continue;
            paints.Add(paint);
            rows.Add(row);
        }

        var moving = await WatchMovesAsync(context, page, writer);
        var plain = await LoadPlainAsync(context, page);
        var still = await WatchMovesAsync(context, page, writer);
        Report(context.Report, script.Value, new Sight(Figures.Median(paints), moving), new Sight(plain, still), Figures.Median(rows));
    }

    /// <summary>A page of one word, so that it shows what the browser and the machine take for themselves.</summary>
    private static async Task<double> LoadPlainAsync(MacroContext context, PageMeter page)
    {
        List<double> paints = [];
        for (var load = 0; load < Loads; load++)
        {
            await page.GoAsync(new Uri("about:blank"));
            await page.GoAsync(new Uri($"data:text/html,<p>word{load}"));
            double? paint = null;
            await Waiting.UntilAsync(
                "a page to be painted",
                async () => (paint = await page.NumberAsync(FirstPaint)) is not null,
                TimeSpan.FromMilliseconds(50), PaintWithin, context.Clock, context.Cancellation);
            paints.Add(paint!.Value);
        }

        return Figures.Median(paints);
    }

    private static async Task<(double Paint, double Row)> LoadAsync(MacroContext context, PageMeter page, Uri address)
    {
        await page.GoAsync(new Uri("about:blank"));
        await page.GoAsync(address);
        double? paint = null, row = null;
        await Waiting.UntilAsync(
            "the overlay to be painted",
            async () => (paint = await page.NumberAsync(FirstPaint)) is not null && (row = await page.NumberAsync("globalThis.firstRow")) is not null,
            TimeSpan.FromMilliseconds(50), PaintWithin, context.Clock, context.Cancellation);
        return (paint!.Value, row!.Value);
    }

    private static async Task<Frames> WatchMovesAsync(MacroContext context, PageMeter page, LaurelAdmin writer)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        var moving = MoveAsync(context, writer, over.Token);
        var milliseconds = (int)(1000 * context.Settings.HubSeconds);
        var gaps = $$"""
            new Promise((done) => {
              const gaps = [];
              let last = performance.now();
              const until = last + {{milliseconds}};
              const step = (now) => { gaps.push(now - last); last = now; if (now < until) requestAnimationFrame(step); else done(gaps); };
              requestAnimationFrame(step);
            }).then((gaps) => (globalThis.gaps = gaps.sort((a, b) => a - b)).length)
            """;
        var busy = await page.BusySecondsAsync();
        var frames = await page.NumberAsync(gaps) ?? throw new InvalidOperationException("The page drew nothing.");
        busy = await page.BusySecondsAsync() - busy;
        var late = await page.NumberAsync(FormattableString.Invariant($"gaps.filter((gap) => gap > {LateFrame}).length"));
        var p99 = await page.NumberAsync("gaps[Math.floor(gaps.length * 0.99)]");
        await over.CancelAsync();
        await moving;
        return new Frames(100 * late!.Value / frames, p99!.Value, 1000 * busy / context.Settings.HubSeconds);
    }

    private static async Task MoveAsync(MacroContext context, LaurelAdmin writer, CancellationToken over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / MovesPerSecond), context.Clock);
        var random = new Random(context.Settings.Seed);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
                await writer.SubmitAsync(Board, [(HubBoard.Player(random.Next(2 * Places)), random.Next(1000 * Places))], over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // All was seen.
        }
    }

    /// <summary>What the overlay's scripts weigh on the way; null when there are none.</summary>
    private static async Task<double?> ScriptKiloBytesAsync(Uri address, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        using var plain = new HttpClient { BaseAddress = address };
        var sum = 0.0;
        foreach (Match script in Script().Matches(await plain.GetStringAsync("overlay", cancellation)))
            sum += (await client.GetByteArrayAsync(script.Groups[1].Value, cancellation)).Length / 1024.0;
        return sum == 0 ? null : sum;
    }

    private static void Report(Report report, double script, Sight overlay, Sight plain, double row)
    {
        report.Add(new Table(
            $"The overlay in headless Chromium, {Width} × {Height}",
            ["what", "overlay", "a page of one word"],
            [
                ["scripts, gzipped, KB", Figures.Fine(script), "–"],
                ["first paint with content, ms", Figures.Whole(overlay.Paint), Figures.Whole(plain.Paint)],
                ["first row, ms", Figures.Whole(row), "–"],
                [$"time between frames at {MovesPerSecond} moves a second, p99, ms", Figures.Fine(overlay.Frames.P99), Figures.Fine(plain.Frames.P99)],
                [$"frames more than {LateFrame} ms after the one before, %", Figures.Fine(overlay.Frames.Late), Figures.Fine(plain.Frames.Late)],
                ["the page's own thread meanwhile, CPU ms a second", Figures.Fine(overlay.Frames.Busy), Figures.Fine(plain.Frames.Busy)],
            ],
            $"Medians of {Loads} loads without a cache, from the navigation on. The browser draws without a graphics processor, on the cores that the server runs on; what the page of one word takes is the browser's and the machine's."));
        report.Add(new Goal("first paint of the overlay", $"{Figures.Whole(overlay.Paint)} ms", "≤ 300 ms", overlay.Paint <= GoalPaint));
        report.Add(new Goal("the overlay's scripts, gzipped", $"{Figures.Fine(script)} KB", "≤ 120 KB", script <= GoalScript));
        report.Add(new Goal($"late frames at {MovesPerSecond} moves a second", $"{Figures.Fine(overlay.Frames.Late)} %", "≤ 5 %", overlay.Frames.Late <= GoalLate));
    }

    /// <summary>What is seen of a page.</summary>
    /// <param name="Paint">Milliseconds until something is.</param>
    /// <param name="Frames">While the board changes.</param>
    private sealed record Sight(double Paint, Frames Frames);

    /// <summary>How smoothly a page is drawn.</summary>
    /// <param name="Late">The share of frames that came late, in percent.</param>
    /// <param name="P99">The milliseconds between two frames that 99 of 100 kept.</param>
    /// <param name="Busy">CPU milliseconds a second of the thread that runs the page.</param>
    private sealed record Frames(double Late, double P99, double Busy);

    [GeneratedRegex("(?:src|href)=\"/(browser/assets/[^\"]+\\.js)\"")]
    private static partial Regex Script();
}
