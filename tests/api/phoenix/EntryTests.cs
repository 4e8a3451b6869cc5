namespace Laurel.ApiFrontend.Tests.Phoenix;

[Collection<PhoenixTests>]
public sealed class EntryTests(PhoenixServer server)
{
    private const string Max = """{"scoring":{"aggregation":"max"}}""";

    [Fact]
    public async Task Each_entry_is_answered_in_order_with_how_it_moved()
    {
        var board = await server.MakeBoardAsync(Max);

        var first = await server.Admin.SubmitAsync(board, ("ada", 10), ("bob", 20), ("ada", 30), ("ada", 5));

        Assert.Equal(
            """
            {"results":[{"status":"applied","previous_score":null,"score":10,"previous_rank":null,"rank":1},{"status":"applied","previous_score":null,"score":20,"previous_rank":null,"rank":1},{"status":"applied","previous_score":10,"score":30,"previous_rank":2,"rank":1},{"status":"unchanged","previous_score":30,"score":30,"previous_rank":1,"rank":1}]}
            """,
            first.Body);
    }

    [Theory]
    [InlineData("1500")]
    [InlineData("12.020123")]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740991")]
    [InlineData("1000000000000000")]
    [InlineData("100000000000000000000")]
    [InlineData("0.000001")]
    [InlineData("-0.5")]
    [InlineData("0")]
    public async Task A_score_is_written_as_it_was_read(string score)
    {
        var board = await server.MakeBoardAsync(Max);

        var submitted = (await server.Admin.PostAsync(board.Entries, $$"""{"entries":[{"user_id":"ada","score":{{score}}}]}""")).Is(200);

        Assert.Contains($"\"score\":{score},", submitted.Body, StringComparison.Ordinal);
        Assert.Equal(score, (await server.Admin.GetAsync($"{board.Entries}/ada")).Is(200).Raw("score"));
        Assert.Equal(score, (await server.Admin.GetAsync($"{board.Query}/score/ada")).Is(200).Raw("score"));
    }

    [Theory]
    [InlineData("""{"score":1}""", "user_id is required")]
    [InlineData("""{"user_id":"","score":1}""", "user_id must be a string of 1 to 128 characters without control characters")]
    [InlineData("""{"user_id":7,"score":1}""", "user_id must be a string of 1 to 128 characters without control characters")]
    [InlineData("""{"user_id":"a\nb","score":1}""", "user_id must be a string of 1 to 128 characters without control characters")]
    [InlineData("""{"user_id":"a"}""", "score is required")]
    [InlineData("""{"user_id":"a","score":"1"}""", "score must be a finite number")]
    [InlineData("""{"user_id":"a","score":1e400}""", "score must be a finite number")]
    [InlineData("""{"user_id":"a","score":1,"timestamp":"yesterday"}""", "timestamp must be an ISO 8601 timestamp with date, time and zone, such as 2025-08-01T12:00:00Z")]
    [InlineData("""{"user_id":"a","score":1,"timestamp":"9000-01-01T00:00:00Z"}""", "timestamp must not be in the future")]
    [InlineData("""{"user_id":"a","score":1,"name":""}""", "name must have 1 to 128 characters")]
    [InlineData("""{"user_id":"a","score":1,"metadata":[]}""", "metadata must be an object")]
    [InlineData("""{"user_id":"a","score":1,"idempotency_key":""}""", "idempotency_key must have 1 to 128 characters")]
    [InlineData("""{"user_id":"a","score":1,"scroe":2}""", "Unknown field 'scroe'; did you mean 'score'?")]
    [InlineData("7", "An entry must be an object")]
    public async Task An_entry_that_breaks_a_rule_fails_alone(string entry, string message)
    {
        var board = await server.MakeBoardAsync(Max);

        var answer = (await server.Admin.PostAsync(
            board.Entries, $$"""{"entries":[{"user_id":"before","score":1},{{entry}},{"user_id":"after","score":2}]}""")).Is(200);

        Assert.Equal(["applied", "validation", "applied"], answer.Each("results", "status"));
        Assert.Equal(message, answer.Json.GetProperty("results")[1].GetProperty("message").GetString());
        Assert.Equal(["after", "before"], (await server.Admin.GetAsync(board.Query)).Each("entries", "user_id"));
    }

    [Theory]
    [InlineData("{}", "entries must be an array of 1 to 1000 entries")]
    [InlineData("""{"entries":[]}""", "entries must be an array of 1 to 1000 entries")]
    [InlineData("""{"entries":{}}""", "entries must be an array of 1 to 1000 entries")]
    [InlineData("""{"entries":null}""", "entries must be an array of 1 to 1000 entries")]
    [InlineData("""{"entries":[{"user_id":"a","score":1}],"board":"b"}""", "Unknown field 'board'; known are entries")]
    public async Task A_body_that_breaks_a_rule_is_refused_whole(string body, string message)
    {
        var board = await server.MakeBoardAsync(Max);

        (await server.Admin.PostAsync(board.Entries, body)).IsInvalid(message);

        Assert.Equal("0", (await server.Admin.GetAsync(board.Query)).Raw("total"));
    }

    [Fact]
    public async Task A_thousand_entries_are_taken_and_one_more_is_not()
    {
        var board = await server.MakeBoardAsync(Max);
        var entries = Enumerable.Range(0, 1001).Select(i => ($"user-{i}", (double)i)).ToArray();

        Assert.Equal(1000, (await server.Admin.SubmitAsync(board, entries[..1000])).Each("results", "status").Count(status => status == "applied"));

        var body = $$"""{"entries":[{{string.Join(',', entries.Select(entry => $$"""{"user_id":"{{entry.Item1}}","score":1}"""))}}]}""";
        (await server.Admin.PostAsync(board.Entries, body)).IsInvalid("entries must be an array of 1 to 1000 entries");
    }

    [Fact]
    public async Task An_entry_keeps_what_was_submitted_with_it()
    {
        var board = await server.MakeBoardAsync(Max);

        (await server.Admin.PostAsync(
            board.Entries,
            """
            {"entries":[{"user_id":"ada","score":7,"timestamp":"1969-07-20T20:17:40.123456+00:00","name":"Ada ✨",
             "metadata":{ "car" : "blue", "laps": [1, 2.50] , "é":"\u00e9"}}]}
            """)).Is(200);

        var entry = (await server.Admin.GetAsync($"{board.Entries}/ada")).Is(200);
        Assert.Equal(
            ["user_id", "name", "score", "rank", "achieved_at", "created_at", "updated_at", "metadata"],
            entry.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal("Ada ✨", entry.Text("name"));
        Assert.Equal("1969-07-20T20:17:40.123456Z", entry.Text("achieved_at"));
        Assert.Equal("""{"car":"blue","laps":[1,2.50],"é":"é"}""", entry.Raw("metadata"));

        (await server.Admin.PostAsync(board.Entries, """{"entries":[{"user_id":"ada","score":8,"metadata":null}]}""")).Is(200);
        var cleared = (await server.Admin.GetAsync($"{board.Entries}/ada")).Is(200);
        Assert.Equal("null", cleared.Raw("metadata"));
        Assert.Equal("Ada ✨", cleared.Text("name"));
    }

    [Fact]
    public async Task Metadata_has_a_limit()
    {
        var board = await server.MakeBoardAsync(Max);

        var answer = (await server.Admin.PostAsync(
            board.Entries, $$"""{"entries":[{"user_id":"ada","score":7,"metadata":{"x":"{{new string('x', 5000)}}"} }]}""")).Is(200);

        Assert.Equal(["metadata must have at most 4096 bytes"], answer.Each("results", "message"));
    }

    [Fact]
    public async Task A_repeated_idempotency_key_gets_the_first_result_again()
    {
        var board = await server.MakeBoardAsync();
        const string Body = """{"entries":[{"user_id":"ada","score":5,"idempotency_key":"match-1"},{"user_id":"bob","score":1}]}""";
        var first = (await server.Admin.PostAsync(board.Entries, Body)).Is(200);

        var second = (await server.Admin.PostAsync(board.Entries, Body.Replace(":", " : ", StringComparison.Ordinal))).Is(200);

        Assert.Equal(["duplicate", "applied"], second.Each("results", "status"));
        Assert.Equal(first.Each("results", "score")[0], second.Each("results", "score")[0]);
        Assert.Equal("5", (await server.Admin.GetAsync($"{board.Query}/score/ada")).Raw("score"));
        Assert.Equal("2", (await server.Admin.GetAsync($"{board.Query}/score/bob")).Raw("score"));
    }

    [Theory]
    [InlineData("""{"user_id":"ada","score":6,"idempotency_key":"match-1"}""")]
    [InlineData("""{"user_id":"bob","score":5,"idempotency_key":"match-1"}""")]
    [InlineData("""{"user_id":"ada","score":5,"name":"Ada","idempotency_key":"match-1"}""")]
    [InlineData("""{"user_id":"ada","score":5,"timestamp":"2025-01-01T00:00:00Z","idempotency_key":"match-1"}""")]
    public async Task The_same_idempotency_key_with_another_body_is_a_conflict(string entry)
    {
        var board = await server.MakeBoardAsync();
        (await server.Admin.PostAsync(board.Entries, """{"entries":[{"user_id":"ada","score":5,"idempotency_key":"match-1"}]}""")).Is(200);

        (await server.Admin.PostAsync(board.Entries, $$"""{"entries":[{{entry}}]}""")).IsError(409, "CONFLICT");
        Assert.Equal(
            ["conflict", "applied"],
            (await server.Admin.PostAsync(board.Entries, $$"""{"entries":[{{entry}},{"user_id":"cyd","score":1}]}""")).Is(200).Each("results", "status"));

        Assert.Equal("5", (await server.Admin.GetAsync($"{board.Query}/score/ada")).Raw("score"));
    }

    [Fact]
    public async Task The_boards_own_rules_are_told_entry_by_entry()
    {
        var board = await server.MakeBoardAsync("""{"submission":{"registry":"strict","min_score":0,"max_score":100}}""");
        (await server.Admin.PutAsync($"/tenants/{board.Tenant}/players/ada", "{}")).Is(200);
        (await server.Admin.PutAsync($"/tenants/{board.Tenant}/players/shy", """{"privacy":"hidden"}""")).Is(200);

        var answer = await server.Admin.SubmitAsync(board, ("ada", 100), ("ada", 100.5), ("nobody", 1), ("shy", 1), ("ada", -1));

        Assert.Equal(["applied", "validation", "user-not-found", "privacy-disabled", "validation"], answer.Each("results", "status"));
    }

    [Fact]
    public async Task An_inactive_board_refuses_scores_and_is_still_read_by_operators()
    {
        var board = await server.MakeBoardAsync(Max);
        await server.Admin.SubmitAsync(board, ("ada", 1));
        (await server.Admin.PatchAsync(board.Path, """{"status":"inactive"}""")).Is(200);

        Assert.Equal(["no-active-season"], (await server.Admin.SubmitAsync(board, ("ada", 2))).Each("results", "status"));
        Assert.Equal("1", (await server.Admin.GetAsync($"{board.Entries}/ada")).Is(200).Raw("score"));

        (await server.Admin.PatchAsync(board.Path, """{"status":"active"}""")).Is(200);
        Assert.Equal(["applied"], (await server.Admin.SubmitAsync(board, ("ada", 2))).Each("results", "status"));
    }

    [Fact]
    public async Task A_removed_entry_is_returned_once_and_those_below_move_up()
    {
        var board = await server.MakeBoardAsync(Max);
        await server.Admin.SubmitAsync(board, ("a/b", 3), ("bob", 2));

        var removed = (await server.Admin.DeleteAsync($"{board.Entries}/a%2Fb")).Is(200);

        Assert.Equal("a/b", removed.Text("user_id"));
        Assert.Equal("3", removed.Raw("score"));
        (await server.Admin.DeleteAsync($"{board.Entries}/a%2Fb")).IsNotFound();
        (await server.Admin.GetAsync($"{board.Entries}/a%2Fb")).IsNotFound();
        Assert.Equal("1", (await server.Admin.GetAsync($"{board.Query}/rank/bob")).Raw("rank"));
    }

    [Fact]
    public async Task Of_boards_that_do_not_exist_there_are_no_entries()
    {
        var board = await server.MakeBoardAsync();
        const string Body = """{"entries":[{"user_id":"ada","score":5}]}""";

        (await server.Admin.PostAsync($"{board.Path}x/entries", Body)).IsNotFound();
        (await server.Admin.PostAsync($"{board.Path}x/entries", """{"entries":[{}]}""")).IsNotFound();
        (await server.Admin.GetAsync($"{board.Path}x/entries/ada")).IsNotFound();
        (await server.Admin.DeleteAsync($"{board.Path}x/entries/ada")).IsNotFound();
        (await server.Admin.GetAsync($"{board.Entries}/ada")).IsNotFound();
        (await server.Admin.DeleteAsync($"{board.Entries}/ada")).IsNotFound();
        (await server.Admin.DeleteAsync($"{board.Entries}/ada?window_key=never")).IsNotFound();
    }
}
