namespace Laurel.Standalone.Commands;

/// <summary>Tells whoever started a demo what to try.</summary>
internal static class DemoGuide
{
    /// <summary>Prints lines that work as they are.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="address">The server's, without a slash at its end.</param>
    /// <param name="key">A tenant key of the demo.</param>
    public static void Write(TextWriter output, string address, string key)
    {
        var board = $"{DemoSetup.Tenant}/{DemoSetup.Board}";
        var header = $"-H 'X-API-Key: {key}'";
        var entries = $"{address}/tenants/{DemoSetup.Tenant}/leaderboards/{DemoSetup.Board}/entries";
        var submission = """-H 'Content-Type: application/json' -d '{"entries":[{"user_id":"you","name":"You","score":72}]}'""";
        output.WriteLine($$"""

            The board {{board}} ranks {{DemoSample.Count}} footballers by their goals for national teams. To try:

            Submit a score, and see the rank it brings:
              curl -X POST {{entries}} {{header}} {{submission}}

            The first ten:
              curl '{{address}}/v1/leaderboards/{{board}}?limit=10' {{header}}

            A player among the neighbours:
              curl '{{address}}/v1/leaderboards/{{board}}/user/lionel-messi?around=2' {{header}}

            A player's rank:
              curl {{address}}/v1/leaderboards/{{board}}/rank/harry-kane {{header}}

            All routes: {{address}}/docs
            Ctrl+C ends the demo. Its data stay in the demo's own directory; the next demo has a new key.

            """);
    }
}
