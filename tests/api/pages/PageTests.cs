using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Laurel.ApiFrontend.Tests.Phoenix;
using Laurel.Tests.Support;

namespace Laurel.ApiFrontend.Tests.Pages;

/// <summary><c>/overlay</c>, <c>/console</c> and what they load.</summary>
[Collection<PhoenixTests>]
public sealed partial class PageTests(PhoenixServer server)
{
    private const int MostScript = 120 * 1024;

    [Theory]
    [InlineData("/overlay?board=b&key=k")]
    [InlineData("/console")]
    public async Task A_page_loads_only_files_of_this_server_under_a_policy_without_inline_scripts(string path)
    {
        using var page = await server.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());

        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotMatch("<script(?![^>]* src=)|<style|\\sstyle=|\\son[a-z]+=", html);
        var files = Loaded().Matches(html).Select(match => match.Groups[1].Value).Where(file => file != "data:,").ToList();
        // The plain pages link the API's description.
        files.Remove("/docs");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            Assert.StartsWith("/browser/", file);
            using var answer = await server.Http.GetAsync(file);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Fact]
    public async Task Files_whose_names_change_with_their_content_are_kept_for_ever_and_scripts_are_small()
    {
        var html = await server.Http.GetStringAsync("/overlay");
        var reason = html.Contains("/browser/assets/", StringComparison.Ordinal) ? null : "the overlay was not built: Node.js was not at hand";
        Assert.SkipWhen(Requirements.ReasonToSkip("browser", reason) is not null, reason ?? "");

        var sum = 0;
        foreach (var file in Loaded().Matches(html).Select(match => match.Groups[1].Value).Where(file => file.EndsWith(".js", StringComparison.Ordinal)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, file);
            request.Headers.AcceptEncoding.ParseAdd("gzip");
            using var answer = await server.Http.SendAsync(request);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.NonValidated["Cache-Control"].ToString());
            Assert.Equal("gzip", answer.Content.Headers.ContentEncoding.Single());
            var zipped = await answer.Content.ReadAsByteArrayAsync();
            using var unzipped = new GZipStream(new MemoryStream(zipped), CompressionMode.Decompress);
            Assert.NotEqual(-1, unzipped.ReadByte());
            sum += zipped.Length;
        }

        Assert.InRange(sum, 1, MostScript);
    }

    [Fact]
    public async Task Who_has_a_page_is_not_sent_it_again()
    {
        using var first = await server.Http.GetAsync("/overlay");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/overlay");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal("no-cache", first.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("https://studio.example/own.css?v=3", "style-src 'self' https://studio.example/own.css; img-src 'self' data: https://studio.example; font-src 'self' https://studio.example;")]
    [InlineData("https://münchen.example:8443/stil/ü.css", "style-src 'self' https://xn--mnchen-3ya.example:8443/stil/%C3%BC.css; img-src 'self' data: https://xn--mnchen-3ya.example:8443; font-src 'self' https://xn--mnchen-3ya.example:8443;")]
    [InlineData("http://[::1]/own.css", "style-src 'self' http://[::1]/own.css; img-src 'self' data: http://[::1];")]
    [InlineData("https://\u200d.example/own.css", "style-src 'self'; img-src")]
    [InlineData("https://-ü-.example/own.css", "style-src 'self'; img-src")]
    [InlineData("/own.css", "style-src 'self'; img-src")]
    [InlineData("javascript:alert(1)", "style-src 'self'; img-src")]
    [InlineData("https://studio.example/;script-src *", "style-src 'self'; img-src")]
    [InlineData("https://a@studio.example/own.css", "style-src 'self'; img-src")]
    public async Task An_own_style_sheet_is_let_in_by_its_address_alone(string css, string expected)
    {
        using var page = await server.Http.GetAsync($"/overlay?css={Uri.EscapeDataString(css)}");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains(expected, policy);
        Assert.Contains("script-src 'self';", policy);
    }

    [Fact]
    public async Task What_is_not_there_or_is_written_to_is_refused()
    {
        Assert.Equal(404, (await server.With(null).GetAsync("/browser/assets/none.js")).Status);
        Assert.Equal(404, (await server.With(null).GetAsync("/browser/../appsettings.json")).Status);
        Assert.Equal(405, (await server.With(null).PostAsync("/overlay", "{}")).Status);
        (await server.With(null).GetAsync("/browser/plain.js")).Is(200);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Loaded();
}
