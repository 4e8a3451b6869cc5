using System.Net.Http.Headers;
using System.Text;

namespace Laurel.ApiFrontend.Tests.Phoenix;

[Collection<PhoenixTests>]
public sealed class BulkTests(PhoenixServer server)
{
    [Fact]
    public async Task Fifty_thousand_lines_go_in_and_the_bad_ones_are_named()
    {
        var tenant = await server.MakeTenantAsync();
        var lines = new StringBuilder();
        List<long> bad = [];
        for (var line = 1; line <= 50_000; line++)
        {
            if (line % 997 == 0)
                bad.Add(line);
            lines.Append(line % 997 == 0 ? Spoilt(line) : $$"""{"user_id":"player-{{line}}","name":"Nº {{line}}","country":"SE"}""").Append('\n');
        }

        var answer = (await PostAsync(tenant, lines.ToString())).Is(200);

        Assert.Equal((50_000 - bad.Count).ToString(), answer.Raw("accepted"));
        Assert.Equal(bad.Count.ToString(), answer.Raw("failed"));
        Assert.Equal(bad.Select(line => line.ToString()), answer.Each("errors", "line"));
        foreach (var line in new[] { 1, 25_000, 49_999, 50_000 })
            Assert.Equal($"Nº {line}", (await server.Admin.GetAsync($"/tenants/{tenant}/players/player-{line}")).Is(200).Text("name"));
        (await server.Admin.GetAsync($"/tenants/{tenant}/players/player-997")).IsNotFound();
    }

    [Fact]
    public async Task Each_bad_line_says_what_is_wrong_with_it()
    {
        var tenant = await server.MakeTenantAsync();

        var answer = (await PostAsync(
            tenant,
            string.Join(
                '\n',
                """{"user_id":"a"}""",
                "",
                """{"name":"nobody"}""",
                """{"user_id":"b","naem":"x"}""",
                """{"user_id":"c"} {"user_id":"d"}""",
                "\r",
                "[1]",
                $$"""{"user_id":"{{new string('x', 20_000)}}"}""",
                """{"user_id":"e"}"""))).Is(200);

        Assert.Equal("2", answer.Raw("accepted"));
        Assert.Equal(["3", "4", "5", "7", "8"], answer.Each("errors", "line"));
        var messages = answer.Each("errors", "message");
        Assert.Equal("user_id is required", messages[0]);
        Assert.Equal("Unknown field 'naem'; did you mean 'name'?", messages[1]);
        Assert.StartsWith("Invalid JSON", messages[2], StringComparison.Ordinal);
        Assert.Equal("The line must be a JSON object", messages[3]);
        Assert.Equal("The line has more than 16384 bytes", messages[4]);
    }

    [Fact]
    public async Task Only_the_first_hundred_errors_are_listed()
    {
        var tenant = await server.MakeTenantAsync();

        var answer = (await PostAsync(tenant, string.Concat(Enumerable.Repeat("x\n", 250)))).Is(200);

        Assert.Equal("250", answer.Raw("failed"));
        Assert.Equal(100, answer.Each("errors", "line").Length);
    }

    [Fact]
    public async Task Of_several_lines_about_one_player_the_last_wins()
    {
        var tenant = await server.MakeTenantAsync();
        var lines = string.Concat(Enumerable.Range(0, 5_000).Select(i => $$"""{"user_id":"ada","name":"name {{i}}"}""" + "\n"));

        Assert.Equal("5000", (await PostAsync(tenant, lines)).Is(200).Raw("accepted"));

        Assert.Equal("name 4999", (await server.Admin.GetAsync($"/tenants/{tenant}/players/ada")).Text("name"));
    }

    [Fact]
    public async Task A_body_larger_than_any_other_is_read_as_it_arrives()
    {
        var tenant = await server.MakeTenantAsync();
        var name = new string('n', 100);
        var lines = string.Concat(Enumerable.Range(0, 20_000).Select(i => $$"""{"user_id":"{{i}}","name":"{{name}}"}""" + "\n"));
        Assert.True(lines.Length > 2 * 1024 * 1024);

        Assert.Equal("20000", (await PostAsync(tenant, lines)).Is(200).Raw("accepted"));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/x-ndjson; charset=utf-16")]
    public async Task Another_content_type_is_refused(string type)
    {
        var tenant = await server.MakeTenantAsync();

        (await PostAsync(tenant, """{"user_id":"a"}""", type)).IsError(415, "UNSUPPORTED_MEDIA_TYPE");

        (await server.Admin.GetAsync($"/tenants/{tenant}/players/a")).IsNotFound();
    }

    [Fact]
    public async Task An_empty_body_registers_nobody()
    {
        var answer = (await PostAsync(await server.MakeTenantAsync(), "")).Is(200);

        Assert.Equal("""{"accepted":0,"failed":0,"errors":[]}""", answer.Body);
    }

    private Task<ApiAnswer> PostAsync(string tenant, string lines, string type = "application/x-ndjson")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(lines)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        return server.Admin.SendAsync(HttpMethod.Post, $"/tenants/{tenant}/players/bulk", content);
    }

    private static string Spoilt(int line) => (line / 997 % 4) switch
    {
        0 => "{",
        1 => $$"""{"user_id":"player-{{line}}","country":"Sweden"}""",
        2 => $$"""{"user_id":{{line}}}""",
        _ => $$"""{"user_id":"player-{{line}}","name":"\ud800"}""",
    };
}
