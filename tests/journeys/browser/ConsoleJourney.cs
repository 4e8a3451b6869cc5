using System.Net;

namespace Laurel.Journeys.Tests.Browser;

/// <summary><c>/console</c> in a real browser, walked through as an operator does.</summary>
public class ConsoleJourney
{
    [Fact]
    public async Task An_operator_signs_in_makes_a_board_watches_it_and_revokes_its_key()
    {
        await using var chromium = await Chromium.StartAsync();
        await using var laurel = await LaurelProcess.StartAsync();
        Assert.SkipUnless((await laurel.Client.GetStringAsync(laurel.Url("/console"))).Contains("/browser/assets/", StringComparison.Ordinal), "The console was not built: Node.js was not at hand");
        var page = await chromium.OpenAsync(laurel.Url("/console"));

        await page.FillAsync("API key", "wrong");
        await page.PressAsync("Sign in");
        await page.HoldsAsync("document.querySelector('[role=alert]')?.textContent.includes('API key')");
        await page.FillAsync("API key", LaurelProcess.AdminKey);
        await page.PressAsync("Sign in");
        await page.ShowsAsync("h1", "Tenants");

        await page.FillAsync("Id", "bad id", "New tenant");
        await page.HoldsAsync("document.querySelector('.wrong')");
        await page.FillAsync("Id", "studio", "New tenant");
        await page.PressAsync("Create tenant");
        await page.ShowsAsync("h1", "studio");

        await page.FillAsync("Id", "race", "New leaderboard");
        await page.FillAsync("Name", "The Race", "New leaderboard");
        await page.FillAsync("Seasons", "weekly", "New leaderboard");
        await page.PressAsync("Write JSON instead");
        await page.HoldsAsync("JSON.parse(document.querySelector('textarea').value).config.timeframe.reset_day === 'monday'");
        await page.PressAsync("Create leaderboard");
        await page.HoldsAsync("document.querySelector('h1').textContent.startsWith('The Race')");

        await SubmitAsync(laurel, """{"user_id":"ada","name":"Ada","score":30},{"user_id":"bob","name":"Bob","score":20}""");
        await page.HoldsAsync("[...document.querySelectorAll('[aria-label=Standings] bdi')].map(e => e.textContent).join() === 'Ada,Bob'");
        await SubmitAsync(laurel, """{"user_id":"bob","name":"Bob","score":50}""");
        await page.HoldsAsync("[...document.querySelectorAll('[aria-label=Standings] bdi')].map(e => e.textContent).join() === 'Bob,Ada'");

        await page.FillAsync("User id", "nobody");
        await page.PressAsync("Find");
        await page.HoldsAsync("document.querySelector('form[role=search] .fault')");
        await page.FillAsync("User id", "ada");
        await page.PressAsync("Find");
        await page.HoldsAsync("document.querySelector('form[role=search]').textContent.includes('Place 2 of 2') && document.querySelector('.chart .dot')");

        await page.PressAsync("studio");
        await page.ShowsAsync("h1", "studio");
        await page.FillAsync("Name", "The stream's", "New key");
        await page.PressAsync("Create key");
        await page.HoldsAsync("document.querySelector('dialog[open] code')?.textContent.startsWith('lrl_embed_')");
        var key = (await page.TextsAsync("dialog code"))[0];
        await laurel.SendAsync(HttpMethod.Get, "/v1/leaderboards/studio/race", null, HttpStatusCode.OK, key);
        await page.PressAsync("I have copied it");
        await page.PressAsync("Revoke");
        await page.PressAsync("Revoke key");
        await page.HoldsAsync("!document.body.textContent.includes(\"The stream's\")");
        await laurel.SendAsync(HttpMethod.Get, "/v1/leaderboards/studio/race", null, HttpStatusCode.Unauthorized, key);

        await page.PressAsync("Health");
        await page.HoldsAsync("document.querySelectorAll('.lights .good').length === 2 && document.querySelector('[aria-label=Nodes] .good').textContent.includes('(this one)')");
        await page.PressAsync("Sign out");
        await page.ShowsAsync("h1", "Laurel console");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_tenants_backend_signs_in_before_it_has_a_board_and_sees_usage_limits_and_final_standings()
    {
        await using var chromium = await Chromium.StartAsync();
        await using var laurel = await LaurelProcess.StartAsync();
        Assert.SkipUnless((await laurel.Client.GetStringAsync(laurel.Url("/console"))).Contains("/browser/assets/", StringComparison.Ordinal), "The console was not built: Node.js was not at hand");
        await laurel.SendAsync(HttpMethod.Post, "/tenants", """{"tenant_id":"studio","plan":"indie"}""", HttpStatusCode.Created);
        var key = await laurel.SendAsync(
            HttpMethod.Post, "/tenants/studio/keys",
            """{"kind":"tenant","name":"Backend","scopes":["leaderboards:write","scores:write","keys:write"],"rate_limit":{"requests":5000,"seconds":3600}}""", HttpStatusCode.Created);
        var page = await chromium.OpenAsync(laurel.Url("/console"));
        await page.FillAsync("API key", key.GetProperty("api_key").GetString()!);
        await page.PressAsync("Sign in");
        await page.ShowsAsync("h1", "studio");

        await page.FillAsync("Id", "race", "New leaderboard");
        await page.FillAsync("Seasons", "manual", "New leaderboard");
        await page.PressAsync("Create leaderboard");
        await page.HoldsAsync("document.querySelector('h1').textContent.startsWith('race')");
        await page.FillAsync("New season", "spring");
        await page.PressAsync("Open season");
        await page.HoldsAsync("document.querySelector('[aria-label=Seasons] td')?.textContent === 'spring'");
        await SubmitAsync(laurel, """{"user_id":"ada","name":"Ada","score":30},{"user_id":"bob","name":"Bob","score":20}""");
        await page.PressAsync("Close");
        await page.PressAsync("Standings");
        await page.ShowsAsync("h1", "spring final");
        await page.ShowsAsync("[aria-label=Standings] bdi", "Ada", "Bob");

        await page.PressAsync("studio");
        await page.PressAsync("Usage and limits");
        await page.ShowsAsync("h1", "Usage and limits");
        await page.HoldsAsync("document.querySelector('.plan').textContent === 'indie' && [...document.querySelectorAll('.amount')].map(e => e.textContent)[1] === '1'");
        await page.HoldsAsync("Number(document.querySelector('[aria-label=\"Rate limits\"] [role=meter]').ariaValueNow) > 0");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Every_field_and_button_of_the_console_has_a_name()
    {
        await using var chromium = await Chromium.StartAsync();
        await using var laurel = await LaurelProcess.StartAsync();
        Assert.SkipUnless((await laurel.Client.GetStringAsync(laurel.Url("/console"))).Contains("/browser/assets/", StringComparison.Ordinal), "The console was not built: Node.js was not at hand");
        await laurel.MakeBoardAsync("race", "\"config\":{}");
        var page = await chromium.OpenAsync(laurel.Url("/console"));
        await page.FillAsync("API key", LaurelProcess.AdminKey);
        await page.PressAsync("Sign in");
        foreach (var (place, heading) in new[] { ("#/tenants", "Tenants"), ("#/tenants/acme", "acme"), ("#/tenants/acme/usage", "Usage and limits"), ("#/health", "Health"), ("#/tenants/acme/boards/race", "race active") })
        {
            await page.EvaluateAsync($"location.hash = '{place}'");
            await page.ShowsAsync("h1", heading);
            const string Nameless = "[...document.querySelectorAll('input, select, textarea')].filter(e => e.labels.length === 0).concat([...document.querySelectorAll('button, a')].filter(e => e.textContent.trim() === '')).map(e => e.outerHTML)";
            Assert.Equal("[]", (await page.EvaluateAsync(Nameless)).GetRawText());
        }
    }

    private static Task SubmitAsync(LaurelProcess laurel, string entries) =>
        laurel.SendAsync(HttpMethod.Post, "/tenants/studio/leaderboards/race/entries", $"{{\"entries\":[{entries}]}}", HttpStatusCode.OK);
}
