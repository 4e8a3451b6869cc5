using System.Net;

namespace Laurel.Journeys.Tests.Browser;

/// <summary><c>/overlay</c> in a real browser, on a real server.</summary>
public class OverlayJourneys
{
    private const string Names = ".lrl-row:not(.lrl-row-leaving) .lrl-name";
    private const string Ranks = ".lrl-row:not(.lrl-row-leaving) .lrl-rank";

    [Fact]
    public async Task The_overlay_follows_a_board_through_submissions_a_kill_and_the_end_of_a_season()
    {
        await using var chromium = await Chromium.StartAsync();
        await using var laurel = await LaurelProcess.StartAsync();
        var overlay = await MakeBoardAsync(laurel, """{"timeframe":{"type":"manual"},"scoring":{"aggregation":"last"}}""");
        await laurel.SendAsync(HttpMethod.Post, "/tenants/acme/leaderboards/race/seasons", """{"season_id":"spring"}""", HttpStatusCode.Created);
        await SubmitAsync(laurel, ("ada", "Ada", 30), ("bob", "Bob", 20));
        var page = await chromium.OpenAsync(overlay);
        await page.ShowsAsync(Names, "Ada", "Bob");

        await SubmitAsync(laurel, ("eve", "Eve", 25), ("bob", "Bob", 40));
        await page.ShowsAsync(Names, "Bob", "Ada", "Eve");
        await page.ShowsAsync(Ranks, "1", "2", "3");
        await page.ShowsAsync(".lrl-score", "40", "30", "25");
        await page.HoldsAsync("document.querySelector('.lrl-moment-leader .lrl-moment-name')?.textContent === 'Bob'");

        await laurel.KillAsync();
        await page.HoldsAsync("document.querySelector('.lrl-reconnecting')");
        Assert.Equal(["Bob", "Ada", "Eve"], await page.TextsAsync(Names));
        await laurel.RunAsync(samePlace: true);
        await SubmitAsync(laurel, ("zoe", "Zoë", 99));
        await page.ShowsAsync(Names, "Zoë", "Bob", "Ada", "Eve");
        await page.HoldsAsync("document.querySelector('.lrl-connected') && !document.querySelector('.lrl-reconnecting')");

        await laurel.SendAsync(HttpMethod.Post, "/tenants/acme/leaderboards/race/seasons/spring/close", "{}", HttpStatusCode.OK);
        await page.HoldsAsync("document.querySelector('.lrl-closed .lrl-season-name')?.textContent === 'Zoë'");
        await laurel.SendAsync(HttpMethod.Post, "/tenants/acme/leaderboards/race/seasons", """{"season_id":"summer"}""", HttpStatusCode.Created);
        await SubmitAsync(laurel, ("bob", "Bob", 1));
        await page.ShowsAsync(Names, "Bob");
        await page.HoldsAsync("document.querySelector('.lrl-window').textContent === 'summer' && !document.querySelector('.lrl-closed')");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_hidden_player_vanishes_and_markup_in_a_name_is_text()
    {
        await using var chromium = await Chromium.StartAsync();
        await using var laurel = await LaurelProcess.StartAsync();
        var overlay = await MakeBoardAsync(laurel, """{"scoring":{"aggregation":"last"}}""");
        const string Markup = "<img src=x onerror=alert(1)><b>Rob</b>";
        await SubmitAsync(laurel, ("ada", "Ada", 30), ("rob", Markup, 20));
        var page = await chromium.OpenAsync(overlay);
        await page.ShowsAsync(Names, "Ada", Markup);
        Assert.Empty(await page.TextsAsync(".lrl-overlay img, .lrl-overlay b"));

        await laurel.SendAsync(HttpMethod.Put, "/tenants/acme/players/ada", """{"privacy":"hidden"}""", HttpStatusCode.OK);
        await page.ShowsAsync(Names, Markup);
        await page.ShowsAsync(Ranks, "1");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Nothing_runs_over_from_320_to_3840_pixels_whatever_the_names_are()
    {
        await using var chromium = await Chromium.StartAsync();
        await using var laurel = await LaurelProcess.StartAsync();
        var overlay = await MakeBoardAsync(laurel, """{"scoring":{"aggregation":"last"}}""");
        await SubmitAsync(
            laurel, ("a", new string('W', 128), 1e15), ("b", "محمد بن عبد الله الأنصاري ".PadRight(120, 'ا'), -12.020123), ("c", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦 Z̷a̷l̷g̷o̷", 3));
        var page = await chromium.OpenAsync(overlay);
        foreach (var theme in new[] { "laurel", "arcade", "paper", "stream", "slate" })
        {
            page = await chromium.OpenAsync(new Uri($"{overlay}&theme={theme}"));
            await page.HoldsAsync("document.querySelectorAll('.lrl-row').length === 3");
            foreach (var (width, height) in new[] { (320, 568), (1280, 720), (3840, 2160) })
            {
                await page.ResizeAsync(width, height);
                await page.HoldsAsync($"innerWidth === {width} && document.documentElement.scrollWidth <= {width}");
                await page.HoldsAsync("[...document.querySelectorAll('.lrl-row')].every(r => r.scrollWidth <= r.clientWidth + 1)");
                await page.HoldsAsync("[...document.querySelectorAll('.lrl-score')].every(s => s.getBoundingClientRect().right <= innerWidth && s.getBoundingClientRect().left >= 0)");
            }
        }

        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_revoked_key_empties_the_overlay_and_says_why()
    {
        await using var chromium = await Chromium.StartAsync();
        await using var laurel = await LaurelProcess.StartAsync();
        var overlay = await MakeBoardAsync(laurel, "{}");
        await SubmitAsync(laurel, ("ada", "Ada", 30));
        var page = await chromium.OpenAsync(overlay);
        await page.ShowsAsync(Names, "Ada");

        var keys = await laurel.SendAsync(HttpMethod.Get, "/tenants/acme/keys", null, HttpStatusCode.OK);
        var embed = keys.GetProperty("keys").EnumerateArray().Single(key => key.GetProperty("kind").GetString() == "embed");
        await laurel.SendAsync(HttpMethod.Delete, $"/tenants/acme/keys/{embed.GetProperty("key_id").GetString()}", null, HttpStatusCode.OK);
        await page.HoldsAsync("document.querySelector('.lrl-refused .lrl-status-text')?.textContent.includes('revoked')");
        await page.ShowsAsync(Names);
    }

    private static async Task<Uri> MakeBoardAsync(LaurelProcess laurel, string config)
    {
        await laurel.MakeBoardAsync("race", $"\"config\":{config}");
        var key = await laurel.SendAsync(HttpMethod.Post, "/tenants/acme/keys", """{"kind":"embed","leaderboard_id":"race"}""", HttpStatusCode.Created);
        Assert.SkipUnless((await laurel.Client.GetStringAsync(laurel.Url("/overlay"))).Contains("/browser/assets/", StringComparison.Ordinal), "The overlay was not built: Node.js was not at hand");
        return laurel.Url($"/overlay?board=race&key={key.GetProperty("api_key").GetString()}&top=10");
    }

    private static Task SubmitAsync(LaurelProcess laurel, params (string User, string Name, double Score)[] entries) => laurel.SendAsync(
        HttpMethod.Post,
        "/tenants/acme/leaderboards/race/entries",
        System.Text.Json.JsonSerializer.Serialize(new { entries = entries.Select(entry => new { user_id = entry.User, name = entry.Name, score = entry.Score }) }),
        HttpStatusCode.OK);
}
